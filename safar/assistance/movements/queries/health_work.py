"""What waits for a health worker: flights to check before, holds to look at, people to examine.

Only in programmes and offices where she stands behind the medical wall.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.cases.sight import Placed
from safar.assistance.movements.choices import Fitness, JourneyStatus, StepKind, StepStatus
from safar.assistance.movements.models import Leg, Passenger, Step, TravelHealth
from safar.assistance.movements.rules.health import fault_of_check, window
from safar.assistance.movements.workflow import BEFORE_DEPARTURE
from safar.core.permissions import Actor

SOON = timedelta(days=7)
AHEAD = timedelta(days=5)  # a check begins 72 hours before the flight: seen two days earlier


@dataclass(frozen=True)
class Check:
    """Somebody to be looked at before a flight."""

    member: CaseMember
    flight: str
    departs_at: datetime
    fitness: str

    @property
    def case(self) -> Case:
        return self.member.case

    @property
    def begins(self) -> datetime:
        return window(self.departs_at)[0]

    @property
    def ends(self) -> datetime:
        return window(self.departs_at)[1]

    @property
    def state(self) -> str:
        """`too_early`, `too_late`, or `now`."""
        return fault_of_check(timezone.now(), self.departs_at) or "now"


@dataclass(frozen=True)
class ToDo:
    """Somebody to be examined, or to be looked at again."""

    member: CaseMember
    due_on: date | None

    @property
    def case(self) -> Case:
        return self.member.case


def checks(actor: Actor, today: date) -> list[Check]:
    """Who flies within the next days and was not checked: the soonest flight first."""
    first = Leg.objects.filter(journey=OuterRef("journey")).order_by("number")
    unchecked = Step.objects.filter(
        member=OuterRef("member"), kind=StepKind.PREFLIGHT, status=StepStatus.TO_DO
    )
    seats = (
        Passenger.objects.visible_to(actor)
        .filter(
            _behind_the_wall(actor),
            journey__status__in=(JourneyStatus.HELD, JourneyStatus.TICKETED),
            journey__legs__departs_at__date__range=(today, today + AHEAD),
        )
        .annotate(
            flight=Subquery(first.values("flight")[:1]),
            leaves=Subquery(first.values("departs_at")[:1]),
            unchecked=Subquery(unchecked.values("pk")[:1]),
            fitness=F("member__travel_health__fitness"),
        )
        .filter(unchecked__isnull=False, leaves__date__range=(today, today + AHEAD))
        .distinct()
    )
    people = _people(seats, "member__").order_by("leaves", "case", "pk")
    return [
        Check(one.member, one.flight, one.leaves, one.fitness or Fitness.NOT_SEEN)
        for one in people
        if one.leaves > timezone.now()
    ]


def holds(actor: Actor, today: date) -> list[ToDo]:
    """Whose medical hold is to be looked at by the end of the week."""
    rows = TravelHealth.objects.visible_to(actor).filter(
        _behind_the_wall(actor),
        fitness=Fitness.HELD,
        look_again_on__lte=today + SOON,
        case__status__in=BEFORE_DEPARTURE,
        member__left_on=None,
    )
    people = _people(rows, "member__").order_by("look_again_on", "pk")
    return [ToDo(one.member, one.look_again_on) for one in people]


def examinations(actor: Actor, today: date) -> list[ToDo]:
    """Who is to be examined by the end of the week, and is not on hold."""
    people = _people(to_examine(actor).filter(due_on__lte=today + SOON), "member__")
    return [ToDo(one.member, one.due_on) for one in people.order_by("due_on", "pk")]


def to_examine(actor: Actor) -> "QuerySet[Step]":
    """Medical steps that are to be done, of whoever is neither held nor kept from flying."""
    said = TravelHealth.objects.filter(fitness__in=(Fitness.HELD, Fitness.NOT_FIT))
    return (
        Step.objects.visible_to(actor)
        .filter(
            _behind_the_wall(actor),
            kind=StepKind.MEDICAL,
            status=StepStatus.TO_DO,
            case__status__in=BEFORE_DEPARTURE,
            member__left_on=None,
        )
        .exclude(member__in=said.values("member"))
    )


def _behind_the_wall(actor: Actor) -> Q:
    office, wall = Cast("case__office", TextField()), Value(str(Compartment.MEDICAL))
    return Q(Placed("case__programme", office, wall, who=actor.user_id))


def _people(rows: Any, to: str) -> Any:
    found = rows.select_related(f"{to}case", f"{to}person")
    return found.prefetch_related(f"{to}person__names")
