"""Who is inside already and like an entry, and how far is the comparison?"""

from uuid import UUID

from django.db.models import QuerySet

from safar.control.watchlist.choices import WorkStatus
from safar.control.watchlist.models import (
    MOST_ENTRIES,
    ListEntry,
    RecentCrosser,
    Rescreening,
    ScreenedDay,
)
from safar.core.permissions import Actor


def recent_crossers(actor: Actor, entry: ListEntry) -> QuerySet[RecentCrosser]:
    """Those found for an entry as it reads now, best first; of a discreet one for its owner only."""
    found = RecentCrosser.objects.visible_to(actor).filter(
        entry=entry, entry_version=entry.content_version
    )
    return found.order_by("-score", "-crossed_at")


def to_know(actor: Actor) -> QuerySet[RecentCrosser]:
    """Of the actor's own agency's lists: whoever was found and nobody has taken note of."""
    found = RecentCrosser.objects.visible_to(actor).filter(
        seen_at=None, entry__list__owner=actor.agency_id
    )
    return found.select_related("entry__list").order_by("-found_at", "-score")


def last_rescreening(actor: Actor, entry: ListEntry) -> Rescreening | None:
    asked = Rescreening.objects.visible_to(actor).filter(entries__contains=[entry.pk])
    return asked.first()


def to_rescreen(key: UUID) -> list[Rescreening]:
    """What one pass over the travellers can answer: this rescreening and others that wait.

    Empty where it is done already. One that is running counts: its work broke off, and the queue
    gives it out again. The others only as long as their entries fit in memory together.
    """
    again = (WorkStatus.WAITING, WorkStatus.RUNNING)
    first = Rescreening.objects.filter(pk=key, status__in=again).first()
    if first is None:
        return []
    asked, entries = [first], len(first.entries)
    others = Rescreening.objects.filter(status=WorkStatus.WAITING).exclude(pk=key)
    for other in others.order_by("asked_at"):
        entries += len(other.entries)
        if entries > MOST_ENTRIES:
            break
        asked.append(other)
    return asked


def traffic_is_known() -> bool:
    """Whether the border has told how many it screened."""
    return ScreenedDay.objects.exists()
