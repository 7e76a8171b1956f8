from django.apps import AppConfig


class TravellersConfig(AppConfig):
    name = "safar.control.travellers"
    label = "travellers"
