"""Names and facts of the entries as the screening engine takes them, and which have changed.

Each entry bears the number of the transaction that last wrote it (`moved_in`, set by a trigger).
A reader that notes the oldest transaction still under way when it began (`now`) finds later all
that was written since, also by those that ended in another order than they began.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from safar.control.watchlist.choices import IN_FORCE
from safar.control.watchlist.models import EntryBirth, EntryName, ListEntry, WatchList
from safar.core.prepared import prepared
from safar.lib.partial_dates import PartialDate
from safar.lib.screening import Birth, Entity

# One past every transaction whose rows can be seen, this one's among them.
PAST_NOW: Final = (
    "greatest(pg_snapshot_xmax(pg_current_snapshot())::text::bigint, "
    "coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0) + 1)"
)
AT_ONCE: Final = 5000  # entries that are read together
MOST_NAMED: Final = 500  # entries of one name
WEAK: Final = "~"  # marks the nicknames of an entry, which alone are nobody


class Mark(NamedTuple):
    """Tells a list's contents from every other; the time also tells apart what was rolled back."""

    list_id: UUID
    version: int
    published_at: datetime | None


@prepared
def published() -> QuerySet[WatchList, tuple[UUID, int, datetime | None, float]]:
    """Every list that screens, with its threshold: every list screens everybody."""
    lists = WatchList.objects.filter(published_version__gt=0)
    return lists.values_list("id", "published_version", "published_at", "threshold")


def key(entry: UUID, is_weak: bool) -> str:
    return f"{entry}{WEAK}" if is_weak else str(entry)


def entry_of(key: str) -> tuple[UUID, bool]:
    """The entry of an engine's key, and whether the names are its nicknames."""
    return UUID(key.rstrip(WEAK)), key.endswith(WEAK)


def now() -> tuple[int, int]:
    """The oldest transaction under way, and this one: what a reader sees from here on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, "
            "coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0)"
        )
        snapshot, own = cursor.fetchone()
        return int(snapshot), int(own)


def database() -> str:
    """What tells this database from every other: one of its name made later, or recovered.

    After a recovery transactions are counted from an earlier number on, on another timeline.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier || '-' || oid || '-' || "
            "substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) "
            "FROM pg_control_system(), pg_database WHERE datname = current_database()"
        )
        return str(cursor.fetchone()[0])


def changed_since(snapshot: int, own: int) -> list[UUID]:
    """Entries written since a reader's `now`, whatever became of them."""
    return list(_changed(snapshot, own).values_list("pk", flat=True))


def count_since(snapshot: int, own: int) -> int:
    return _changed(snapshot, own).count()


def named_since(snapshot: int, folds: Collection[str]) -> list[UUID]:
    """Of the entries written since, those that bear one of the names; see `names.fold`."""
    folded = [text[:300] for text in folds if text]
    found = _changed(snapshot, 0).filter(names__fold__in=folded)
    return list(found.values_list("pk", flat=True).distinct()[:MOST_NAMED])


def count() -> int:
    """How many entries are in force."""
    return ListEntry.objects.filter(status__in=IN_FORCE).count()


def _changed(snapshot: int, own: int) -> QuerySet[ListEntry]:
    # Numbers of another cluster, that a dump brought along, lie past what is under way here.
    here = ListEntry.objects.filter(moved_in__gte=snapshot, moved_in__lt=RawSQL(PAST_NOW, ()))  # noqa: S611 - no input
    return here.exclude(moved_in=own).order_by()


def entities(keys: Collection[UUID] | None = None) -> Iterator[Entity]:
    """Entries in force as the engine takes them, all or those of the keys; nicknames apart."""
    rows = ListEntry.objects.filter(status__in=IN_FORCE).order_by()
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    found = rows.values_list("pk", "sex", "citizenships").iterator(AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        yield from _entities(some)


def _entities(rows: Iterable[tuple[UUID, str, list[str]]]) -> Iterator[Entity]:
    rows = list(rows)
    keys = [row[0] for row in rows]
    names: defaultdict[str, list[str]] = defaultdict(list)
    spelled = EntryName.objects.filter(entry__in=keys).order_by("pk")
    for entry, text, is_weak in spelled.values_list("entry_id", "text", "is_weak"):
        names[key(entry, is_weak)].append(text)
    births = _births(keys)
    for entry, sex, citizenships in rows:
        sexes = frozenset({sex} & {"F", "M"})
        for one in (key(entry, False), key(entry, True)):
            if one in names:
                spellings = tuple(names[one])
                yield Entity(one, spellings, births[entry], sexes, tuple(citizenships))


def _births(keys: Collection[UUID]) -> defaultdict[UUID, tuple[Birth, ...]]:
    found: defaultdict[UUID, tuple[Birth, ...]] = defaultdict(tuple)
    rows = EntryBirth.objects.filter(entry__in=keys).order_by("year", "month", "day")
    columns = ("entry_id", "year", "month", "day", "year_to", "approximate")
    for entry, year, month, day, year_to, approximate in rows.values_list(*columns):
        found[entry] += (Birth(PartialDate(year, month, day), year_to, approximate),)
    return found
