from django.apps import AppConfig


class StaysConfig(AppConfig):
    name = "safar.control.stays"
    label = "stays"

    def ready(self) -> None:
        from safar.control.stays import (  # noqa: F401 - they register themselves
            applications_waiting,
            file_section,
        )
