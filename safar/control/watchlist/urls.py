"""Addresses of the lists, under /lists/. No page waits long for what an import holds."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern
from django.urls import path as plain_path

from safar.control.watchlist.views import changes, entries, hits, imports, lists, owners
from safar.control.watchlist.views.busy import soon


def path(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return plain_path(address, soon(view), name=name)


app_name = "watchlist"
urlpatterns = [
    path("", lists.lists, name="lists"),
    path("hits/", hits.hits, name="hits"),
    path("reviews/", changes.reviews, name="reviews"),
    path("to-know/", owners.to_know, name="to_know"),
    path("to-know/<uuid:key>/seen/", owners.crosser_seen, name="crosser_seen"),
    path("looks/", owners.looks_of, name="looks_of"),
    path("looks/<uuid:key>/", owners.looks, name="looks"),
    path("changes/<uuid:key>/publish/", changes.change_publish, name="change_publish"),
    path("changes/<uuid:key>/decline/", changes.change_decline, name="change_decline"),
    path("changes/<uuid:key>/photo/", changes.change_photo, name="change_photo"),
    path("thresholds/<uuid:key>/approve/", owners.threshold_approve, name="threshold_approve"),
    path("thresholds/<uuid:key>/decline/", owners.threshold_decline, name="threshold_decline"),
    path("imports/<uuid:key>/", imports.page_of_import, name="import"),
    path("imports/<uuid:key>/approve/", imports.approve, name="import_approve"),
    path("imports/<uuid:key>/decline/", imports.decline, name="import_decline"),
    path("imports/<uuid:key>/columns/", imports.columns, name="import_columns"),
    path("imports/<uuid:key>/start-again/", imports.start_again, name="import_restart"),
    path("entries/<uuid:key>/", entries.entry, name="entry"),
    path("entries/<uuid:key>/publish/", entries.entry_publish, name="entry_publish"),
    path("entries/<uuid:key>/decline/", entries.entry_decline, name="entry_decline"),
    path("entries/<uuid:key>/propose-lifting/", entries.lifting_propose, name="lifting_propose"),
    path("entries/<uuid:key>/lift/", entries.entry_lift, name="entry_lift"),
    path("entries/<uuid:key>/photo/", entries.entry_photo, name="entry_photo"),
    path("entries/<uuid:key>/change/", changes.change_add, name="change_add"),
    path("entries/<uuid:key>/review/", changes.entry_review, name="entry_review"),
    path("<slug:code>/", lists.watch_list, name="list"),
    path("<slug:code>/import/", imports.add, name="import_add"),
    path("<slug:code>/propose/", entries.entry_add, name="entry_add"),
    path("<slug:code>/figures/", owners.figures, name="figures"),
    path("<slug:code>/figures.csv", owners.figures_csv, name="figures_csv"),
    path("<slug:code>/threshold/", owners.threshold, name="threshold"),
    path("<slug:code>/threshold/propose/", owners.threshold_propose, name="threshold_propose"),
]
