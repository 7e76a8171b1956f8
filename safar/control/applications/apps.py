from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "safar.control.applications"
    label = "applications"
