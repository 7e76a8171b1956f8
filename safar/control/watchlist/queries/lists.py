"""Lists and their entries, for the pages of list managers; each look at an entry is on record."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import facts
from safar.control.watchlist.choices import ChangeStatus, EntryStatus, ImportStatus
from safar.control.watchlist.models import (
    EntryChange,
    EntryName,
    ImportRun,
    ListEntry,
    WatchList,
)
from safar.core import audit
from safar.core.errors import NotFound
from safar.core.permissions import Actor
from safar.core.record import get_visible
from safar.lib.names import fold

PROPOSED: Final = (EntryStatus.PROPOSED, EntryStatus.LIFTING)


def age_of_lists() -> datetime | None:
    """When the list that was not looked at for longest was last compared with its source."""
    found = WatchList.objects.filter(published_version__gt=0).aggregate(oldest=Min("checked_at"))
    oldest: datetime | None = found["oldest"]
    return oldest


def lists(actor: Actor) -> QuerySet[WatchList]:
    """Every list with `in_force`, `proposals`, `changes` and `waiting` imports for a second person."""
    all_entries: QuerySet[ListEntry] = ListEntry.objects.all()
    waiting = ImportRun.objects.visible_to(actor).filter(status=ImportStatus.PREPARED)
    changes: QuerySet[EntryChange] = EntryChange.objects.filter(
        entry=OuterRef("pk"), status=ChangeStatus.PROPOSED
    )
    found = WatchList.objects.visible_to(actor).select_related("owner")
    return found.annotate(
        in_force=_count(facts.in_force(all_entries)),
        proposals=_count(all_entries.filter(status__in=PROPOSED)),
        changes=_count(all_entries.filter(Exists(changes))),
        waiting=_count(waiting),
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many rows a list has, counted alone: joined, two kinds of rows would multiply."""
    mine = rows.filter(list=OuterRef("pk")).order_by().values("list")
    return Coalesce(Subquery(mine.annotate(number=Count("pk")).values("number")), 0)


def list_of(actor: Actor, code: str) -> WatchList:
    found = lists(actor).filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no such list, or it is not yours to see."))
    return found


def entries(actor: Actor, of: WatchList, *, search: str = "") -> QuerySet[ListEntry]:
    """A list's entries; that they were looked at is written to the audit, a search without its words."""
    found = ListEntry.objects.visible_to(actor).filter(list=of).prefetch_related("names", "births")
    if terms := search.strip():
        found = found.filter(_named(terms) | Q(source_key=terms))
        audit.searched(actor, "watchlist.read", terms=terms, found=found.count())
    else:
        details = {"found": found.count()}
        audit.append(
            [audit.Row(actor, "watchlist.read", audit.OPENED, f"WatchList:{of.pk}", details)]
        )
    return found


def _named(terms: str) -> Q:
    names: QuerySet[EntryName] = EntryName.objects.all()
    for word in fold(terms).split():
        names = names.filter(fold__contains=word)
    return Q(pk__in=names.values("entry"))


def to_decide(actor: Actor, of: WatchList) -> QuerySet[ListEntry]:
    """Entries of which something waits for a second person; `changes_wait` where it is a change."""
    changes = EntryChange.objects.filter(entry=OuterRef("pk"), status=ChangeStatus.PROPOSED)
    mine = ListEntry.objects.visible_to(actor).filter(list=of)
    found = mine.annotate(changes_wait=Exists(changes))
    waiting = found.filter(Q(status__in=PROPOSED) | Q(changes_wait=True))
    return waiting.prefetch_related("names").order_by("proposed_at")


def open_entry(actor: Actor, key: UUID) -> ListEntry:
    """Return an entry with all it says, and record that it was opened."""
    found: Iterable[str] = ("names", "births", "documents")
    wanted = ListEntry.objects.select_related("list__owner").prefetch_related(*found)
    entry = get_visible(wanted, actor, key)
    audit.opened(actor, "watchlist.read", f"ListEntry:{entry.pk}", purpose="list work")
    return entry


def open_numbered(actor: Actor, of: WatchList, number: str) -> ListEntry:
    """Return an entry of a list by its number, and record that it was opened."""
    found = ListEntry.objects.visible_to(actor).filter(list=of, source_key=number).first()
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return open_entry(actor, found.pk)
