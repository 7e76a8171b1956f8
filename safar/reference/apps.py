from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "safar.reference"
    label = "reference"
