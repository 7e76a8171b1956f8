"""A family before departure: its people, their steps and fitness, the flight, and what is missing."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Min
from django.utils import timezone

from safar.assistance.cases.queries.case_page import Member, members_of
from safar.assistance.movements.models import (
    Departure,
    Interview,
    Leg,
    MovementFile,
    MovementJourney,
    Step,
    TravelHealth,
)
from safar.assistance.movements.models.journeys import LIVE
from safar.assistance.movements.queries.seats import traveller
from safar.assistance.movements.rules.readiness import Readiness, Traveller, readiness
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Family:
    """What the page of a movement is made of, read once."""

    file: MovementFile
    members: list[Member]  # who has not left, the applicant first
    steps: dict[UUID, list[Step]]
    health: dict[UUID, TravelHealth]
    interviews: dict[UUID, Interview]  # the last of each step
    journey: MovementJourney | None
    legs: list[Leg]
    asked: list[str]  # the kinds of step that the scheme asks for, once they are accepted
    today: date
    over_on: date | None = None  # the day when they left, or the case was closed

    @property
    def leaves(self) -> date | None:
        """The day of the first flight that is booked."""
        return timezone.localdate(self.legs[0].departs_at) if self.legs else None

    @property
    def day(self) -> date:
        """The day for which everything must hold: of the flight; of today where none is booked.

        What ran out after they left was good when it was needed.
        """
        return self.leaves or self.over_on or self.today

    @property
    def readiness(self) -> Readiness:
        return readiness([self._traveller(one) for one in self.members], self.day)

    def _traveller(self, member: Member) -> Traveller:
        key = member.row.pk
        return traveller(key, self.steps.get(key, ()), self.health.get(key), self.asked)

    def name_of(self, key: object) -> str:
        """The given name of a member; her whole name where she has none."""
        return next(given_name(one) for one in self.members if one.row.pk == key)


def family_of(actor: Actor, file: MovementFile) -> Family:
    """The family of a movement in sight: nine statements, however many they are."""
    members = [one for one in members_of(actor, file.case) if one.row.left_on is None]
    steps: dict[UUID, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(case=file.case_id).order_by("number"):
        steps[step.member_id].append(step)
    health = TravelHealth.objects.filter(case=file.case_id)
    interviews = Interview.objects.filter(case=file.case_id).order_by("at", "set_at")
    journey = MovementJourney.objects.filter(case=file.case_id, status__in=LIVE).first()
    return Family(
        file,
        members,
        dict(steps),
        {one.member_id: one for one in health},
        {one.step_id: one for one in interviews},
        journey,
        list(journey.legs.all()) if journey else [],
        _asked(file),
        timezone.localdate(),
        _over_on(file),
    )


def _over_on(file: MovementFile) -> date | None:
    if file.case.closed_on is None:
        return None
    left: date | None = Departure.objects.filter(case=file.case_id).aggregate(
        first=Min("departed_on")
    )["first"]
    return left or file.case.closed_on


def _asked(file: MovementFile) -> list[str]:
    if file.accepted_on is None:
        return []
    return list(file.scheme.steps.order_by("number").values_list("kind", flat=True))


def given_name(member: Member) -> str:
    """What a member is called in a sentence."""
    names = [name for name in member.row.person.names.all() if name.given_names]
    shown = next((name for name in names if str(name) == member.name), None)
    return shown.given_names if shown else member.name
