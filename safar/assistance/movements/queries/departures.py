"""Who flies when: the departures of some weeks, and everybody on one flight of one day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from safar.assistance.movements.choices import (
    Boarded,
    EscortKind,
    JourneyStatus,
    NeedOnBoard,
    StepKind,
)
from safar.assistance.movements.models import (
    Escort,
    Leg,
    MovementJourney,
    Passenger,
    TravelHealth,
)
from safar.assistance.movements.queries.notices import Told, told
from safar.assistance.movements.queries.seats import in_words, travellers
from safar.assistance.movements.rules.readiness import readiness
from safar.core.permissions import Actor

AHEAD, BACK = timedelta(days=14), timedelta(days=7)
COUNTED = (
    JourneyStatus.HELD, JourneyStatus.TICKETED, JourneyStatus.DEPARTED, JourneyStatus.ARRIVED,
)  # fmt: skip


@dataclass(frozen=True)
class Party:
    """One booking on a flight: who sits in it, why they cannot leave, and who is to be told."""

    journey: MovementJourney
    seats: list[Passenger]
    missing: str  # empty: ready
    missions: list[Told]

    @property
    def to_tell(self) -> list[Told]:
        return [one for one in self.missions if one.next]

    @property
    def is_over(self) -> bool:
        return self.journey.status in (JourneyStatus.DEPARTED, JourneyStatus.ARRIVED)

    @property
    def unchecked(self) -> int:
        return sum(1 for one in self.seats if one.boarded == Boarded.BOOKED)


@dataclass(frozen=True)
class Flight:
    """A flight of a day and all who are booked on it, as far as she sees."""

    leg: Leg
    day: date
    parties: list[Party]

    @property
    def people(self) -> int:
        return sum(len(one.seats) for one in self.parties)

    @property
    def not_ready(self) -> list[Party]:
        return [one for one in self.parties if one.missing and not one.is_over]

    @property
    def is_over(self) -> bool:
        return all(one.is_over for one in self.parties)

    @property
    def to_tell(self) -> list[Told]:
        return [told for one in self.parties for told in one.to_tell]


def departures(actor: Actor, today: date) -> list[Flight]:
    """The flights on which journeys begin: the next fourteen days and the last seven."""
    legs = _legs(actor, today - BACK, today + AHEAD).filter(number=1)
    found = list(legs.order_by("departs_at", "flight"))
    parties = {one.journey.pk: one for one in _parties(actor, found)}
    flights: dict[tuple[str, date], Flight] = {}
    for leg in found:
        day = timezone.localdate(leg.departs_at)
        flight = flights.setdefault((leg.flight, day), Flight(leg, day, []))
        flight.parties.append(parties[leg.journey_id])
    return list(flights.values())


def manifest(actor: Actor, flight: str, day: date) -> Flight | None:
    """Everybody on a flight of a day; None where nobody in her sight is."""
    legs = list(_legs(actor, day, day).filter(flight=flight).order_by("departs_at", "pk"))
    return Flight(legs[0], day, _parties(actor, legs)) if legs else None


def _legs(actor: Actor, first: date, last: date):  # type: ignore[no-untyped-def]
    begins = timezone.make_aware(datetime.combine(first, time.min))
    ends = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    rows = Leg.objects.visible_to(actor).filter(departs_at__gte=begins, departs_at__lt=ends)
    return rows.filter(journey__status__in=COUNTED).select_related("journey__case")


def _parties(actor: Actor, legs: Sequence[Leg]) -> list[Party]:
    """The bookings of these legs: a handful of statements, however many people fly."""
    journeys = list({leg.journey_id: leg.journey for leg in legs}.values())
    seats: dict[UUID, list[Passenger]] = defaultdict(list)
    rows = Passenger.objects.visible_to(actor).filter(journey__in=journeys)
    rows = rows.select_related("member__person").prefetch_related("member__person__names")
    for one in rows.order_by("case", "member"):
        seats[one.journey_id].append(one)
    missions: dict[UUID, list[Told]] = defaultdict(list)
    for mission in told(actor, journeys):
        missions[mission.journey.pk].append(mission)
    why = _missing(seats, {leg.journey_id: timezone.localdate(leg.departs_at) for leg in legs})
    return [Party(one, seats[one.pk], why.get(one.pk, ""), missions[one.pk]) for one in journeys]


def _missing(seats: dict[UUID, list[Passenger]], days: dict[UUID, date]) -> dict[UUID, str]:
    """Why those who are booked or on board cannot leave, for each journey where something is
    missing. Before the day of the flight its last check does not count."""
    flying = {
        key: {one.member_id: one.member for one in rows if one.boarded in _COMES}
        for key, rows in seats.items()
    }
    facts = {one.key: one for one in travellers({k for rows in flying.values() for k in rows})}
    today, found = timezone.localdate(), {}
    for key, members in flying.items():
        people = [facts[one] for one in members]
        blockers = [
            one
            for one in readiness(people, days[key]).blockers
            if days[key] <= today or one.kind != StepKind.PREFLIGHT
        ]
        if blockers:
            found[key] = in_words(blockers, members)
    return found


_COMES = (Boarded.BOOKED, Boarded.BOARDED)


def needs_of(actor: Actor, members: Iterable[UUID]) -> dict[UUID, str]:
    """What each needs on board, in words."""
    rows = TravelHealth.objects.visible_to(actor).filter(member__in=list(members))
    return {one.member_id: _words(one) for one in rows}


def _words(health: TravelHealth) -> str:
    words = [str(NeedOnBoard(one).label) for one in health.needs]
    if health.escort:
        words.append(str(EscortKind(health.escort).label))
    return ", ".join(words)


def escorts_of(actor: Actor, flight: Flight) -> list[Escort]:
    """Who travels along with somebody on this flight."""
    journeys = [one.journey.pk for one in flight.parties]
    return list(Escort.objects.visible_to(actor).filter(journey__in=journeys).order_by("name"))
