from django.apps import AppConfig


class BorderConfig(AppConfig):
    name = "safar.control.border"
    label = "border"
