"""The addresses of returns."""

from django.urls import path

from safar.assistance.returns.views import case, report, steps, visits

app_name = "returns"
urlpatterns = [
    path("report", report.report, name="report"),
    path("new", case.referral, name="referral"),
    path("<uuid:key>", case.case, name="case"),
    path("visits/<uuid:key>/report", visits.report, name="report_visit"),
    path("reports/<uuid:key>.<str:kind>", visits.sent, name="sent"),
    path("<uuid:key>/<slug:name>", steps.step, name="step"),
    path("ways/<uuid:key>/choose", steps.choose, name="choose"),
]
