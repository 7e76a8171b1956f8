from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "safar.assistance.returns"
    label = "returns"

    def ready(self) -> None:
        from safar.assistance.returns import programme  # noqa: F401 - it registers itself
