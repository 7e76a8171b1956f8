"""Addresses of offices, under /offices/."""

from django.urls import path

from safar.control.offices import views

app_name = "offices"
urlpatterns = [
    path("", views.offices, name="offices"),
    path("<slug:code>/place/", views.place, name="place"),
    path("placements/<uuid:key>/end/", views.end, name="placement_end"),
]
