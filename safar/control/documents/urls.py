"""Addresses of the list of reported documents, and of the lists of other owners."""

from django.urls import path

from safar.control.documents import import_views, views

app_name = "documents"
urlpatterns = [
    path("", views.reports, name="documents"),  # as the main navigation calls it
    path("", views.reports, name="reports"),
    path("report/", views.report, name="report"),
    path("<uuid:key>/withdraw/", views.withdraw, name="withdraw"),
    path("add-list/", import_views.add_list, name="list_add"),
    path("lists/<slug:code>/", import_views.owners_list, name="list"),
    path("lists/<slug:code>/import/", import_views.add, name="import_add"),
    path("imports/<uuid:key>/", import_views.page_of_import, name="import"),
    path("imports/<uuid:key>/approve/", import_views.approve, name="import_approve"),
    path("imports/<uuid:key>/decline/", import_views.decline, name="import_decline"),
    path("imports/<uuid:key>/start-again/", import_views.start_again, name="import_restart"),
]
