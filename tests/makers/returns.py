"""Makers of voluntary returns, through the real actions: a mission refers, people sign, they land."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from safar.accounts.models import User
from safar.assistance.cases.actions.opening import NewCase, NewMember
from safar.assistance.cases.models import Case
from safar.assistance.returns.actions import before, journey
from safar.assistance.returns.actions.before import MissionReferral, Signed
from safar.assistance.returns.actions.journey import Flight, Handed
from safar.assistance.returns.actions.schemes import load_schemes
from safar.assistance.returns.choices import Met, Order
from safar.assistance.returns.commands import SHIPPED
from safar.assistance.returns.models import ReturnFile, Scheme, VulnerabilityScreening
from safar.assistance.returns.programme import RETURNS
from safar.core.permissions import system
from safar.lib.partial_dates import PartialDate
from tests.makers import cases as kernel
from tests.makers.accounts import actor

ADULT = PartialDate(1987, 5, 17)


def schemes() -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        load_schemes(system("test"), None, rows=list(csv.DictReader(file)))


def worker(username: str = "7101", at: str | None = kernel.BISHKEK) -> User:
    return kernel.caseworker(username, programme=RETURNS.code, at=at)


def referral(
    by: User,
    *people: Any,
    scheme: str = "TUR-AVRR",
    homeland: str = "KGZ",
    reference: str = "",
    at: str = kernel.BISHKEK,
) -> MissionReferral:
    """What a mission writes, about people made with `kernel.new_person`."""
    if not Scheme.objects.exists():
        schemes()
    found = people or (kernel.new_person(birth=ADULT, citizenships=["KGZ"], sex="M"),)
    roles = ["applicant", *["child"] * len(found)]
    new = NewCase(
        programme=RETURNS.code,
        office=kernel.office(at),
        purpose="return and reintegration",
        members=[NewMember(person, role) for person, role in zip(found, roles, strict=False)],
    )
    return MissionReferral(new, Scheme.objects.get(code=scheme), homeland, reference)


def referred(by: User, *people: Any, **how: Any) -> Case:
    return before.receive_referral(actor(by), referral(by, *people, **how)).case


def counselled(by: User, *people: Any, order: str = Order.NONE, **how: Any) -> Case:
    """Counselled and asked: about an order, and everybody about what makes her vulnerable."""
    case = referred(by, *people, **how)
    before.counsel(actor(by), case)
    before.record_order(actor(by), case, order=order)
    for member in case.members.all():
        answers = dict.fromkeys(VulnerabilityScreening.ASKED, False)
        before.screen(actor(by), case, person=member.person, answers=answers)
    return Case.objects.get(pk=case.pk)


def signed(case: Case, by: User, **how: Any) -> None:
    """Everybody signs; children by the applicant as their guardian."""
    applicant = case.members.get(role="applicant").person
    for member in case.members.exclude(person=applicant):
        before.sign(actor(by), case, person=member.person, signed=a_signature(guardian=applicant))
    before.sign(actor(by), case, person=applicant, signed=a_signature(**how))


def a_signature(**how: Any) -> Signed:
    return Signed(**{"on": timezone.localdate(), "language": "ky", "form_version": "1", **how})


def declared(by: User, *people: Any, **how: Any) -> Case:
    case = counselled(by, *people, **how)
    signed(case, by)
    return before.declare(actor(by), case)


def a_flight(by: User, lands: datetime | None = None, **how: Any) -> Flight:
    lands = lands or timezone.now() - timedelta(hours=2)
    facts = {
        "number": "TK348", "departs_from": "Istanbul", "departs_at": lands - timedelta(hours=5),
        "arrives_at": lands, "airport": "Manas", "meets": by, "onward_to": "Naryn",
    }  # fmt: skip
    return Flight(**{**facts, **how})


def arrived(by: User, *people: Any, lands: datetime | None = None, **how: Any) -> Case:
    case = declared(by, *people, **how)
    flight = a_flight(by, lands)
    journey.arrange_travel(actor(by), case, flight=flight)
    journey.depart(actor(by), case)
    handed = Handed(
        Met.MET, flight.arrives_at, pocket_money=Decimal(100), currency="USD", receipt="R-1"
    )
    journey.receive(actor(by), case, handed=handed)
    return Case.objects.get(pk=case.pk)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def file_of(case: Case) -> ReturnFile:
    return ReturnFile.objects.get(case=case)
