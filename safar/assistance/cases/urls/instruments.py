"""The addresses of questionnaires and of lists of cases."""

from django.urls import path

from safar.assistance.cases.views import importing, instruments

urlpatterns = [
    path("questionnaires", instruments.instruments, name="instruments"),
    path("<uuid:key>/ask/<slug:code>", instruments.answer, name="answer"),
    path("answers/<uuid:key>", instruments.response, name="response"),
    path("answers/<uuid:key>/score", instruments.score_again, name="score_again"),
    path("lists", importing.imports, name="imports"),
    path("lists/<uuid:key>", importing.case_import, name="import"),
    path("lists/<uuid:key>/confirm", importing.confirm, name="import_confirm"),
    path("lists/<uuid:key>/drop", importing.drop, name="import_drop"),
]
