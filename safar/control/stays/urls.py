"""Addresses of stays, under /stays/."""

from django.urls import path

from safar.control.stays.views import (
    extensions,
    overstays,
    rebuttals,
    registration_rules,
    registrations,
)

app_name = "stays"
urlpatterns = [
    path("", overstays.overstays, name="overstays"),
    path("figures/", overstays.counts, name="counts"),
    path("entries/<uuid:key>/put-on-list/", overstays.put_on_list, name="put_on_list"),
    path("overstays/<uuid:key>/", overstays.explanation, name="explanation"),
    path("overstays/<uuid:key>/notice.pdf", overstays.notice, name="notice"),
    path("overstays/<uuid:key>/rebuttal/", rebuttals.record, name="rebuttal_record"),
    path("rebuttals/", rebuttals.waiting, name="rebuttals"),
    path("rebuttals/<uuid:key>/accept/", rebuttals.accept, name="rebuttal_accept"),
    path("rebuttals/<uuid:key>/decline/", rebuttals.decline, name="rebuttal_decline"),
    path("find/", extensions.find, name="find"),
    path("extensions/", extensions.extensions, name="extensions"),
    path("entries/<uuid:key>/extension/", extensions.ask, name="extension_ask"),
    path("extensions/<uuid:key>/", extensions.extension, name="extension"),
    path("extensions/<uuid:key>/grant/", extensions.grant, name="extension_grant"),
    path("extensions/<uuid:key>/refuse/", extensions.refuse, name="extension_refuse"),
    path("extensions/<uuid:key>/withdraw/", extensions.withdraw, name="extension_withdraw"),
    path("registrations/", registrations.registrations, name="registrations"),
    path("entries/<uuid:key>/register/", registrations.register, name="register"),
    path("registrations/<uuid:key>/strike/", registrations.strike, name="registration_strike"),
    path("registrations/rules/add/", registration_rules.propose, name="registration_rule_propose"),
    path("registrations/rules/<uuid:key>/", registration_rules.rule, name="registration_rule"),
    path(
        "registrations/rules/<uuid:key>/approve/",
        registration_rules.approve,
        name="registration_rule_approve",
    ),
    path(
        "registrations/rules/<uuid:key>/decline/",
        registration_rules.decline,
        name="registration_rule_decline",
    ),
]
