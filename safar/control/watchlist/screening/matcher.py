"""Which entries may this be, by name? One index of every list, as fresh as the lists are.

The index lies on disk and is mapped by every process of the machine. What changed since it was
built is held beside it, so that an entry screens from the moment it is published; when that has
grown long, the index is built anew, beside the traveller in front of the booth (`Names.catch_up`).
Whether an entry is in force is asked of the database for every answer: one that was lifted stops
at once.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from django.db import connection

from safar.control.watchlist.screening import listed_names, name_index
from safar.control.watchlist.screening.listed_names import Mark
from safar.control.watchlist.screening.name_index import Base, Built
from safar.lib.names import fold
from safar.lib.screening import Candidate, Index, Query

logger = logging.getLogger(__name__)

BESIDE_LATER: Final = 20_000  # changed entries that are held beside a build while none waits
OLD_SERVES: Final = 5.0  # seconds that an old index may answer while a new one is made ready
GRACE: Final = 1.0  # seconds in which an import of this machine puts its own build in place
AGAIN_AFTER: Final = 60.0  # seconds after which a build that failed is tried again
FLOOR: Final = 0.02  # a score that no list's threshold lies under
MOST: Final = 100  # entries that one traveller is compared with


@dataclass(slots=True)
class Held:
    """What a process searches; `looked_up`: since when the database is asked besides, if it is."""

    marks: frozenset[Mark]
    base: Base
    index: Index
    looked_up: Built | None = None
    outdated_since: float | None = field(default=None)


class Names:
    """The index as this process holds it. Threads share it; one at a time brings it up to date."""

    def __init__(self) -> None:
        self._held: Held | None = None
        self._renewing = threading.Lock()
        self._catching_up = False
        self._not_before = 0.0

    def forget(self) -> None:
        """Drop what is held; the next search takes up what it needs."""
        with self._renewing:
            self._held = None
            self._not_before = 0.0

    def search(self, query: Query) -> list[Candidate]:
        """Who on any list this may be, best first: also below the lists' thresholds, from FLOOR on."""
        held = self.current() if query.names else None
        if held is None:
            return []
        found = held.index.search(query, limit=MOST, threshold=FLOOR)
        return found if held.looked_up is None else _with_looked_up(held, query, found)

    def current(self) -> Held | None:
        """What is searched now; None where no list screens anybody."""
        lists = listed_names.published()
        return self._current(frozenset(Mark(*row[:3]) for row in lists)) if lists else None

    def _current(self, marks: frozenset[Mark]) -> Held:
        held = self._held
        if held and held.marks == marks:
            return held
        if not self._renewing.acquire(blocking=not _may_serve(held)):
            assert held is not None  # noqa: S101 - else the call above waits for the lock
            return held
        try:
            held = self._held
            if held is None or held.marks != marks:
                held = self._held = renewed(marks, held)
                if held.looked_up and self._may_catch_up():
                    self._begin(self.catch_up)
            return held
        finally:
            self._renewing.release()

    def _may_catch_up(self) -> bool:
        if self._catching_up or time.monotonic() < self._not_before:
            return False
        self._catching_up, self._not_before = True, time.monotonic() + AGAIN_AFTER
        return True

    @staticmethod
    def _begin(work: Callable[[], None]) -> None:
        threading.Thread(target=work, daemon=True).start()

    def catch_up(self) -> None:
        """Behind the booths' backs: what changed beside the old build, then a new build.

        In the first seconds by this thread; the build is a process of its own, which yields to
        all others, and one for all processes of the machine.
        """
        try:
            self._put_beside()
            time.sleep(GRACE)
            name_index.build_if_old()
        except Exception:
            logger.exception("The index of names was not built. It is tried again in a minute.")
        finally:
            connection.close()
            with self._renewing:
                self._catching_up = False
                if self._held:  # the next search takes up what lies on disk now
                    self._held = replace(self._held, marks=frozenset())

    def _put_beside(self) -> None:
        held = self._held
        if held is None or name_index.count_since(held.base.built) > BESIDE_LATER:
            return
        marks = frozenset(Mark(*row[:3]) for row in listed_names.published())
        now = Built.now()
        index = name_index.with_changes(held.base)
        with self._renewing:
            self._held = Held(marks, held.base, index, looked_up=now)


def _may_serve(held: Held | None) -> bool:
    if held is None:
        return False
    now = time.monotonic()
    if held.outdated_since is None:
        held.outdated_since = now
    return now - held.outdated_since < OLD_SERVES


def renewed(marks: frozenset[Mark], held: Held | None = None) -> Held:
    """The index on disk with what changed since beside it.

    Where much changed, what is held serves on until there is a new build, and for every
    traveller the database is asked besides for her name among what was written meanwhile.
    """
    base = name_index.on_disk()
    if base is None and listed_names.count() <= name_index.BESIDE:
        built = Built.now()
        index = Index.of(listed_names.entities())
        return Held(marks, Base(index, built), index)
    if base is None:
        base = _of_before(held) or name_index.first_build()
    if name_index.count_since(base.built) <= name_index.BESIDE:
        return Held(marks, base, name_index.with_changes(base))
    if held and held.looked_up and held.base.built == base.built:
        return replace(held, marks=marks, outdated_since=None)
    return Held(marks, base, base.index, looked_up=base.built)


def _of_before(held: Held | None) -> Base | None:
    """What this process held in memory while the lists were small."""
    here = held and held.base.built.database == listed_names.database()
    return held.base if held and here else None


def _with_looked_up(held: Held, query: Query, found: list[Candidate]) -> list[Candidate]:
    """What the index finds, and what was written since under any regional spelling of the name."""
    assert held.looked_up is not None  # noqa: S101 - else nobody asks
    keys = listed_names.named_since(held.looked_up.snapshot, {fold(name) for name in query.names})
    if not keys:
        return found
    beside = held.base.index.with_changes(listed_names.entities(keys))
    both = {one.id: one for one in found}
    for one in beside.search(query, limit=MOST, threshold=FLOOR):
        if listed_names.entry_of(one.id)[0] in keys:
            both[one.id] = one
    return sorted(both.values(), key=lambda one: -one.score)


NAMES: Final = Names()
