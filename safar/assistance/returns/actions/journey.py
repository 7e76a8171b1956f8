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
from safar.assistance.returns.policies import (
    EVERYBODY_MAY_RETURN,
    everybody_declared,
    no_deportation_order,
)
from safar.assistance.returns.queries.files import pocket_money
from safar.assistance.returns.rules import claim_by
from safar.core.action import action
from safar.core.errors import RuleBroken, Stale
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


@action("returns.arrange_travel", policies=(in_sight, still_open, *EVERYBODY_MAY_RETURN))
def arrange_travel(actor: Actor, case: Case, *, flight: Flight, seen: int = 0) -> Journey:
    """Arrange the flight home and who meets it; a changed booking is written over.

    Args:
        seen: the version of the booking that was read, 0 where there was none.

    Raises:
        Stale: a colleague booked, or changed the booking, meanwhile.
    """
    kept = Journey.objects.select_for_update().filter(case=case).first()
    if seen != (kept.version if kept else 0):
        raise Stale(_("A colleague changed the booking meanwhile. Look at it before you save."))
    if flight.arrives_at <= flight.departs_at:
        raise RuleBroken(_("The flight lands before it departs."), field="arrives_at")
    if case.status == "declared":
        move_case(actor, case, move="arrange_travel")
    elif case.status != "travel_arranged":
        raise RuleBroken(_("The flight is behind them, or there is no declaration yet."))
    journey = kept or Journey(case=case)
    booked = vars(flight)
    for name in (each for each in booked if each != "number"):
        setattr(journey, name, booked[name])
    journey.flight = flight.number
    journey.save()
    return journey


@action("returns.depart", policies=(in_sight, still_open, *EVERYBODY_MAY_RETURN))
def depart(actor: Actor, case: Case) -> Case:
    """Confirm that they boarded."""
    return move_case(actor, case, move="depart")


@action("returns.receive", policies=(in_sight, still_open))
def receive(actor: Actor, case: Case, *, handed: Handed) -> Reception:
    """Keep what happened at the airport: met or not, onward journey, money against a receipt."""
    if handed.at > timezone.now():
        raise RuleBroken(_("This time is still to come."), field="at")
    if case.status != "departed":
        raise RuleBroken(_("They have not departed yet, or were received already."))
    if (handed.pocket_money is None) != (not handed.receipt):
        raise RuleBroken(
            _("Pocket money is given against a receipt. Write down both, or neither."),
            field="receipt",
        )
    if handed.pocket_money is not None:
        _require_pocket_money(case, handed, handed.pocket_money)
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
    if handed.met != Met.NOT_ON_BOARD:
        _arrived(actor, case, handed)
    elif no_deportation_order(actor, case) or everybody_declared(actor, case):
        move_case(actor, case, move="take_back", reason=handed.remark)
    else:
        move_case(actor, case, move="not_on_board", reason=handed.remark)
    return reception


def _require_pocket_money(case: Case, handed: Handed, amount: Decimal) -> None:
    """To whoever was met, and no more than the scheme gives this family: one person hands it over
    alone, without the signatures of a payment."""
    if handed.met != Met.MET:
        raise RuleBroken(_("Nobody was met: nobody got pocket money."), field="pocket_money")
    given = pocket_money(case)
    if given is None:
        raise RuleBroken(_("The scheme gives no pocket money on arrival."), field="pocket_money")
    most, currency = given
    if handed.currency != currency:
        raise RuleBroken(
            _("The scheme gives pocket money in %(currency)s.") % {"currency": currency},
            field="currency",
        )
    if not 0 < amount <= most:
        raise RuleBroken(
            _("The scheme gives this family pocket money of %(most)s %(currency)s at the most.")
            % {"most": most, "currency": currency},
            field="pocket_money",
        )


def _arrived(actor: Actor, case: Case, handed: Handed) -> None:
    move_case(actor, case, move="arrive")
    file = ReturnFile.objects.select_for_update().select_related("scheme").get(case=case)
    file.arrived_on = timezone.localdate(handed.at)
    file.claim_by = claim_by(file.arrived_on, file.scheme.claim_months)
    file.save()
    schedule_visits(actor, case, file.arrived_on)
