from django.apps import AppConfig


class PassportsConfig(AppConfig):
    name = "safar.control.passports"
    label = "passports"
