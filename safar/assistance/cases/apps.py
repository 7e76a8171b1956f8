from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "safar.assistance.cases"
    label = "cases"
