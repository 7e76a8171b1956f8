"""Which entries may this be, by name? One index of every list, as fresh as the lists are.

The index lies on disk and is mapped by every process of the machine. What changed since it was
built is held beside it, so that an entry screens from the moment it is published; when that has
grown long, the index is built anew. Whether an entry is in force is asked of the database for
every answer: one that was lifted stops at once.
"""

import fcntl
import functools
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from safar.control.watchlist import listed_names
from safar.control.watchlist.listed_names import Mark
from safar.lib import screening
from safar.lib.screening import Candidate, Index, IndexBroken, Query

logger = logging.getLogger(__name__)

BESIDE: Final = 2000  # changed entries that a process holds beside the build
OLD_SERVES: Final = 5.0  # seconds that an old index may answer while a new one is built
FLOOR: Final = 0.02  # a score that no list's threshold lies under
MOST: Final = 100  # entries that one traveller is compared with


class Built(NamedTuple):
    """What an index on disk was built from, as its manifest says."""

    database: str
    snapshot: int
    own: int

    @classmethod
    def of(cls, index: Index) -> "Built | None":
        notes = index.notes
        try:
            return cls(str(notes["database"]), int(notes["snapshot"]), int(notes["own"]))
        except (KeyError, TypeError, ValueError):
            return None


@dataclass(slots=True)
class Held:
    marks: frozenset[Mark]
    index: Index
    outdated_since: float | None = field(default=None)


class Names:
    """The index as this process holds it. Threads share it; one at a time brings it up to date."""

    def __init__(self) -> None:
        self._held: Held | None = None
        self._renewing = threading.Lock()

    def forget(self) -> None:
        """Drop what is held; the next search takes up what it needs."""
        with self._renewing:
            self._held = None

    def search(self, query: Query) -> list[Candidate]:
        """Who on any list this may be, best first: also below the lists' thresholds, from FLOOR on."""
        lists = listed_names.published()
        if not lists or not query.names:
            return []
        index = self._current(frozenset(Mark(*row[:3]) for row in lists))
        return index.search(query, limit=MOST, threshold=FLOOR)

    def _current(self, marks: frozenset[Mark]) -> Index:
        held = self._held
        if held and held.marks == marks:
            return held.index
        if not self._renewing.acquire(blocking=not _may_serve(held)):
            assert held is not None  # noqa: S101 - else the call above waits for the lock
            return held.index
        try:
            held = self._held
            if held is None or held.marks != marks:
                held = self._held = Held(marks, renewed())
            return held.index
        finally:
            self._renewing.release()


def _may_serve(held: Held | None) -> bool:
    if held is None:
        return False
    now = time.monotonic()
    if held.outdated_since is None:
        held.outdated_since = now
    return now - held.outdated_since < OLD_SERVES


def renewed() -> Index:
    """The index on disk with what changed since; built anew where that is much."""
    index, built = _on_disk()
    if index is None and listed_names.count() <= BESIDE:
        return Index.of(listed_names.entities())
    if index is None or built is None or _is_old(built):
        with _alone():
            index, built = _on_disk()  # perhaps another process built it meanwhile
            if index is None or built is None or _is_old(built):
                build()
                index, built = _on_disk()
        if index is None or built is None:
            raise IndexBroken("The index of names was removed while it was built.")
    changed = listed_names.changed_since(built.snapshot, built.own)
    now = list(listed_names.entities(changed))
    both = {listed_names.key(entry, is_weak) for entry in changed for is_weak in (False, True)}
    return index.with_changes(now, both - {entity.id for entity in now})


def _is_old(built: Built) -> bool:
    return listed_names.count_since(built.snapshot, built.own) > BESIDE


def build() -> None:
    """Build the index of every entry in force, and put it in place of the old one at once."""
    snapshot, _own = listed_names.now()
    screening.build(listed_names.entities(), folder(), _notes(snapshot))


def build_before_commit() -> None:
    """Where a transaction changes much: its index is ready when it commits, and then in place.

    Call it last in the transaction. What is rolled back is never put in place.
    """
    snapshot, own = listed_names.now()
    if listed_names.count_since(snapshot, 0) > BESIDE:
        beside = screening.build_beside(listed_names.entities(), folder(), _notes(snapshot, own))
        transaction.on_commit(functools.partial(screening.put_in_place, folder(), beside))


def _notes(snapshot: int, own: int = 0) -> dict[str, str]:
    """`own`: the transaction that built, whose entries the index holds though it was under way."""
    return {"database": listed_names.database(), "snapshot": str(snapshot), "own": str(own)}


def folder() -> Path:
    """Where the index of the database in use lies on this machine."""
    return Path(settings.SAFAR_INDEX_FOLDER) / str(connection.settings_dict["NAME"])


def _on_disk() -> tuple[Index | None, Built | None]:
    try:
        index = Index.open(folder())
    except IndexBroken as error:
        if folder().exists():
            logger.warning("The index of names is built anew: %s", error)
        return None, None
    built = Built.of(index)
    if built is None or built.database != listed_names.database():
        return None, None  # of a database that was there before
    if built.snapshot > listed_names.now()[0]:
        return None, None  # a copy from before that build was put back
    return index, built


@contextmanager
def _alone() -> Iterator[None]:
    """One process of this machine builds; the others wait for its build."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


NAMES: Final = Names()
