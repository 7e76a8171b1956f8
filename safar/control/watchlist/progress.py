"""How far is an import? Told while its transaction is still open, to whoever asks."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import connection
from django.utils import timezone

from safar.control.watchlist.comparing import Tell
from safar.control.watchlist.models import ImportProgress, ImportRun

EVERY: Final = 1.0  # seconds between two signs of life
SIGN: Final = """
UPDATE watchlist_importprogress SET done = %s, total = %s, alive_at = %s WHERE run_id = %s
"""


@contextmanager
def told(run: ImportRun) -> Iterator[Tell]:
    """Give what writes down `done` of `total`, over a connection of its own.

    The work is one transaction, whose rows nobody sees before its end; and were the work to die,
    the last sign of life stays and grows old.
    """
    own = connection.copy()
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            with own.cursor() as cursor:
                cursor.execute(SIGN, [done, total, timezone.now(), run.pk])

    try:
        tell(0, 0)
        yield tell
    finally:
        own.close()


def is_alive(progress: ImportProgress | None, now: datetime | None = None) -> bool:
    """Whether the work gave a sign of life lately. Waiting for a worker counts as one at first."""
    if progress is None:
        return False
    return (now or timezone.now()) - progress.alive_at < ImportRun.ALIVE_FOR
