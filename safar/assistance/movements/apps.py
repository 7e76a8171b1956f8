from django.apps import AppConfig


class MovementsConfig(AppConfig):
    name = "safar.assistance.movements"
    label = "movements"

    def ready(self) -> None:
        from safar.assistance.movements import programme  # noqa: F401 - it registers itself
