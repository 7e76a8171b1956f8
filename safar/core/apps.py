from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "safar.core"
    label = "core"
