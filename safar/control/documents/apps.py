from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "safar.control.documents"
    label = "documents"
