"""What do entries say besides their names? Read for many entries at once."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from safar.control.watchlist.choices import IN_FORCE
from safar.control.watchlist.deadlines import standing
from safar.control.watchlist.models import EntryBirth, EntryDocument, ListEntry
from safar.control.watchlist.rules import Facts
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import Birth


class Listed(NamedTuple):
    """An entry that screens today, as far as it is compared; `threshold` of its list."""

    threshold: float
    facts: Facts


def in_force(entries: QuerySet[ListEntry]) -> QuerySet[ListEntry]:
    """Entries that screen today: published, begun, not run out, and not left without review."""
    return entries.filter(standing(timezone.localdate()), status__in=IN_FORCE)


def listed(keys: Collection[UUID]) -> dict[UUID, Listed]:
    """Those of the entries that are in force: three reads, however many bear one name."""
    if not keys:
        return {}
    births, documents = _births(keys), _documents(keys)
    entries = in_force(ListEntry.objects.filter(pk__in=keys)).order_by()
    columns = ("pk", "list__threshold", "sex", "citizenships")
    return {
        key: Listed(threshold, Facts(births[key], sex, tuple(citizenships), documents[key]))
        for key, threshold, sex, citizenships in entries.values_list(*columns)
    }


def _births(keys: Collection[UUID]) -> dict[UUID, tuple[Birth, ...]]:
    found: defaultdict[UUID, tuple[Birth, ...]] = defaultdict(tuple)
    rows = EntryBirth.objects.filter(entry__in=keys).order_by("year", "month", "day")
    columns = ("entry_id", "year", "month", "day", "year_to", "approximate")
    for key, year, month, day, year_to, approximate in rows.values_list(*columns):
        found[key] += (Birth(PartialDate(year, month, day), year_to, approximate),)
    return found


def _documents(keys: Collection[UUID]) -> dict[UUID, tuple[tuple[str, str], ...]]:
    found: defaultdict[UUID, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    rows = EntryDocument.objects.filter(entry__in=keys).order_by("number")
    for key, issuer, number in rows.values_list("entry_id", "issuer", "number"):
        found[key] += ((issuer, number),)
    return found
