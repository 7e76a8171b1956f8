from django.apps import AppConfig


class StaysConfig(AppConfig):
    name = "safar.control.stays"
    label = "stays"
