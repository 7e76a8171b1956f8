"""Which published names are like these? One index in memory for each list, as fresh as the list."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from safar.control.watchlist.choices import IN_FORCE
from safar.control.watchlist.models import EntryName, WatchList
from safar.control.watchlist.rules import BOOST
from safar.core.prepared import prepared
from safar.lib.names import Index, Likeness
from safar.lib.names.alignment import weight
from safar.lib.names.index import SLACK
from safar.lib.names.skeleton import Token

OLD_SERVES: Final = 5.0  # seconds that a list's old index may answer while the new one is built
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


class NameIndex(Index[tuple[Row, ...]]):
    """A list's names, each spelling once with all entries that bear it.

    The facts that tell bearers of a common name apart are compared later: no name that may
    reach the floor is left out here because there are many.
    """

    def alike(self, query: str, floor: float) -> Iterator[Found]:
        for rows, likeness in self.search(query, len(self), floor):
            yield from (Found(row, query, likeness) for row in rows)

    def _candidates(self, parts: tuple[Token, ...], floor: float) -> list[int]:
        whole, least = sum(map(weight, parts)), floor - SLACK
        return [
            row
            for row, shared in self._promises(parts).items()
            if shared >= least * max(shared, min(whole, self._weights[row]))
        ]


@dataclass(slots=True)
class Held:
    mark: Mark
    index: NameIndex
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
        for key, version, at, threshold in _published():
            assert at is not None  # noqa: S101 - a constraint of the table
            index = self._current(key, Mark(version, at))
            for query in queries:
                yield from index.alike(query, threshold - HIGHEST_BOOST)

    def _current(self, key: UUID, mark: Mark) -> NameIndex:
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


@prepared
def _published() -> QuerySet[WatchList, tuple[UUID, int, datetime | None, float]]:
    lists = WatchList.objects.filter(published_version__gt=0)  # every list screens everybody
    return lists.values_list("id", "published_version", "published_at", "threshold")


def _built(key: UUID) -> NameIndex:
    rows = EntryName.objects.filter(entry__list=key, entry__status__in=IN_FORCE)
    columns = ("entry_id", "text", "is_weak")
    bearers: defaultdict[str, list[Row]] = defaultdict(list)
    for found in rows.values_list(*columns).iterator(5000):
        row = Row(*found)
        bearers[row.text].append(row)
    return NameIndex((tuple(rows), text) for text, rows in bearers.items())


INDEXES: Final = NameIndexes()
