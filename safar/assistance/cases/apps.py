from django.apps import AppConfig
from django.conf import settings


class CasesConfig(AppConfig):
    name = "safar.assistance.cases"
    label = "cases"

    def ready(self) -> None:
        """Refuse to start without the key of the cases' keys; a border post has no casework."""
        from safar.assistance.cases.keys import installation_keys

        if settings.SAFAR_NODE != "post":
            installation_keys()
