"""How far is an import? Told while its transaction is still open, to whoever asks."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import DatabaseError, connection
from django.utils import timezone

from safar.control.watchlist.imports.comparing import Tell
from safar.control.watchlist.models import ImportProgress, ImportRun

log = logging.getLogger(__name__)

EVERY: Final = 1.0  # seconds between two signs of life
SIGN: Final = """
UPDATE watchlist_importprogress SET done = %s, total = %s, stage = %s, alive_at = %s
WHERE run_id = %s
"""


@contextmanager
def told(run: ImportRun) -> Iterator[Tell]:
    """Give what says `done` of `total`, and the stage; it is written down every second.

    The work is one transaction, whose rows nobody sees before its end: the signs of life go over
    a connection of their own, also while one statement takes minutes. Were the work to die, the
    last sign stays and grows old.
    """
    signs = _Signs(run)
    thread = threading.Thread(target=signs.give, daemon=True)
    thread.start()
    try:
        yield signs.tell
    finally:
        signs.ended.set()
        thread.join()


class _Signs:
    def __init__(self, run: ImportRun) -> None:
        self.run, self.said = run, (0, 0, "")
        self.ended = threading.Event()

    def tell(self, done: int, total: int, stage: str = "") -> None:
        self.said = done, total, stage

    def give(self) -> None:
        """Give a sign at once, every second, and a last one: a thread has its own connection."""
        try:
            self.give_one()
            while not self.ended.wait(EVERY):
                self.give_one()
            self.give_one()
        except DatabaseError:
            log.exception("An import's signs of life broke off; its work goes on.")
        finally:
            connection.close()

    def give_one(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(SIGN, [*self.said, timezone.now(), self.run.pk])


def is_alive(progress: ImportProgress | None, now: datetime | None = None) -> bool:
    """Whether the work gave a sign of life lately. Waiting for a worker counts as one at first."""
    if progress is None:
        return False
    return (now or timezone.now()) - progress.alive_at < ImportRun.ALIVE_FOR
