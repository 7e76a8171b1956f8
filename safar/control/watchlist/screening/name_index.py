"""How is the index of names built, put in place, and found on this machine's disk?"""

import fcntl
import functools
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from safar.control.watchlist.screening import listed_names
from safar.lib import screening
from safar.lib.screening import Index, IndexBroken

logger = logging.getLogger(__name__)

BESIDE: Final = 2000  # changed entries that are held beside a build while somebody waits for it
BUILD: Final = (
    "import os, django; os.nice(10); django.setup(); "
    "from safar.control.watchlist.screening import name_index; name_index.build()"
)


class Built(NamedTuple):
    """What an index was built from; one on disk says so in its manifest."""

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

    @classmethod
    def now(cls) -> "Built":
        return cls(listed_names.database(), listed_names.now()[0], 0)


@dataclass(frozen=True, slots=True)
class Base:
    """An index as it was built, without what changed since."""

    index: Index
    built: Built


def with_changes(base: Base) -> Index:
    """The index with everything that was written since beside it."""
    changed = listed_names.changed_since(base.built.snapshot, base.built.own)
    now = list(listed_names.entities(changed))
    both = {listed_names.key(entry, is_weak) for entry in changed for is_weak in (False, True)}
    return base.index.with_changes(now, both - {entity.id for entity in now})


def first_build() -> Base:
    """Nothing on this machine can serve: who asks first builds, the others wait for it."""
    with _alone():
        base = on_disk()
        if base is None:
            build()
            base = on_disk()
    if base is None:
        raise IndexBroken("The index of names was removed while it was built.")
    return base


def build_if_old() -> None:
    """Build anew, in a process of its own, where much changed since; wait where another one does."""
    with _alone():
        base = on_disk()
        if base is None or count_since(base.built) > BESIDE:
            subprocess.run([sys.executable, "-c", BUILD], check=True)  # noqa: S603 - our own command


def count_since(built: Built) -> int:
    """How many entries were written since an index was built."""
    return listed_names.count_since(built.snapshot, built.own)


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


def on_disk() -> Base | None:
    """The index that lies on this machine; None where there is none, or it is of other data."""
    try:
        index = Index.open(folder())
    except IndexBroken as error:
        if folder().exists():
            logger.warning("The index of names is built anew: %s", error)
        return None
    built = Built.of(index)
    if built is None or built.database != listed_names.database():
        return None  # of a database that was there before
    if built.snapshot > listed_names.now()[0]:
        return None  # a copy from before that build was put back
    return Base(index, built)


@contextmanager
def _alone() -> Iterator[None]:
    """One process of this machine builds; the others wait for its build."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
