"""Addresses of the lists, under /lists/. No page waits long for what an import holds."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern
from django.urls import path as plain_path

from safar.control.watchlist import (
    change_views,
    entry_views,
    hit_views,
    import_views,
    list_views,
    views,
)
from safar.control.watchlist.busy import soon


def path(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return plain_path(address, soon(view), name=name)


app_name = "watchlist"
urlpatterns = [
    path("", views.lists, name="lists"),
    path("hits/", hit_views.hits, name="hits"),
    path("reviews/", change_views.reviews, name="reviews"),
    path("to-know/", list_views.to_know, name="to_know"),
    path("to-know/<uuid:key>/seen/", list_views.crosser_seen, name="crosser_seen"),
    path("looks/", list_views.looks_of, name="looks_of"),
    path("looks/<uuid:key>/", list_views.looks, name="looks"),
    path("changes/<uuid:key>/publish/", change_views.change_publish, name="change_publish"),
    path("changes/<uuid:key>/decline/", change_views.change_decline, name="change_decline"),
    path("changes/<uuid:key>/photo/", change_views.change_photo, name="change_photo"),
    path("thresholds/<uuid:key>/approve/", list_views.threshold_approve, name="threshold_approve"),
    path("thresholds/<uuid:key>/decline/", list_views.threshold_decline, name="threshold_decline"),
    path("imports/<uuid:key>/", import_views.page_of_import, name="import"),
    path("imports/<uuid:key>/approve/", import_views.approve, name="import_approve"),
    path("imports/<uuid:key>/decline/", import_views.decline, name="import_decline"),
    path("imports/<uuid:key>/columns/", import_views.columns, name="import_columns"),
    path("imports/<uuid:key>/start-again/", import_views.start_again, name="import_restart"),
    path("entries/<uuid:key>/", entry_views.entry, name="entry"),
    path("entries/<uuid:key>/publish/", entry_views.entry_publish, name="entry_publish"),
    path("entries/<uuid:key>/decline/", entry_views.entry_decline, name="entry_decline"),
    path(
        "entries/<uuid:key>/propose-lifting/", entry_views.lifting_propose, name="lifting_propose"
    ),
    path("entries/<uuid:key>/lift/", entry_views.entry_lift, name="entry_lift"),
    path("entries/<uuid:key>/photo/", entry_views.entry_photo, name="entry_photo"),
    path("entries/<uuid:key>/change/", change_views.change_add, name="change_add"),
    path("entries/<uuid:key>/review/", change_views.entry_review, name="entry_review"),
    path("<slug:code>/", views.watch_list, name="list"),
    path("<slug:code>/import/", import_views.add, name="import_add"),
    path("<slug:code>/propose/", entry_views.entry_add, name="entry_add"),
    path("<slug:code>/figures/", list_views.figures, name="figures"),
    path("<slug:code>/figures.csv", list_views.figures_csv, name="figures_csv"),
    path("<slug:code>/threshold/", list_views.threshold, name="threshold"),
    path("<slug:code>/threshold/propose/", list_views.threshold_propose, name="threshold_propose"),
]
