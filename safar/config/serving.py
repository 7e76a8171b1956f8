"""The web server, in the foreground until it is interrupted."""

import os

from granian import Granian
from granian.constants import Interfaces


def run(host: str, port: int, workers: int) -> None:
    """Serve until interrupted: workers are processes, each with a few threads."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.development")
    server = Granian(
        "safar.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        respawn_failed_workers=True,
    )
    server.serve()
