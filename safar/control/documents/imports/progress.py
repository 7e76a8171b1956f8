"""How far is the reading of a list? Told while its transaction is still open, to whoever asks."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.documents.models import ListedImport, ListedProgress
from safar.core.errors import InvalidMove

log = logging.getLogger(__name__)

Tell = Callable[[int, int], None]
EVERY: Final = 1.0  # seconds between two signs of life
SIGN: Final = """
UPDATE documents_listedprogress SET done = %s, total = %s, alive_at = %s WHERE run_id = %s
"""


def silent(_done: int, _total: int) -> None:
    """Nobody waits for news."""


@contextmanager
def told(run: ListedImport) -> Iterator[Tell]:
    """Give what says `done` of `total`; it is written down every second.

    The work is one transaction, whose rows nobody sees before its end: the signs of life go over
    a connection of their own, also while one statement takes minutes. Were the work to die, the
    last sign stays and grows old.
    """
    said, ended = [0, 0], threading.Event()

    def tell(done: int, total: int) -> None:
        said[:] = done, total

    thread = threading.Thread(target=_give_signs, args=[run.pk, said, ended], daemon=True)
    thread.start()
    try:
        yield tell
    finally:
        ended.set()
        thread.join()


def give_sign(key: UUID, done: int, total: int) -> None:
    """Write down how far an import is."""
    with connection.cursor() as cursor:
        cursor.execute(SIGN, [done, total, timezone.now(), key])


def is_alive(progress: ListedProgress | None) -> bool:
    """Whether the work gave a sign of life lately. Waiting for a worker counts as one at first."""
    if progress is None:
        return False
    return timezone.now() - progress.alive_at < ListedImport.ALIVE_FOR


def refuse_at_work(run: ListedImport) -> None:
    """Raise InvalidMove where the work of an import goes on."""
    if run.is_at_work and is_alive(ListedProgress.objects.filter(run=run).first()):
        raise InvalidMove(_("The work goes on. Wait until it is done."))


def _give_signs(key: UUID, said: list[int], ended: threading.Event) -> None:
    """A sign at once, then every second: a thread has a connection of its own."""
    try:
        while True:
            try:
                give_sign(key, *said)
            except DatabaseError:
                log.warning("A sign of life could not be written down.", exc_info=True)
                connection.close()
            if ended.wait(EVERY):
                return
    finally:
        connection.close()
