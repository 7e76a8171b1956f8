"""Addresses of the lists, under /lists/."""

from django.urls import path

from safar.control.watchlist import entry_views, hit_views, views

app_name = "watchlist"
urlpatterns = [
    path("", views.lists, name="lists"),
    path("hits/", hit_views.hits, name="hits"),
    path("imports/<uuid:key>/", views.import_run, name="import"),
    path("imports/<uuid:key>/approve/", views.import_approve, name="import_approve"),
    path("imports/<uuid:key>/decline/", views.import_decline, name="import_decline"),
    path("entries/<uuid:key>/", entry_views.entry, name="entry"),
    path("entries/<uuid:key>/publish/", entry_views.entry_publish, name="entry_publish"),
    path("entries/<uuid:key>/decline/", entry_views.entry_decline, name="entry_decline"),
    path(
        "entries/<uuid:key>/propose-lifting/", entry_views.lifting_propose, name="lifting_propose"
    ),
    path("entries/<uuid:key>/lift/", entry_views.entry_lift, name="entry_lift"),
    path("<slug:code>/", views.watch_list, name="list"),
    path("<slug:code>/import/", views.import_add, name="import_add"),
    path("<slug:code>/propose/", entry_views.entry_add, name="entry_add"),
]
