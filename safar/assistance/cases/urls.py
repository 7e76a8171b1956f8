"""The addresses of casework."""

from django.urls import path

from safar.assistance.cases.views.my_day import my_day

app_name = "cases"
urlpatterns = [
    path("my-day", my_day, name="my_day"),
]
