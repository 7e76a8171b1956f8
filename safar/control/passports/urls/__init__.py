"""Addresses of passports, under /passports/."""

from django.urls import include, path

app_name = "passports"
urlpatterns = [
    path("", include("safar.control.passports.urls.making")),
    path("", include("safar.control.passports.urls.applications")),
]
