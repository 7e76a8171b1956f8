"""Makers of movements up to the acceptance and the steps, through the real actions."""

import csv
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from safar.accounts.models import User
from safar.assistance.cases.actions.opening import NewCase, NewMember, NewPerson
from safar.assistance.cases.models import Case
from safar.assistance.movements.actions import opening
from safar.assistance.movements.actions.opening import MovementReferral
from safar.assistance.movements.actions.schemes import load_schemes
from safar.assistance.movements.actions.step_moves import move_step
from safar.assistance.movements.choices import Fitness, ReferredBy, StepKind, StepStatus
from safar.assistance.movements.commands import SHIPPED
from safar.assistance.movements.models import MovementFile, MovementScheme, Step, TravelHealth
from safar.assistance.movements.programme import MOVEMENTS
from safar.core.permissions import system
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from tests.makers import cases as kernel
from tests.makers.accounts import actor

ADULT, CHILD = PartialDate(1986, 5, 17), PartialDate(2021, 3, 9)


def schemes() -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        load_schemes(system("test"), None, rows=list(csv.DictReader(file)))


def worker(username: str = "7201", at: str | None = kernel.BISHKEK, **how: Any) -> User:
    return kernel.caseworker(username, programme=MOVEMENTS.code, at=at, **how)


def person(
    name: str = "Rahmatov Ikrom", birth: PartialDate | None = ADULT, **how: Any
) -> NewPerson:
    return kernel.new_person(name, **{"birth": birth, "citizenships": ["AFG"], "sex": "M", **how})


def referral(
    by: User,
    *people: Any,
    scheme: str = "CAN-GAR",
    destination: str = "",
    at: str = kernel.BISHKEK,
    **facts: Any,
) -> MovementReferral:
    """What UNHCR writes about people made with `person`; the first one is the applicant."""
    if not MovementScheme.objects.filter(code=scheme).exists():
        schemes()
    found = people or (person(),)
    roles = ["applicant", *["child"] * len(found)]
    made = MovementScheme.objects.filter(code=scheme).latest("valid_from")
    new = NewCase(
        programme=MOVEMENTS.code,
        office=kernel.office(at),
        purpose="resettlement",
        members=[NewMember(one, role) for one, role in zip(found, roles, strict=False)],
    )
    named = {"departs_from": "KGZ", "referred_by": ReferredBy.UNHCR, **facts}
    return MovementReferral(new, made, destination or made.destination or "D", **named)


def referred(by: User, *people: Any, scheme: str = "CAN-GAR", **how: Any) -> Case:
    return opening.receive_referral(actor(by), referral(by, *people, scheme=scheme, **how)).case


def accepted(
    by: User, *people: Any, scheme: str = "CAN-GAR", on: date | None = None, **how: Any
) -> Case:
    """Accepted ten days ago, unless said otherwise; whoever had to be interviewed was."""
    case = referred(by, *people, scheme=scheme, **how)
    on = on or timezone.localdate() - timedelta(days=10)
    _settle(case, on, kinds={StepKind.INTERVIEW})
    opening.accept(actor(by), case, on=on, reference=f"L-{case.number[-4:]}")
    return Case.objects.get(pk=case.pk)


def finish_steps(
    by: User,
    case: Case,
    *,
    but: Collection[str] = (),
    expires_on: date | None = None,
    fit: bool = True,
) -> None:
    """Everybody's steps are done but those of these kinds, and everybody is fit to travel.

    All holds for 180 days, unless said otherwise. With `fit=False` nothing is said of health.
    """
    today = timezone.localdate()
    until = expires_on or today + timedelta(days=180)
    _settle(case, today, kinds=set(StepKind.values) - set(but), expires_on=until)
    if not fit:
        return
    with writing("movements"):
        for member in case.members.all():
            TravelHealth.objects.update_or_create(
                member=member,
                defaults={
                    "case": case, "fitness": Fitness.FIT, "holds_until": until,
                    "said_by_id": by.pk,
                },
            )  # fmt: skip


def _settle(case: Case, on: date, *, kinds: set[str], expires_on: date | None = None) -> None:
    open_ones = Step.objects.filter(case=case, kind__in=kinds).exclude(
        status__in=(StepStatus.DONE, StepStatus.NOT_NEEDED)
    )
    with writing("movements"):
        for step in open_ones:
            end = (expires_on or on + timedelta(days=180)) if step.needs_expiry else None
            move_step(case.pk, step.member_id, step.kind, "finish", on=on, expires_on=end)


def step_of(case: Case, kind: str, name: str = "") -> Step:
    """The step of whoever has this in her name; the applicant's, where nobody is named."""
    steps = Step.objects.filter(case=case, kind=kind).select_related("member__person", "case")
    if not name:
        return steps.get(member__role="applicant")
    return next(step for step in steps if name in str(step.member.person))


def file_of(case: Case) -> MovementFile:
    return MovementFile.objects.get(case=case)
