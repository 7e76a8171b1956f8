from django.apps import AppConfig


class VisasConfig(AppConfig):
    name = "safar.control.visas"
    label = "visas"
