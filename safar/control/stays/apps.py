from django.apps import AppConfig


class StaysConfig(AppConfig):
    name = "safar.control.stays"
    label = "stays"

    def ready(self) -> None:
        from safar.control.stays import file_section  # noqa: F401 - it registers itself
