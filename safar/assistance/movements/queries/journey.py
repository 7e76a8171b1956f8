"""The journey as the case page shows it: flights, seats, costs, escorts, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.assistance.cases.due import Due
from safar.assistance.cases.models import Case
from safar.assistance.cases.queries import work
from safar.assistance.movements.choices import Boarded, JourneyStatus, Payer
from safar.assistance.movements.models import (
    Escort,
    JourneyEvent,
    Leg,
    MovementFile,
    MovementJourney,
    Passenger,
    TravelTogether,
)
from safar.assistance.movements.models.journeys import LIVE
from safar.assistance.movements.queries.left_behind import GONE, left_behind
from safar.assistance.movements.rules.booking import Share, shares
from safar.core.permissions import Actor

PROGRAMME = "movements"
HELD_NEAR = timedelta(days=7)


@dataclass(frozen=True)
class Journey:
    """A booking with all that belongs to it."""

    row: MovementJourney
    legs: list[Leg]
    seats: list[Passenger]
    escorts: list[Escort]
    events: list[JourneyEvent]

    @property
    def first_day(self) -> date:
        return timezone.localdate(self.legs[0].departs_at)

    @property
    def manifest(self) -> str:
        words = [self.legs[0].flight, self.first_day.isoformat()]
        return reverse("movements:manifest", args=words)

    @property
    def costs(self) -> list[tuple[str, Share]]:
        rows = shares((one.payer, one.currency, one.cost) for one in self.seats)
        return [(str(Payer(one.payer).label), one) for one in rows]

    @property
    def left_behind(self) -> list[Passenger]:
        """Who did not come, or was turned back."""
        return [one for one in self.seats if one.boarded in (Boarded.NO_SHOW, Boarded.TURNED_BACK)]

    @property
    def may_change(self) -> bool:
        return self.row.status in (JourneyStatus.HELD, JourneyStatus.TICKETED)


def part(actor: Actor, file: MovementFile) -> dict[str, Any]:
    """The context of this part of the page."""
    journey = latest(actor, file.case)
    return {
        "journey": journey,
        "may_book": actor.may("movements.book") and file.case.status == "preparing",
        "may_change": bool(journey and journey.may_change) and actor.may("movements.book"),
        "may_part": _stayed(actor, file.case),
        "copies": copies(actor, file.case, journey) if journey else [],
    }


def _stayed(actor: Actor, case: Case) -> bool:
    """Whether somebody stayed behind, and she may open a case of her own for her."""
    gone = case.status in GONE and actor.may("movements.open_own_case")
    return gone and left_behind([case.pk]).exists()


def latest(actor: Actor, case: Case) -> Journey | None:
    """The live booking of a case, or the one that was cancelled or flown last."""
    rows = MovementJourney.objects.visible_to(actor).filter(case=case)
    found = sorted(
        rows.select_related("receiving", "transit"),
        key=lambda one: (one.status in (*LIVE, JourneyStatus.ARRIVED), one.pk),
    )
    return whole(actor, found[-1]) if found else None


def whole(actor: Actor, row: MovementJourney) -> Journey:
    """A booking with its legs, seats, escorts and events: five statements."""
    seats = Passenger.objects.visible_to(actor).filter(journey=row)
    return Journey(
        row,
        list(Leg.objects.visible_to(actor).filter(journey=row)),
        list(
            seats.select_related("member__person")
            .prefetch_related("member__person__names")
            .order_by("member")
        ),
        list(Escort.objects.visible_to(actor).filter(journey=row).order_by("pk")),
        list(JourneyEvent.objects.visible_to(actor).filter(journey=row)),
    )


def copies(actor: Actor, case: Case, journey: Journey) -> list[Case]:
    """Cases in sight that travel along and have no booking: this one can be copied to them."""
    if not journey.may_change or not actor.may("movements.book"):
        return []
    pairs = TravelTogether.objects.visible_to(actor).filter(Q(one=case) | Q(other=case))
    keys = {key for pair in pairs for key in (pair.one_id, pair.other_id)} - {case.pk}
    rows = Case.objects.visible_to(actor).filter(pk__in=keys, status="preparing")
    return list(rows.order_by("number")) if keys else []


def travel_together(actor: Actor, case: Case, other: UUID) -> bool:
    """Whether two cases travel together, as far as she sees."""
    rows = TravelTogether.objects.visible_to(actor)
    return rows.filter(Q(one=case, other=other) | Q(one=other, other=case)).exists()


def due(actor: Actor, today: date) -> list[Due]:
    """Tickets that are held for a few days more, departures and arrivals to be confirmed."""
    cases = {one.pk: one for one in work.own_cases(actor) if one.programme == PROGRAMME}
    if not cases:
        return []
    rows = MovementJourney.objects.visible_to(actor).filter(case__in=list(cases), status__in=LIVE)
    found = list(rows.prefetch_related("legs"))
    made = (_due(cases[one.case_id], one, list(one.legs.all()), today) for one in found)
    return [one for one in made if one]


def _due(case: Case, row: MovementJourney, legs: Sequence[Leg], today: date) -> Due | None:
    if not legs:
        return None
    leaves, lands = (timezone.localdate(at) for at in (legs[0].departs_at, legs[-1].arrives_at))
    flight = " ".join(leg.flight for leg in legs)
    if row.status == JourneyStatus.HELD and row.held_until:
        if row.held_until > today + HELD_NEAR:
            return None
        url = reverse("movements:tickets", args=[row.pk])
        return Due(case, _("Issue the tickets"), url, row.held_until, flight)
    if row.status == JourneyStatus.TICKETED and leaves <= today:
        url = reverse("movements:manifest", args=[legs[0].flight, leaves.isoformat()])
        return Due(case, _("Confirm the departure"), url, leaves, flight)
    if row.status == JourneyStatus.DEPARTED and lands <= today:
        url = reverse("movements:arrival", args=[case.pk])
        return Due(case, _("Confirm the arrival"), url, lands, flight)
    return None
