from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "safar.control.offices"
    label = "offices"
