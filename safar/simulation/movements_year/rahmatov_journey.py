"""The Rahmatov family's seats to Winnipeg, the notice of them, coats, and the medical to be renewed."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from safar.assistance.cases.actions import tasks
from safar.assistance.cases.actions.tasks import NewTask
from safar.assistance.cases.choices.sharing import Channel
from safar.assistance.movements.actions import bookings, departing, notices
from safar.assistance.movements.actions.booking_checks import NewBooking, Seat
from safar.assistance.movements.actions.departing import NewEvent
from safar.assistance.movements.choices import Fare, JourneyEventKind, Payer
from safar.assistance.movements.queries.loan import travellers
from safar.simulation import mission
from safar.simulation.clock import on_day
from safar.simulation.movements_year import booking, ways

if TYPE_CHECKING:
    from safar.simulation.movements_year.rahmatov import Told

FLIES, HELD_UNTIL = 23, 9
SEAT = Decimal("862.00")


def book(told: "Told") -> None:
    flights = ways.legs("Bishkek", "Winnipeg", told.day(FLIES))
    helped_from = timezone.make_aware(datetime.combine(told.day(FLIES), time(2, 30)))
    new = NewBooking(
        carrier=ways.CARRIER,
        reference="QX7R2M",
        fare=Fare.RESETTLEMENT,
        legs=flights,
        passengers=[Seat(one, SEAT, "USD", Payer.LOAN) for one in travellers(told.case)],
        agreement=ways.AGREEMENT,
        held_until=told.day(HELD_UNTIL),
        help_from=helped_from,
        receiving=ways.receiving("Winnipeg"),
    )
    bookings.book(told.actor, told.case, new=new)


def tell(told: "Told") -> None:
    """Winnipeg is told of the booking, and answers on the next day."""
    found, winnipeg = booking.journey(told.case), ways.receiving("Winnipeg")
    letter = notices.letter_of(found, winnipeg)
    assert letter.consent  # noqa: S101 - the family agreed in March
    sent = notices.send_notice(
        told.actor, found, recipient=winnipeg, consent=letter.consent, channel=Channel.EMAIL
    )
    with on_day(timezone.localdate() + timedelta(days=1), 9):
        words = "A flat for five is found"
        notices.acknowledge(told.actor, sent, by="J. Friesen", at=timezone.now(), words=words)


def clothe(told: "Told") -> None:
    new = NewEvent(
        JourneyEventKind.CLOTHING, timezone.now(), "Bishkek, mission", "Winter clothing for five"
    )
    departing.give_clothing(
        told.actor, booking.journey(told.case), pieces=15, new=new,
        form_key=uuid5(NAMESPACE_URL, f"clothing {told.case.number}"),
    )  # fmt: skip


def plan_new_medical(told: "Told") -> None:
    """What Asel has before her today."""
    new = NewTask(
        "Book a new medical for Madina",
        told.today,
        person=told.member("Madina").person,
        assignee=mission.user(mission.CASEWORKER),
        place="Polyclinic 3",
        stops="the departure",
    )
    tasks.add_task(told.actor, told.case, new=new)
    call = NewTask("Call: receiving mission, Winnipeg", told.today, time(16, 30))
    tasks.add_task(told.actor, told.case, new=call)
