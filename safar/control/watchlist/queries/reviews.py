"""Which entries have to be looked at, and which proposals wait for a second person?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from safar.accounts.models import Agency
from safar.control.watchlist.choices import IN_FORCE, ChangeStatus, EntryStatus, ImportStatus
from safar.control.watchlist.deadlines import (
    DUE_SOON,
    fell_out,
    is_stale,
    ran_out,
    review_grace,
)
from safar.control.watchlist.models import (
    EntryChange,
    EntryReview,
    ImportRun,
    ListEntry,
    ThresholdChange,
    WatchList,
)
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Queue:
    """What waits: `overdue` still screens, `fallen` and `expired` no longer do."""

    overdue: QuerySet[ListEntry]
    due: QuerySet[ListEntry]
    fallen: QuerySet[ListEntry]
    expired: QuerySet[ListEntry]


@dataclass(frozen=True)
class Waiting:
    """A proposal for a second person; `kind` of entry, lifting, change, threshold, import."""

    kind: str
    key: UUID | str
    name: str
    list: WatchList
    by: str
    at: datetime

    @property
    def is_stale(self) -> bool:
        return is_stale(self.at) and self.kind != "import"  # an import's staleness is its own


def review_queue(actor: Actor, *, owner: str = "") -> Queue:
    """Entries of one agency's lists, or of all, by what is the matter; the oldest first."""
    today = timezone.localdate()
    found = ListEntry.objects.visible_to(actor).filter(status__in=IN_FORCE, **_owned(owner))
    found = found.select_related("list__owner").prefetch_related("names").order_by("review_due")
    standing = found.exclude(ran_out(today))
    grace = today - review_grace()
    return Queue(
        overdue=standing.filter(review_due__lt=today, review_due__gte=grace),
        due=standing.filter(review_due__gte=today, review_due__lte=today + DUE_SOON),
        fallen=standing.filter(fell_out(today)),
        expired=found.filter(ran_out(today)).order_by("-in_force_until"),
    )


def waiting(actor: Actor, *, owner: str = "") -> list[Waiting]:
    """Everything of the lists that waits for a second person, the longest waiting first."""
    found = [
        *_entries(actor, owner),
        *_changes(actor, owner),
        *_thresholds(actor, owner),
        *_imports(actor, owner),
    ]
    return sorted(found, key=lambda row: row.at)


def reviews_of(actor: Actor, entry: ListEntry) -> QuerySet[EntryReview]:
    return EntryReview.objects.visible_to(actor).filter(entry=entry)


def owners(actor: Actor) -> QuerySet[Agency]:
    """The agencies that own a list which the actor sees."""
    mine = WatchList.objects.visible_to(actor).values("owner")
    found: QuerySet[Agency] = Agency.objects.filter(pk__in=mine)
    return found


def _owned(owner: str, path: str = "list") -> dict[str, Any]:
    return {f"{path}__owner__code": owner} if owner else {}


def _entries(actor: Actor, owner: str) -> Iterator[Waiting]:
    rows = ListEntry.objects.visible_to(actor).filter(
        Q(status=EntryStatus.PROPOSED) | Q(status=EntryStatus.LIFTING), **_owned(owner)
    )
    for row in rows.select_related("list__owner"):
        if row.lifting_proposed_at is not None:
            by, at = row.lifting_proposed_by_name, row.lifting_proposed_at
            yield Waiting("lifting", row.pk, row.source_key, row.list, by, at)
        else:
            by, at = row.proposed_by_name, row.proposed_at
            yield Waiting("entry", row.pk, row.source_key, row.list, by, at)


def _changes(actor: Actor, owner: str) -> Iterator[Waiting]:
    rows = EntryChange.objects.visible_to(actor).filter(
        status=ChangeStatus.PROPOSED, **_owned(owner, "entry__list")
    )
    for row in rows.select_related("entry__list__owner"):
        by, at = row.proposed_by_name, row.proposed_at
        yield Waiting("change", row.entry_id, row.entry.source_key, row.entry.list, by, at)


def _thresholds(actor: Actor, owner: str) -> Iterator[Waiting]:
    rows = ThresholdChange.objects.visible_to(actor).filter(
        status=ChangeStatus.PROPOSED, **_owned(owner)
    )
    for row in rows.select_related("list__owner"):
        text = f"{row.before:.2f} → {row.after:.2f}"
        by, at = row.proposed_by_name, row.proposed_at
        yield Waiting("threshold", row.list.code, text, row.list, by, at)


def _imports(actor: Actor, owner: str) -> Iterator[Waiting]:
    rows = ImportRun.objects.visible_to(actor).filter(status=ImportStatus.PREPARED, **_owned(owner))
    for row in rows.select_related("list__owner"):
        by, at = row.prepared_by_name, row.prepared_at
        yield Waiting("import", row.pk, row.file_names, row.list, by, at)
