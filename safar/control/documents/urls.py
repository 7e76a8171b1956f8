"""Addresses of the list of reported documents."""

from django.urls import path

from safar.control.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.reports, name="documents"),  # as the main navigation calls it
    path("", views.reports, name="reports"),
    path("report/", views.report, name="report"),
    path("<uuid:key>/withdraw/", views.withdraw, name="withdraw"),
]
