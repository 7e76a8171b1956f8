"""The catalogue of components, in development and the demo."""

from django.urls import path

from safar.ui import views

app_name = "ui"
urlpatterns = [path("", views.catalogue, name="catalogue")]
