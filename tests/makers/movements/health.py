"""Makers of health: a health worker behind the wall, examinations, and what the journey may know."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from safar.accounts.models import User
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.movements.actions import health
from safar.assistance.movements.actions.health import Found, Said
from safar.assistance.movements.choices import Fitness, MedicalOutcome
from safar.assistance.movements.models import Examination, TravelHealth
from safar.assistance.movements.programme import MOVEMENTS
from tests.makers import cases as kernel
from tests.makers.accounts import actor

FINDING = "Shadow on the left lung, sputum sent"


def health_worker(
    username: str = "7401", *compartments: str, at: str | None = kernel.BISHKEK
) -> User:
    walls = compartments or (Compartment.PROGRAMME, Compartment.MEDICAL)
    return kernel.caseworker(
        username, *walls, role="health_worker", programme=MOVEMENTS.code, at=at
    )


def found(**facts: Any) -> Found:
    given = {
        "examined_on": timezone.localdate(), "clinic": "Polyclinic 3",
        "outcome": MedicalOutcome.NO_FINDING, "text": FINDING,
    }  # fmt: skip
    return Found(**{**given, **facts})


def examined(by: User, member: CaseMember, **facts: Any) -> Examination:
    return health.examine(actor(by), fresh(member), member=member, found=found(**facts))


def said(by: User, member: CaseMember, fitness: str = Fitness.FIT, **facts: Any) -> TravelHealth:
    """Say it: fit for 100 days, held for a week; whoever is fit was examined."""
    given: dict[str, Any] = {}
    if fitness in (Fitness.FIT, Fitness.FIT_WITH_NEEDS):
        if not Examination.objects.filter(member=member).exists():
            examined(by, member)
        given["holds_until"] = timezone.localdate() + timedelta(days=100)
    if fitness == Fitness.HELD:
        given["look_again_on"] = timezone.localdate() + timedelta(days=7)
    seen = facts.pop("seen", None)
    words = Said(fitness, **{**given, **facts})
    return health.say_fitness(actor(by), fresh(member), member=member, said=words, seen=seen)


def fresh(member: CaseMember) -> Case:
    return Case.objects.get(pk=member.case_id)
