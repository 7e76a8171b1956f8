"""Writes: another threshold for a list is proposed, tried on last month's travellers, agreed to."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import work
from safar.control.watchlist.actions.entries import refuse_no_reason
from safar.control.watchlist.actions.lists import locked
from safar.control.watchlist.choices import ChangeStatus, HitKind
from safar.control.watchlist.models import ThresholdChange, WatchList
from safar.control.watchlist.policies import (
    fresh_threshold,
    not_own_change,
    tried,
    with_the_right_to_raise,
)
from safar.control.watchlist.rules import Person
from safar.control.watchlist.screening.answers import Match, screen
from safar.control.watchlist.workflow import CHANGE
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

LOWEST, HIGHEST = 0.5, 1.0
SHOWN: Final = 10


@action("watchlist.propose_threshold", policies=(role_suffices,))
def propose_threshold(
    actor: Actor, watch_list: WatchList, *, after: float, reason: str
) -> ThresholdChange:
    """Proposed another threshold for a list; it holds once a second person agrees

    What it would have meant on last month's travellers is worked out in the background.

    Raises:
        RuleBroken: the value is out of range or the same, or another proposal waits.
    """
    refuse_no_reason(reason)
    after = round(after, 3)
    if not LOWEST <= after <= HIGHEST:
        raise RuleBroken(_("Give a likeness from 0.5 to 1."), field="after")
    if after == watch_list.threshold:
        raise RuleBroken(_("This is the threshold in force."), field="after")
    if watch_list.thresholds.filter(status=ChangeStatus.PROPOSED).exists():
        raise RuleBroken(_("Another threshold waits for a second person."))
    change = ThresholdChange.objects.create(
        list=watch_list,
        before=watch_list.threshold,
        after=after,
        reason=reason.strip()[:200],
        proposed_at=timezone.now(),
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )
    work.defer(work.TRY_THRESHOLD, change.pk)
    return change


@action("watchlist.try_threshold", policies=(role_suffices,))
def try_threshold(
    actor: Actor,
    target: ThresholdChange,
    *,
    people: Iterable[Person],
    travellers: int,
    begins: bool = False,
    ended: bool = False,
) -> ThresholdChange:
    """Screened travellers of last month again, as if the proposed threshold were in force

    Called with one part of a sample after another (`begins` with the first, `ended` with the
    last); `travellers` is how many crossed in the whole month. No booth sees anything of it.
    """
    sample = nothing_tried() if begins or not target.sample else target.sample
    with _as_if(target.list, min(target.before, target.after)):
        for person in people:
            sample["screened"] += 1
            _count(sample, target, _best(screen(person), target.list))
    sample["travellers"] = travellers
    sample["ended"] = ended
    target.sample = sample
    target.save()
    note(screened=sample["screened"])
    return target


@action(
    "watchlist.approve_threshold",
    policies=(not_own_change, fresh_threshold, tried, with_the_right_to_raise),
)
def approve_threshold(actor: Actor, change: ThresholdChange) -> ThresholdChange:
    """Agreed to another threshold for a list; every booth screens with it from now on

    A higher one stops fewer people: whoever agrees to it needs the right to lift. A lower one
    waits until it is worked out whom it would have stopped.
    """
    watch_list = locked(change.list_id)
    CHANGE.move(change, "publish")
    change.decided_at = timezone.now()
    change.decided_by_id, change.decided_by_name = actor.user_id, actor.name
    change.save()
    watch_list.threshold = change.after
    watch_list.save()
    note(list=watch_list.code, before=change.before, after=change.after)
    return change


@action("watchlist.decline_threshold", policies=(role_suffices,))
def decline_threshold(actor: Actor, change: ThresholdChange, *, reason: str) -> ThresholdChange:
    """Declined another threshold, or withdrew one's own; the list stops whom it stopped"""
    refuse_no_reason(reason)
    CHANGE.move(change, "decline")
    change.save()
    note(reason=reason.strip()[:200])
    return change


@contextmanager
def _as_if(watch_list: WatchList, threshold: float) -> Iterator[None]:
    """Screen inside with another threshold: written, read by the engine, and taken back."""
    with transaction.atomic():
        WatchList.objects.filter(pk=watch_list.pk).update(threshold=threshold)
        yield
        transaction.set_rollback(True)


def nothing_tried() -> dict[str, Any]:
    """A sample before its first traveller, see `queries.Trial`."""
    return {"screened": 0, "travellers": 0, "before": 0, "after": 0, "ended": False, "alike": []}


def _best(matches: list[Match], watch_list: WatchList) -> Match | None:
    """The best name of this list; who stops by a document stops at any threshold."""
    mine = [match for match in matches if match.list_code == watch_list.code]
    if any(match.kind == HitKind.DOCUMENT for match in mine):
        return None
    return max(mine, key=lambda match: match.score, default=None)


def _count(sample: dict[str, Any], change: ThresholdChange, best: Match | None) -> None:
    if best is None:
        return
    before, after = best.score >= change.before, best.score >= change.after
    sample["before"] += before
    sample["after"] += after
    if before != after:
        found = [*sample["alike"], [best.source_key, best.score]]
        sample["alike"] = sorted(found, key=lambda row: -row[1])[:SHOWN]
