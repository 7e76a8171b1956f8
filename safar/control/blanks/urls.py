"""Addresses of blanks and their boxes, under /blanks/."""

from django.urls import path

from safar.control.blanks.views import boxes, stock

app_name = "blanks"
urlpatterns = [
    path("", stock.stock, name="stock"),
    path("receive/", stock.receive, name="receive"),
    path("hand/", stock.hand, name="hand"),
    path("drop/", stock.drop, name="drop"),
    path("<slug:code>/acknowledge/", stock.acknowledge, name="acknowledge"),
    path("destructions/<uuid:key>/destroy/", stock.destroy, name="destroy"),
    path("destructions/<uuid:key>/decline/", stock.decline, name="decline"),
    path("boxes/receive/", boxes.receive, name="box_receive"),
    path("boxes/<uuid:key>/", boxes.box, name="box"),
    path("boxes/<uuid:key>/send/", boxes.send, name="box_send"),
    path("boxes/<uuid:key>/acknowledge/", boxes.acknowledge, name="box_acknowledge"),
    path("boxes/<uuid:key>/propose/", boxes.propose, name="box_propose"),
    path("boxes/<uuid:key>/reseal/", boxes.reseal, name="box_reseal"),
    path("boxes/<uuid:key>/release/", boxes.release, name="box_release"),
    path("boxes/<uuid:key>/condemn/", boxes.condemn, name="box_condemn"),
    path("openings/<uuid:key>/open/", boxes.open_, name="box_open"),
    path("openings/<uuid:key>/decline/", boxes.decline, name="opening_decline"),
]
