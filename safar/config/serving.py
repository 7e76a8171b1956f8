"""The web server, in the foreground until it is interrupted."""

import multiprocessing
import os
import time
from contextlib import nullcontext
from typing import Any

from django.db import connections
from granian import Granian
from granian.constants import Interfaces

from safar.config import installing, working

FALLS, WITHIN = 10, 60.0  # a server that falls so often in so many seconds cannot serve


def run(host: str, port: int, workers: int, *, background: bool = True) -> None:
    """Serve until interrupted: workers are processes, each with a few threads.

    `background`: what is queued is done too, by one more process.

    What months of crossings are missing are made first.

    A worker that dies is replaced. granian ends itself where the same worker dies twice within
    seconds, which may be chance (killed for memory): then all begin anew.

    Raises:
        SystemExit: the workers die again and again.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.development")
    installing.make_months_before_serving()
    connections.close_all()  # no worker may inherit one
    with working.worker() if background else nullcontext():
        _serve(host, port, workers)


def _serve(host: str, port: int, workers: int) -> None:
    fallen: list[float] = []
    while True:
        try:
            _server(host, port, workers).serve()
        except SystemExit as ended:
            now = time.monotonic()
            fallen = [*(at for at in fallen if now - at < WITHIN), now]
            if not ended.code or len(fallen) >= FALLS:
                raise
        else:
            return


def _server(host: str, port: int, workers: int) -> Any:
    """The server; its workers are begun anew, not as forks of this process.

    A library's threads are missing in a fork, and who waits for them waits for ever: no paper would
    be set where a demonstration has printed before it serves.
    """
    multiprocessing.set_start_method("spawn", force=True)
    return Granian(
        "safar.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        respawn_failed_workers=True,
    )
