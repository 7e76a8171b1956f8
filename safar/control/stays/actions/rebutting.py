"""What a traveller says against an overstay: recorded by one officer, decided by another."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.border.actions.amending import propose_amendment
from safar.control.border.actions.extending import excuse_overstay
from safar.control.border.choices import AmendmentKind, RebuttalGround
from safar.control.border.models import Crossing
from safar.control.stays.choices import Closed
from safar.control.stays.models import Overstay, Rebuttal
from safar.control.stays.policies import in_sight, not_recorder
from safar.control.stays.workflow import REBUTTAL
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor

# Illness and force majeure end some day; who had left, or whose day is wrong, was never over.
FOR_A_TIME = (RebuttalGround.HOSPITAL, RebuttalGround.FORCE_MAJEURE)


@dataclass(frozen=True)
class Said:
    """What she says and what she showed; `until` the last day of it, where it lasted a time."""

    ground: str
    said: str
    evidence: str
    until: date | None = None


@action("stays.record_rebuttal", policies=(in_sight, by_a_person))
def record_rebuttal(actor: Actor, overstay: Overstay, *, said: Said) -> Rebuttal:
    """Wrote down what a traveller says against an overstay

    She may say it after she has left too.

    Raises:
        RuleBroken: without words, or without the last day of what lasted a time.
        InvalidMove: one waits already, or one was accepted for good.
    """
    _refuse_unsaid(overstay, said)
    made = Rebuttal(
        overstay=overstay,
        ground=RebuttalGround(said.ground),
        said=said.said.strip(),
        evidence=said.evidence.strip(),
        excused_until=said.until if said.ground in FOR_A_TIME else None,
        recorded_at=timezone.now(),
        recorded_by_id=actor.person_id,
        recorded_by_name=actor.name,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise InvalidMove(_("What she said already waits for a decision.")) from None
    note(ground=str(said.ground))
    return made


@action("stays.accept_rebuttal", policies=(in_sight, by_a_person, not_recorder))
def accept_rebuttal(
    actor: Actor,
    target: Rebuttal,
    *,
    reason: str,
    correct_to: date | None = None,
    annul: bool = False,
) -> Rebuttal:
    """Accepted what a traveller said: the overstay is closed, and the booth is told

    `correct_to`: propose to correct the last day of the entry to this one; `annul`: propose to
    annul the entry. Either is in force only when a second person signs it.

    Raises:
        RuleBroken: without a reason.
    """
    _decide(actor, target, "accept", reason)
    overstay = Overstay.objects.select_for_update().get(pk=target.overstay_id)
    entry = Crossing.objects.get(pk=overstay.crossing_id, crossed_at=overstay.entered_at)
    excuse_overstay(
        actor,
        entry,
        ground=target.ground,
        until=target.excused_until,
        prepared_by=target.recorded_by_id,
    )
    if overstay.is_open:
        overstay.closed_at, overstay.closed_because = timezone.now(), Closed.REBUTTED
        overstay.save()
    if annul:
        propose_amendment(actor, entry, kind=AmendmentKind.ANNUL, reason=_short(reason))
    elif correct_to is not None:
        changes = {"permitted_until": correct_to}
        propose_amendment(
            actor, entry, kind=AmendmentKind.CORRECT, reason=_short(reason), changes=changes
        )
    return target


@action("stays.decline_rebuttal", policies=(in_sight, by_a_person, not_recorder))
def decline_rebuttal(actor: Actor, target: Rebuttal, *, reason: str) -> Rebuttal:
    """Declined what a traveller said, with the reason"""
    return _decide(actor, target, "decline", reason)


def _decide(actor: Actor, target: Rebuttal, move: str, reason: str) -> Rebuttal:
    if not reason.strip():
        raise RuleBroken(_("Write why, in words for the traveller."), field="reason")
    REBUTTAL.move(target, move)
    target.decided_at, target.decision_reason = timezone.now(), reason.strip()
    target.decided_by_id, target.decided_by_name = actor.person_id, actor.name
    target.save()
    note(ground=target.ground)
    return target


def _short(reason: str) -> str:
    return reason.strip()[:300]


def _refuse_unsaid(overstay: Overstay, said: Said) -> None:
    if overstay.closed_because in (Closed.REBUTTED, Closed.EXTENDED, Closed.ANNULLED):
        raise InvalidMove(_("This overstay is closed: nothing is held against her."))
    if not said.said.strip():
        raise RuleBroken(_("Write what she says."), field="said")
    if not said.evidence.strip():
        raise RuleBroken(_("Write what she showed, or that she showed nothing."), field="evidence")
    if said.ground in FOR_A_TIME and said.until is None:
        raise RuleBroken(_("Until which day did it last?"), field="until")
    if said.until is not None and said.until <= overstay.until:
        raise RuleBroken(_("Until this day she was permitted to stay anyway."), field="until")
