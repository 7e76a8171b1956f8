"""The day of the flight and after: who is on board, what happened on the way, who arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.moving import move_case
from safar.assistance.cases.actions.serving import NewService, record_service
from safar.assistance.cases.choices.case import Closure
from safar.assistance.cases.choices.work import ServiceKind, Unit
from safar.assistance.cases.models import Case, Service
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.movements.actions.booking_checks import check_legs, check_ready
from safar.assistance.movements.actions.bookings import put_legs_after
from safar.assistance.movements.actions.company import check_company
from safar.assistance.movements.choices import Boarded, JourneyEventKind, JourneyStatus
from safar.assistance.movements.models import (
    Departure,
    JourneyEvent,
    MovementFile,
    MovementJourney,
    Passenger,
    Step,
)
from safar.assistance.movements.models.journeys import LIVE
from safar.assistance.movements.rules.booking import LegFacts
from safar.assistance.movements.workflow import JOURNEY
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW

CHECKED = (Boarded.BOARDED, Boarded.NO_SHOW, Boarded.TURNED_BACK)


@dataclass(frozen=True)
class NewEvent:
    """Something that happened on the way. `at` carries its zone."""

    kind: str
    at: datetime
    place: str = ""
    words: str = ""


@dataclass(frozen=True)
class Rebooked:
    """Other flights after a missed connection: they follow leg number `after`."""

    after: int
    legs: Sequence[LegFacts]
    at: datetime
    place: str = ""
    words: str = ""
    reference: str = ""


@action("movements.check_off", policies=(in_sight, still_open))
def check_off(actor: Actor, passenger: Passenger, *, boarded: str) -> Passenger:
    """Say at the gate who is on board, who did not come, and who was turned back."""
    journey = passenger.journey
    if journey.status != JourneyStatus.TICKETED:
        raise InvalidMove(NOT_NOW, move="check_off", status=journey.status)
    if boarded not in Boarded.values:
        raise RuleBroken(_("Say whether this person is on board."), field="boarded")
    first = journey.legs.order_by("number").first()
    if first is None or timezone.localdate(first.departs_at) > timezone.localdate():
        raise RuleBroken(_("The day of the flight is still to come."), field="boarded")
    passenger.boarded = boarded
    passenger.save()
    note(boarded=boarded)
    return passenger


@action("movements.confirm_departure", policies=(in_sight, still_open))
def confirm_departure(actor: Actor, case: Case) -> MovementJourney:
    """Confirm that those on board have left; nobody leaves who is not ready.

    Raises:
        RuleBroken: somebody is not checked off, nobody is on board, or something is missing
            of somebody on board.
    """
    journey = _live(case)
    JOURNEY.move(journey, "depart")
    seats = _seats_locked(journey)
    _check_checked_off(seats)
    aboard = {one.member_id: one.member for one in seats if one.boarded == Boarded.BOARDED}
    legs = list(journey.legs.order_by("number"))
    left_on = timezone.localdate(legs[0].departs_at)
    check_ready(aboard, left_on)
    check_company(journey, aboard, left_on)
    journey.save()
    move_case(actor, case, move="depart")
    _count(case, list(aboard), left_on)
    return journey


def _seats_locked(journey: MovementJourney) -> list[Passenger]:
    """The seats, and with them everybody's steps: nothing is checked off, or begun once more,
    while it is confirmed that they left."""
    seats = journey.passengers.select_related("member__person").select_for_update(of=("self",))
    found = list(seats.order_by("pk"))
    members = [one.member_id for one in found]
    list(Step.objects.select_for_update().filter(member__in=members).order_by("pk"))
    return found


def _check_checked_off(seats: Sequence[Passenger]) -> None:
    waiting = [str(one.member.person) for one in seats if one.boarded == Boarded.BOOKED]
    if waiting:
        raise RuleBroken(
            gettext("Say first whether they are on board: %(names)s.")
            % {"names": ", ".join(waiting)}
        )
    if not any(one.boarded == Boarded.BOARDED for one in seats):
        raise RuleBroken(_("Nobody is on board. Change the booking, or cancel it."))


def _count(case: Case, members: Sequence[UUID], left_on: date) -> None:
    file = MovementFile.objects.get(case=case)
    for member in members:
        Departure.objects.create(
            case=case,
            member_id=member,
            scheme_id=file.scheme_id,
            departed_on=left_on,
            departs_from=file.departs_from,
            destination=file.destination,
        )
    note(left=len(members))


@action("movements.confirm_arrival", policies=(in_sight, still_open))
def confirm_arrival(actor: Actor, case: Case, *, on: date) -> MovementJourney:
    """Keep that those who left have arrived, and close the case. Who did not leave arrives not."""
    journey = _live(case)
    JOURNEY.move(journey, "arrive")
    if on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="on")
    for departure in case.departures.select_for_update():
        if on < departure.departed_on:
            raise RuleBroken(_("They would have arrived before they left."), field="on")
        departure.arrived_on = on
        departure.save()
    journey.save()
    move_case(actor, case, move="arrive", closure=Closure.DEPARTED)
    return journey


@action("movements.note_event", policies=(in_sight,))
def note_event(actor: Actor, journey: MovementJourney, *, new: NewEvent) -> JourneyEvent:
    """Keep what happened on the way: help at the airport, met in transit."""
    if new.kind not in JourneyEventKind.values:
        raise RuleBroken(_("Say what happened."), field="kind")
    if new.kind in (JourneyEventKind.MISSED, JourneyEventKind.REBOOKED):
        raise RuleBroken(_("A missed connection comes with the new flights."), field="kind")
    if new.kind == JourneyEventKind.CLOTHING:
        raise RuleBroken(_("Warm clothing is counted: say how many pieces."), field="kind")
    return _happened(actor, journey, new)


@action("movements.give_clothing", policies=(in_sight,))
def give_clothing(
    actor: Actor, journey: MovementJourney, *, form_key: UUID, pieces: int, new: NewEvent
) -> Service:
    """Keep warm clothing that was given: help that is counted once, however often it is sent."""
    if journey.status == JourneyStatus.CANCELLED:
        raise InvalidMove(NOT_NOW, move="give_clothing", status=journey.status)
    before = Service.objects.filter(case=journey.case_id, form_key=form_key).exists()
    given = NewService(
        kind=ServiceKind.ITEMS,
        delivered_on=timezone.localdate(new.at),
        place=new.place,
        quantity=Decimal(pieces),
        unit=Unit.PIECE,
        remark=new.words,
    )
    made = record_service(actor, journey.case, form_key=form_key, new=given)
    if not before:
        _happened(actor, journey, new)
    return made


@action("movements.rebook", policies=(in_sight, still_open))
def rebook(actor: Actor, journey: MovementJourney, *, rebooked: Rebooked) -> MovementJourney:
    """Keep a missed connection and the flights instead; missions are told of a new revision.

    Raises:
        RuleBroken: the new flights do not follow the one that was flown.
    """
    if journey.status != JourneyStatus.DEPARTED:
        raise InvalidMove(NOT_NOW, move="rebook", status=journey.status)
    flown = list(journey.legs.filter(number__lte=rebooked.after).order_by("number"))
    if not flown or len(flown) < rebooked.after:
        raise RuleBroken(_("Say after which flight it happened."), field="after")
    if not rebooked.legs:
        raise RuleBroken(_("Write down at least one flight."), field="legs")
    check_legs([*(facts_of(leg) for leg in flown), *rebooked.legs])
    at, place = rebooked.at, rebooked.place
    _happened(actor, journey, NewEvent(JourneyEventKind.MISSED, at, place, rebooked.words))
    put_legs_after(journey, rebooked.after, rebooked.legs)
    flights = ", ".join(leg.flight for leg in rebooked.legs)
    _happened(actor, journey, NewEvent(JourneyEventKind.REBOOKED, at, place, flights))
    journey.reference = rebooked.reference.strip().upper() or journey.reference
    journey.revision += 1
    journey.save()
    return journey


def facts_of(leg: object) -> LegFacts:
    """A leg as the rules take it."""
    return LegFacts(**{name: getattr(leg, name) for name in LegFacts.__dataclass_fields__})


def _happened(actor: Actor, journey: MovementJourney, new: NewEvent) -> JourneyEvent:
    if new.at > timezone.now():
        raise RuleBroken(_("This time is still to come."), field="at")
    return JourneyEvent.objects.create(
        case_id=journey.case_id, journey=journey, noted_by_id=actor.person_id, **vars(new)
    )


def _live(case: Case) -> MovementJourney:
    found = MovementJourney.objects.select_for_update().filter(case=case, status__in=LIVE).first()
    if found is None:
        raise RuleBroken(_("Nothing is booked."))
    return found
