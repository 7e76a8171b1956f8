"""The journey and the arrival: the flight, who meets it, what was handed over."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.assistance.cases.actions.moving import move_case
from safar.assistance.cases.models import Case
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.returns.actions.reintegration import schedule_visits
from safar.assistance.returns.choices import Met
from safar.assistance.returns.models import Journey, Reception, ReturnFile
from safar.assistance.returns.policies import everybody_declared, no_deportation_order
from safar.assistance.returns.rules import claim_by
from safar.core.action import action
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Flight:
    """A flight home and what is arranged for its landing. Times carry their zone."""

    number: str
    departs_from: str
    departs_at: datetime
    arrives_at: datetime
    airport: str
    meets: User
    needs_on_board: str = ""
    onward_to: str = ""
    onward_by: str = ""
    medical_handover_to: str = ""


@dataclass(frozen=True)
class Handed:
    """What was done and handed over at the airport."""

    met: str
    at: datetime
    onward: str = ""
    medical: str = ""
    pocket_money: Decimal | None = None
    currency: str = ""
    receipt: str = ""
    remark: str = ""


@action(
    "returns.arrange_travel",
    policies=(in_sight, still_open, no_deportation_order, everybody_declared),
)
def arrange_travel(actor: Actor, case: Case, *, flight: Flight) -> Journey:
    """Arrange the flight home and who meets it; a changed booking is written over."""
    if flight.arrives_at <= flight.departs_at:
        raise RuleBroken(_("The flight lands before it departs."), field="arrives_at")
    if case.status == "declared":
        move_case(actor, case, move="arrange_travel")
    elif case.status != "travel_arranged":
        raise RuleBroken(_("The flight is behind them, or there is no declaration yet."))
    journey, _made = Journey.objects.update_or_create(
        case=case,
        defaults={
            "flight": flight.number,
            "departs_from": flight.departs_from,
            "departs_at": flight.departs_at,
            "arrives_at": flight.arrives_at,
            "airport": flight.airport,
            "meets": flight.meets,
            "needs_on_board": flight.needs_on_board,
            "onward_to": flight.onward_to,
            "onward_by": flight.onward_by,
            "medical_handover_to": flight.medical_handover_to,
        },
    )
    return journey


@action("returns.depart", policies=(in_sight, still_open, no_deportation_order, everybody_declared))
def depart(actor: Actor, case: Case) -> Case:
    """Confirm that they boarded."""
    return move_case(actor, case, move="depart")


@action("returns.receive", policies=(in_sight, still_open))
def receive(actor: Actor, case: Case, *, handed: Handed) -> Reception:
    """Keep what happened at the airport: met or not, onward journey, money against a receipt."""
    if handed.at > timezone.now():
        raise RuleBroken(_("This time is still to come."), field="at")
    if (handed.pocket_money is None) != (not handed.receipt):
        raise RuleBroken(
            _("Pocket money is given against a receipt. Write down both, or neither."),
            field="receipt",
        )
    if case.status != "departed":
        raise RuleBroken(_("They have not departed yet, or were received already."))
    reception = Reception.objects.create(
        case=case,
        met=handed.met,
        received_at=handed.at,
        received_by_id=actor.person_id,
        onward=handed.onward,
        medical=handed.medical,
        pocket_money=handed.pocket_money,
        currency=handed.currency,
        receipt=handed.receipt,
        remark=handed.remark,
    )
    if handed.met == Met.NOT_ON_BOARD:
        move_case(actor, case, move="not_on_board", reason=handed.remark)
    else:
        _arrived(actor, case, handed)
    return reception


def _arrived(actor: Actor, case: Case, handed: Handed) -> None:
    move_case(actor, case, move="arrive")
    file = ReturnFile.objects.select_for_update().select_related("scheme").get(case=case)
    file.arrived_on = timezone.localdate(handed.at)
    file.claim_by = claim_by(file.arrived_on, file.scheme.claim_months)
    file.save()
    schedule_visits(actor, case, file.arrived_on)
