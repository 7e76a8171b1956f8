"""The addresses of the visa manual."""

from django.urls import path

from safar.control.visas.views import manual

urlpatterns = [
    path("needed/", manual.needed, name="needed"),
    path("manual/", manual.manual, name="manual"),
    path("manual/new/", manual.rule_add, name="rule_add"),
    path("manual/<uuid:key>/", manual.rule, name="rule"),
    path("manual/<uuid:key>/approve/", manual.rule_approve, name="rule_approve"),
    path("manual/<uuid:key>/decline/", manual.rule_decline, name="rule_decline"),
    path("manual/<uuid:key>/end/", manual.ending_add, name="ending_add"),
    path("manual/endings/<uuid:key>/approve/", manual.ending_approve, name="ending_approve"),
    path("manual/endings/<uuid:key>/decline/", manual.ending_decline, name="ending_decline"),
]
