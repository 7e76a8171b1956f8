from django.apps import AppConfig


class BlanksConfig(AppConfig):
    name = "safar.control.blanks"
    label = "blanks"
