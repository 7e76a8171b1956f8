"""The day of the flight in the demonstration: coats, the gate, the way, the arrival."""

from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from safar.assistance.cases.models import Case
from safar.assistance.movements.actions import departing
from safar.assistance.movements.actions.departing import NewEvent, Rebooked
from safar.assistance.movements.choices import Boarded, JourneyEventKind
from safar.core.permissions import Actor
from safar.simulation.movements_year import ways
from safar.simulation.movements_year.booking import journey
from safar.simulation.movements_year.plans import Plan

WARM = range(4, 11)  # months in which nobody is given a coat
PIECES_EACH = 3
A_DAY_LATER = timedelta(hours=24)


def clothe(plan: Plan, actor: Actor, case: Case) -> None:
    """A coat, boots and gloves for each, where they leave in winter."""
    if plan.flies.month in WARM or not plan.is_told:
        return
    new = NewEvent(
        JourneyEventKind.CLOTHING, timezone.now(), f"{plan.begins_at}, mission", "Coats and boots"
    )
    departing.give_clothing(
        actor, journey(case), form_key=uuid5(NAMESPACE_URL, f"clothing {case.number}"),
        pieces=PIECES_EACH * plan.size, new=new,
    )  # fmt: skip


def leave(plan: Plan, actor: Actor, case: Case) -> None:
    """Everybody is checked off at the gate; somebody may not have come."""
    found = journey(case)
    seats = list(found.passengers.order_by("member"))
    for number, seat in enumerate(seats):
        stays = plan.twist == "no_show" and number == 1
        departing.check_off(actor, seat, boarded=Boarded.NO_SHOW if stays else Boarded.BOARDED)
    departing.confirm_departure(actor, case)
    for kind, hour, words in (
        (JourneyEventKind.CHECK_IN, time(3, 10), ""),
        (JourneyEventKind.BORDER, time(4, 20), "One bag for each, papers in a folder"),
    ):
        at = timezone.make_aware(datetime.combine(plan.flies, hour))
        new = NewEvent(kind, at, f"{plan.begins_at}, airport", words)
        departing.note_event(actor, journey(case), new=new)


def miss_connection(plan: Plan, actor: Actor, case: Case) -> None:
    """Their first flight lands late at Istanbul: they fly on a day later."""
    if plan.twist != "missed":
        return
    found = journey(case)
    first = found.legs.order_by("number")[0]
    new = Rebooked(
        1,
        ways.onward(plan.town, "Istanbul", first.arrives_at, A_DAY_LATER),
        timezone.now(),
        "Istanbul",
        "Landed four hours late; a hotel was found for the night",
    )
    departing.rebook(actor, found, rebooked=new)


def arrive(plan: Plan, actor: Actor, case: Case) -> None:
    departing.confirm_arrival(actor, case, on=timezone.localdate())


def met_in_transit(plan: Plan, actor: Actor, case: Case) -> None:
    if plan.is_told and plan.is_met_in_transit:
        new = NewEvent(JourneyEventKind.TRANSIT_MET, timezone.now(), "Istanbul", "")
        departing.note_event(actor, journey(case), new=new)
