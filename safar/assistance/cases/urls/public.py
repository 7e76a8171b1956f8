"""The one address of casework that anybody may open: it says nothing of anybody."""

from django.urls import path

from safar.assistance.cases.views.case import away

urlpatterns = [path("clock", away, name="away")]
