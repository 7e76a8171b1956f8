"""Reads of the lists: screening, what was judged, and the pages of list managers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.choices import (
    IN_FORCE,
    EntryStatus,
    HitStatus,
    ImportStatus,
    Outcome,
)
from safar.control.watchlist.first_line import FirstLine, for_first_line
from safar.control.watchlist.models import (
    EntryName,
    Hit,
    ImportRun,
    Judgement,
    ListEntry,
    WatchList,
)
from safar.control.watchlist.rules import Person, Reason
from safar.control.watchlist.screening import Match, screen
from safar.core import audit
from safar.core.errors import NotFound
from safar.core.permissions import Actor
from safar.core.record import get_visible
from safar.lib.names import fold

__all__ = [
    "FirstLine",
    "HitRecord",
    "Match",
    "Person",
    "Reason",
    "cleared_entries",
    "for_first_line",
    "hit_record",
    "hits_of_inspection",
    "hits_of_traveller",
    "open_hits",
    "reasons_of",
    "screen",
]

PROPOSED: Final = (EntryStatus.PROPOSED, EntryStatus.LIFTING)
OPEN: Final = (HitStatus.NEW, HitStatus.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class HitRecord:
    """How often an entry stopped somebody since `since`, and how often it was the person."""

    stopped: int
    same: int
    different: int
    open: int
    since: datetime | None


def cleared_entries(traveller_id: UUID) -> frozenset[UUID]:
    """Entries judged *a different person* for this traveller, as long as they did not change.

    A later judgement *the same person* ends it.
    """
    judged = Hit.objects.filter(
        traveller_id=traveller_id, entry_version=F("entry__content_version")
    )
    pairs = judged.values_list("entry_id", "status")
    same = {entry for entry, status in pairs if status == HitStatus.SAME}
    different = {entry for entry, status in pairs if status == HitStatus.DIFFERENT}
    return frozenset(different - same)


def hit_record(entry_id: UUID, *, besides: UUID | None = None) -> HitRecord:
    """Return how often the entry was right; `besides` leaves one inspection out of the count."""
    hits = Hit.objects.filter(entry=entry_id)
    if besides is not None:
        hits = hits.exclude(inspection_id=besides)
    open_ones = Q(status__in=OPEN)
    found = hits.aggregate(
        stopped=Count("pk"),
        same=Count("pk", filter=Q(status=HitStatus.SAME)),
        different=Count("pk", filter=Q(status=HitStatus.DIFFERENT)),
        open=Count("pk", filter=open_ones),
        since=Min("raised_at"),
    )
    return HitRecord(**found)


def open_hits(inspection_id: UUID) -> int:
    """How many hits of an inspection nobody has judged yet."""
    return Hit.objects.filter(inspection_id=inspection_id, status__in=OPEN).count()


def reasons_of(hit: Hit) -> tuple[Reason, ...]:
    """The reasons that were stored with a hit, in the language of the reader."""
    return tuple(Reason(item["code"], item["params"]) for item in hit.reasons)


def hits_of_inspection(actor: Actor, inspection_id: UUID) -> QuerySet[Hit]:
    """An inspection's hits with their entries, best first, for second line."""
    return _with_entry(Hit.objects.visible_to(actor).filter(inspection_id=inspection_id))


def hits_of_traveller(actor: Actor, traveller_id: UUID) -> QuerySet[Hit]:
    return _with_entry(Hit.objects.visible_to(actor).filter(traveller_id=traveller_id))


def _with_entry(hits: QuerySet[Hit]) -> QuerySet[Hit]:
    wanted = ("entry__names", "entry__births", "entry__documents", "judgements")
    return hits.select_related("entry__list__owner").prefetch_related(*wanted)


def hits_to_read(actor: Actor) -> QuerySet[Hit]:
    """Hits that nobody has judged, newest first: also those that no booth was shown.

    A discreet entry stops nobody, so these hits reach second line only by chance; list
    managers read them here and tell the list's owner.
    """
    found = Hit.objects.visible_to(actor).filter(status__in=OPEN)
    ordered = found.select_related("entry__list__owner").order_by("-raised_at", "-pk")
    return ordered.prefetch_related("entry__names")


def new_hits(actor: Actor) -> int:
    """How many hits nobody has looked at yet."""
    return Hit.objects.visible_to(actor).filter(status=HitStatus.NEW).count()


def opened_hits(actor: Actor, *, shown: int, found: int) -> None:
    """Record that a page of hits was opened, before any of it leaves."""
    details = {"shown": shown, "found": found}
    audit.append([audit.Row(actor, "watchlist.read", audit.OPENED, "hits", details)])


def judgements(actor: Actor, hit: Hit) -> QuerySet[Judgement]:
    return Judgement.objects.visible_to(actor).filter(hit=hit)


def judged_same_by(inspection_id: UUID, user_id: UUID | None, instructions: Iterable[str]) -> bool:
    """Whether this user ever judged *the same person* for an entry that asks for one of these.

    A judgement that was taken back counts: two people stay two people.
    """
    return Judgement.objects.filter(
        hit__inspection_id=inspection_id,
        outcome=Outcome.SAME,
        by=user_id,
        hit__entry__instruction__in=list(instructions),
    ).exists()


def age_of_lists() -> datetime | None:
    """When the list that was not looked at for longest was last compared with its source."""
    found = WatchList.objects.filter(published_version__gt=0).aggregate(oldest=Min("checked_at"))
    oldest: datetime | None = found["oldest"]
    return oldest


def lists(actor: Actor) -> QuerySet[WatchList]:
    """Every list with `in_force`, `proposals` and `waiting` (imports for a second person)."""
    all_entries: QuerySet[ListEntry] = ListEntry.objects.all()
    waiting = ImportRun.objects.visible_to(actor).filter(status=ImportStatus.PREPARED)
    found = WatchList.objects.visible_to(actor).select_related("owner")
    return found.annotate(
        in_force=_count(all_entries.filter(status__in=IN_FORCE)),
        proposals=_count(all_entries.filter(status__in=PROPOSED)),
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
    """A list's entries; a search by name or number is written to the audit, without the name."""
    found = ListEntry.objects.visible_to(actor).filter(list=of).prefetch_related("names", "births")
    if terms := search.strip():
        found = found.filter(_named(terms) | Q(source_key=terms))
        audit.searched(actor, "watchlist.read", terms=terms, found=found.count())
    return found


def _named(terms: str) -> Q:
    names: QuerySet[EntryName] = EntryName.objects.all()
    for word in fold(terms).split():
        names = names.filter(fold__contains=word)
    return Q(pk__in=names.values("entry"))


def to_decide(actor: Actor, of: WatchList) -> QuerySet[ListEntry]:
    waiting = ListEntry.objects.visible_to(actor).filter(list=of, status__in=PROPOSED)
    return waiting.prefetch_related("names").order_by("proposed_at")


def open_entry(actor: Actor, key: UUID) -> ListEntry:
    """Return an entry with all it says, and record that it was opened."""
    found: Iterable[str] = ("names", "births", "documents")
    wanted = ListEntry.objects.select_related("list__owner").prefetch_related(*found)
    entry = get_visible(wanted, actor, key)
    audit.opened(actor, "watchlist.read", f"ListEntry:{entry.pk}", purpose="list work")
    return entry


def imports(actor: Actor, of: WatchList) -> QuerySet[ImportRun]:
    return ImportRun.objects.visible_to(actor).filter(list=of)


def import_run(actor: Actor, key: UUID) -> ImportRun:
    return get_visible(ImportRun.objects.select_related("list__owner"), actor, key)
