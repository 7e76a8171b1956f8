"""The addresses of the figures."""

from django.urls import path

from safar.insight.statistics import views

app_name = "statistics"

urlpatterns = [
    path("", views.crossings, name="crossings"),
    path("stays/", views.stays, name="stays"),
    path("<slug:slug>.csv", views.crossings_csv, name="crossings_csv"),
]
