"""Writes: a likeness is raised, judged by a person, and may be taken back. Nothing is erased."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.choices import Decisive, HitStatus, Outcome
from safar.control.watchlist.models import Hit, Judgement
from safar.control.watchlist.policies import not_own_referral
from safar.control.watchlist.queries import cleared_entries, traveller_mark
from safar.control.watchlist.rules import Person
from safar.control.watchlist.screening.answers import Match
from safar.control.watchlist.workflow import HIT
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

_MOVES: Final = {
    Outcome.SAME: "judge_same",
    Outcome.DIFFERENT: "judge_different",
    Outcome.UNSURE: "leave_open",
}


@action("watchlist.raise_hits", policies=(role_suffices,))
def raise_hits(
    actor: Actor,
    target: None,
    *,
    traveller_id: UUID,
    inspection_id: UUID,
    matches: Iterable[Match],
    person: Person | None = None,
) -> list[Hit]:
    """Raised hits of an inspection, but not of entries that this traveller was cleared of

    `person` is the traveller as her document says: what she is cleared of holds for it alone.
    A second call for the same inspection adds what is new and returns what was there.
    """
    cleared = cleared_entries(traveller_id, person)
    wanted = {match.entry_id: match for match in matches if match.entry_id not in cleared}
    held = Hit.objects.filter(inspection_id=inspection_id, entry__in=wanted)
    found = {hit.entry_id: hit for hit in held}
    now = timezone.now()
    new = [
        Hit(
            traveller_id=traveller_id,
            inspection_id=inspection_id,
            entry_id=match.entry_id,
            entry_version=match.entry_version,
            traveller_mark=traveller_mark(person) if person else "",
            kind=match.kind,
            score=match.score,
            reasons=[reason.as_json() for reason in match.reasons],
            raised_at=now,
            raised_by_id=actor.user_id,
            raised_by_name=actor.name,
        )
        for key, match in wanted.items()
        if key not in found
    ]
    Hit.objects.bulk_create(new)
    note(inspection=str(inspection_id), raised=len(new))
    found |= {hit.entry_id: hit for hit in new}
    return [found[key] for key in wanted]


@action("watchlist.judge_hit", policies=(not_own_referral,))
def judge_hit(
    actor: Actor,
    hit: Hit,
    *,
    outcome: str,
    reason: str,
    what_decided: Sequence[str] = (),
) -> Hit:
    """Judged whether the traveller is the person of the entry

    `outcome` is one of `Outcome` (unsure leaves the hit in review), `what_decided` of
    `Decisive`.
    """
    if outcome not in Outcome.values:
        raise RuleBroken(_("Choose: the same person, a different person, or I cannot tell."))
    if not set(what_decided) <= set(Decisive.values):
        raise RuleBroken(_("Choose what decided from the list."), field="what_decided")
    return _record(actor, hit, _MOVES[Outcome(outcome)], outcome, reason, what_decided)


@action("watchlist.take_back_hit", policies=(role_suffices,))
def take_back_hit(actor: Actor, hit: Hit, *, reason: str) -> Hit:
    """Took a judgement back: the hit is in review again"""
    return _record(actor, hit, "take_back", Judgement.TAKEN_BACK, reason, ())


def _record(
    actor: Actor, hit: Hit, move: str, outcome: str, reason: str, what_decided: Sequence[str]
) -> Hit:
    if not reason.strip():
        raise RuleBroken(_("Give the reason in a few words."), field="reason")
    HIT.move(hit, move)
    now = timezone.now()
    Judgement.objects.create(
        hit=hit,
        outcome=outcome,
        reason=reason.strip()[:500],
        what_decided=list(what_decided),
        at=now,
        by_id=actor.user_id,
        by_name=actor.name,
    )
    judged = hit.status in (HitStatus.SAME, HitStatus.DIFFERENT)
    hit.judged_at = now if judged else None
    hit.judged_by_id = actor.user_id if judged else None
    hit.judged_by_name = actor.name if judged else ""
    hit.reason = reason.strip()[:500] if judged else ""
    hit.what_decided = list(what_decided) if judged else []
    hit.save()
    note(outcome=outcome, inspection=str(hit.inspection_id))
    return hit
