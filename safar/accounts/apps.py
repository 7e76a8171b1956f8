from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "safar.accounts"
    label = "accounts"
