"""Which published names are like these? One index in memory for each list, as fresh as the list."""

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from safar.control.watchlist.choices import IN_FORCE
from safar.control.watchlist.models import EntryName, WatchList
from safar.control.watchlist.rules import BOOST
from safar.lib.names import Index, Likeness

OLD_SERVES: Final = 5.0  # seconds that a list's old index may answer while the new one is built
CONSIDERED: Final = 30
HIGHEST_BOOST: Final = max(BOOST.values())


class Row(NamedTuple):
    """A name of an entry, as the index keys it."""

    entry_id: UUID
    text: str
    is_weak: bool


class Mark(NamedTuple):
    """Tells a list's contents from every other; the time also tells apart what was rolled back."""

    version: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A name of a list that is like one of the query's."""

    row: Row
    query: str
    likeness: Likeness


@dataclass(slots=True)
class Held:
    mark: Mark
    index: Index[Row]
    outdated_since: float | None = field(default=None)


class NameIndexes:
    """The indexes that this process holds. Threads share them; one at a time rebuilds."""

    def __init__(self) -> None:
        self._held: dict[UUID, Held] = {}
        self._building = threading.Lock()

    def forget(self) -> None:
        """Drop every index; the next search builds what it needs."""
        with self._building:
            self._held.clear()

    def search(self, names: Iterable[str]) -> Iterator[Found]:
        """Names that may reach their list's threshold with every fact in favour."""
        queries = [name for name in dict.fromkeys(names) if name.strip("< ,")]
        if not queries:
            return
        lists = WatchList.objects.filter(published_version__gt=0)  # every list screens everybody
        columns = ("id", "published_version", "published_at", "threshold")
        for key, version, at, threshold in lists.values_list(*columns):
            assert at is not None  # noqa: S101 - a constraint of the table
            index = self._current(key, Mark(version, at))
            for query in queries:
                for row, likeness in index.search(query, CONSIDERED, threshold - HIGHEST_BOOST):
                    yield Found(row, query, likeness)

    def _current(self, key: UUID, mark: Mark) -> Index[Row]:
        held = self._held.get(key)
        if held and held.mark == mark:
            return held.index
        if not self._building.acquire(blocking=not self._may_serve(held)):
            assert held is not None  # noqa: S101 - else the call above waits for the lock
            return held.index
        try:
            held = self._held.get(key)
            if held is None or held.mark != mark:
                held = self._held[key] = Held(mark, _built(key))
            return held.index
        finally:
            self._building.release()

    @staticmethod
    def _may_serve(held: Held | None) -> bool:
        if held is None:
            return False
        now = time.monotonic()
        if held.outdated_since is None:
            held.outdated_since = now
        return now - held.outdated_since < OLD_SERVES


def _built(key: UUID) -> Index[Row]:
    rows = EntryName.objects.filter(entry__list=key, entry__status__in=IN_FORCE)
    columns = ("entry_id", "text", "is_weak")
    return Index((Row(*row), row[1]) for row in rows.values_list(*columns).iterator(5000))


INDEXES: Final = NameIndexes()
