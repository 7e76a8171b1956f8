"""Addresses of visas, under /visas/."""

from django.urls import include, path

app_name = "visas"
urlpatterns = [
    path("", include("safar.control.visas.urls.manual")),
    path("", include("safar.control.visas.urls.applications")),
    path("", include("safar.control.visas.urls.issued")),
]
