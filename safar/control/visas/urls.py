"""Addresses of visas, under /visas/."""

from django.urls import include, path

app_name = "visas"
urlpatterns = [
    path("", include("safar.control.visas.manual_urls")),
    path("", include("safar.control.visas.application_urls")),
    path("", include("safar.control.visas.issued_urls")),
]
