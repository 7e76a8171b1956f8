"""Writes: who is inside already and like a new entry? Asked for, answered, seen by the owner."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from safar.control.watchlist import facts, work
from safar.control.watchlist.choices import IN_FORCE, WorkStatus
from safar.control.watchlist.models import (
    MOST_ENTRIES,
    ListEntry,
    RecentCrosser,
    Rescreening,
    WatchList,
)
from safar.control.watchlist.policies import of_the_owner
from safar.control.watchlist.screening.answers import Match
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Inside:
    """A traveller whose last crossing is an entry, as far as the owner of a list is told."""

    traveller_id: UUID
    name: str
    birth: str
    citizenship: str
    document: str
    crossed_at: datetime
    post: str


def ask(watch_list: WatchList, entries: Sequence[UUID]) -> list[Rescreening]:
    """Ask, inside an action, that recent travellers be compared with these entries."""
    now = timezone.now()
    asked = [
        Rescreening.objects.create(
            list=watch_list, entries=list(entries[start : start + MOST_ENTRIES]), asked_at=now
        )
        for start in range(0, len(entries), MOST_ENTRIES)
    ]
    for one in asked:
        work.defer(work.RESCREEN, one.pk)
    return asked


def ask_since(watch_list: WatchList, moment: datetime) -> list[Rescreening]:
    """Ask it for the entries in force of a list that were written since: after an import."""
    changed = ListEntry.objects.filter(list=watch_list, status__in=IN_FORCE, changed_at__gte=moment)
    return ask(watch_list, list(changed.order_by().values_list("pk", flat=True)))


@action("watchlist.ask_for_today", policies=(role_suffices,))
def ask_for_today(actor: Actor, target: None = None) -> list[Rescreening]:
    """Asked that those who are inside be compared with the entries that come into force today

    When such an entry was published it stopped nobody yet, so nobody was compared with it.
    """
    begun: QuerySet[ListEntry] = ListEntry.objects.filter(in_force_from=timezone.localdate())
    keys: defaultdict[WatchList, list[UUID]] = defaultdict(list)
    for entry in facts.in_force(begun).select_related("list").only("list"):
        keys[entry.list].append(entry.pk)
    asked = [one for watch_list, mine in keys.items() for one in ask(watch_list, mine)]
    note(entries=sum(map(len, keys.values())), rescreenings=len(asked))
    return asked


@action("watchlist.start_rescreening", policies=(role_suffices,))
def start_rescreening(actor: Actor, target: Rescreening, *, travellers: int) -> Rescreening:
    """Began to compare those who are inside with new entries"""
    target.status = WorkStatus.RUNNING
    target.started_at, target.travellers, target.done = timezone.now(), travellers, 0
    target.save()
    return target


@action("watchlist.report_inside", policies=(role_suffices,))
def report_inside(
    actor: Actor,
    target: Rescreening,
    *,
    done: int,
    found: Iterable[tuple[Inside, Match]],
    ended: bool = False,
) -> Rescreening:
    """Reported how far the comparison is, and who was found; a repetition adds nothing"""
    rows = [_row(inside, match) for inside, match in found]
    RecentCrosser.objects.bulk_create(rows, ignore_conflicts=True)
    entries = RecentCrosser.objects.filter(entry__in=target.entries)
    target.done, target.found = done, entries.count()
    if ended:
        target.status, target.ended_at = WorkStatus.DONE, timezone.now()
    target.save()
    note(done=done, found=len(rows))
    return target


@action("watchlist.see_recent_crosser", policies=(of_the_owner,))
def see_recent_crosser(actor: Actor, target: RecentCrosser) -> RecentCrosser:
    """Took note, for the owner of the list, that somebody like an entry is inside"""
    if target.seen_at is None:
        target.seen_at = timezone.now()
        target.seen_by_id, target.seen_by_name = actor.user_id, actor.name
        target.save()
    return target


def _row(inside: Inside, match: Match) -> RecentCrosser:
    return RecentCrosser(
        entry_id=match.entry_id,
        entry_version=match.entry_version,
        traveller_id=inside.traveller_id,
        name=inside.name[:170],
        birth=inside.birth,
        citizenship=inside.citizenship,
        document=inside.document[:40],
        crossed_at=inside.crossed_at,
        post=inside.post,
        kind=match.kind,
        score=match.score,
        reasons=[reason.as_json() for reason in match.reasons],
        found_at=timezone.now(),
    )
