"""Bookings: seats held, changed, ticketed, given back. Every change raises the revision."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.moving import move_case
from safar.assistance.cases.models import Case
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.movements.actions.booking_checks import (
    NewBooking,
    Seat,
    check_booking,
    check_ready,
)
from safar.assistance.movements.actions.checks_anew import checks_anew
from safar.assistance.movements.actions.company import check_company
from safar.assistance.movements.choices import Boarded, JourneyStatus, StepKind
from safar.assistance.movements.models import Leg, MovementJourney, Passenger
from safar.assistance.movements.models.journeys import LIVE
from safar.assistance.movements.rules.booking import LegFacts
from safar.assistance.movements.workflow import JOURNEY
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW

CHANGES = (JourneyStatus.HELD, JourneyStatus.TICKETED)


@action("movements.book", policies=(in_sight, still_open))
def book(actor: Actor, case: Case, *, new: NewBooking) -> MovementJourney:
    """Hold seats for members of a case.

    Raises:
        RuleBroken: the flights do not connect, somebody may not fly or her papers end before,
            or a fare by agreement names no agreement.
        InvalidMove: the case is not being prepared, or has a booking.
    """
    if case.journeys.filter(status__in=LIVE).exists():
        raise RuleBroken(_("There is a booking already. Change that one, or cancel it."))
    check_booking(case, new)
    journey = MovementJourney.objects.create(case=case, **_facts(new))
    _put_legs(journey, new.legs)
    _put_seats(journey, new.passengers)
    checks_anew(journey)
    move_case(actor, case, move="book")
    return journey


def _facts(new: NewBooking) -> dict[str, object]:
    return {
        "carrier": new.carrier.strip(),
        "reference": new.reference.strip().upper(),
        "fare": new.fare,
        "agreement": new.agreement.strip(),
        "held_until": new.held_until,
        "help_from": new.help_from,
        "receiving": new.receiving,
        "transit": new.transit,
    }


def _put_legs(journey: MovementJourney, legs: Sequence[LegFacts], after: int = 0) -> None:
    Leg.objects.bulk_create(
        Leg(case_id=journey.case_id, journey=journey, number=number, **vars(leg))
        for number, leg in enumerate(legs, after + 1)
    )


def put_legs_after(journey: MovementJourney, after: int, legs: Sequence[LegFacts]) -> None:
    """Take away the legs beyond a number, and put others there."""
    journey.legs.filter(number__gt=after).delete()
    _put_legs(journey, legs, after)


def _put_seats(journey: MovementJourney, seats: Sequence[Seat]) -> None:
    Passenger.objects.bulk_create(
        Passenger(case_id=journey.case_id, journey=journey, **vars(seat)) for seat in seats
    )


@action("movements.change_booking", policies=(in_sight, still_open))
def change_booking(actor: Actor, journey: MovementJourney, *, new: NewBooking) -> MovementJourney:
    """Change flights, seats or the reference; what missions must be told raises the revision."""
    _require(journey, CHANGES)
    check_booking(journey.case, new)
    before, flights = _told(journey), _flights(journey)
    for name, value in _facts(new).items():
        setattr(journey, name, value)
    put_legs_after(journey, 0, new.legs)
    _change_seats(journey, new.passengers, afresh=_flights(journey) != flights)
    checks_anew(journey)
    if journey.status == JourneyStatus.TICKETED:
        _check_ticketing(journey)
        if journey.passengers.filter(ticket="").exists():
            JOURNEY.move(journey, "add_seat")
    if _told(journey) != before:
        journey.revision += 1
    journey.save()
    note(revision=journey.revision)
    return journey


def _told(journey: MovementJourney) -> tuple[object, ...]:
    """What missions are told of a booking."""
    seats = journey.passengers.order_by("member").values_list("member", flat=True)
    missions = (journey.receiving_id, journey.transit_id)
    return journey.carrier, journey.reference, missions, _flights(journey), tuple(seats)


def _flights(journey: MovementJourney) -> tuple[object, ...]:
    legs = journey.legs.order_by("number")
    return tuple(legs.values_list("flight", "from_place", "departs_at", "to_place", "arrives_at"))


def _change_seats(journey: MovementJourney, seats: Sequence[Seat], *, afresh: bool) -> None:
    """Put these into the seats. Other flights are boarded `afresh`: nobody is on board of them."""
    wanted = {seat.member.pk: seat for seat in seats}
    journey.passengers.exclude(member__in=wanted).delete()
    there = set()
    for passenger in journey.passengers.select_for_update():
        seat = wanted[passenger.member_id]
        there.add(passenger.member_id)
        passenger.cost, passenger.currency, passenger.payer = seat.cost, seat.currency, seat.payer
        if afresh:
            passenger.boarded = Boarded.BOOKED
        passenger.save()
    _put_seats(journey, [seat for key, seat in wanted.items() if key not in there])


@action("movements.ticket", policies=(in_sight, still_open))
def ticket(
    actor: Actor, journey: MovementJourney, *, tickets: Mapping[UUID, str]
) -> MovementJourney:
    """Issue the tickets: everything is done, but the last check before the flight.

    Args:
        tickets: the number of each passenger's ticket, by the member's key.

    Raises:
        RuleBroken: a step, the fitness or an escort is missing, or a ticket has no number.
    """
    JOURNEY.move(journey, "ticket")
    _check_ticketing(journey)
    for passenger in journey.passengers.select_for_update():
        number = tickets.get(passenger.member_id, "").strip()
        if not number:
            raise RuleBroken(_("Write down the number of each ticket."), field="tickets")
        passenger.ticket = number
        passenger.save()
    journey.held_until = None
    journey.save()
    return journey


def _check_ticketing(journey: MovementJourney) -> None:
    """Everything but the last check holds on the day of the last flight, and nobody flies alone
    who may not."""
    days = [timezone.localdate(leg.departs_at) for leg in journey.legs.order_by("number")]
    seats = journey.passengers.select_related("member__person")
    members = {one.member_id: one.member for one in seats.prefetch_related("member__person__names")}
    check_ready(members, days[-1], without=(StepKind.PREFLIGHT,))
    check_company(journey, members, days[0])


@action("movements.cancel_booking", policies=(in_sight, still_open))
def cancel_booking(actor: Actor, journey: MovementJourney, *, reason: str) -> MovementJourney:
    """Give the seats back; the case is prepared again."""
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    JOURNEY.move(journey, "cancel")
    journey.save()
    move_case(actor, journey.case, move="cancel_booking", reason=reason.strip())
    return journey


def journey_changed(case: Case | UUID) -> MovementJourney | None:
    """Raise the revision of the live booking, inside the action that changed what it needs.

    Returns:
        None where there is no live booking: then nobody is to be told.
    """
    found = MovementJourney.objects.select_for_update().filter(case=case, status__in=LIVE).first()
    if found is not None:
        found.revision += 1
        found.save()
    return found


def _require(journey: MovementJourney, states: Sequence[str]) -> None:
    if journey.status not in states:
        raise InvalidMove(NOT_NOW, move="change", status=journey.status)
