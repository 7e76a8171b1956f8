"""Makers of voluntary returns, through the real actions: a mission refers, people sign, they land."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from safar.accounts.models import User
from safar.assistance.cases.actions import budgeting, partnering
from safar.assistance.cases.actions.budgeting import NewProject
from safar.assistance.cases.actions.following import Tried, close_follow_up, record_attempt
from safar.assistance.cases.actions.opening import NewCase, NewMember
from safar.assistance.cases.actions.partnering import PartnerFacts
from safar.assistance.cases.choices.sharing import PartnerKind
from safar.assistance.cases.models import (
    BudgetLine,
    Case,
    Consent,
    FollowUp,
    Grant,
    Partner,
    Project,
)
from safar.assistance.returns.actions import before, journey, planning, reintegration
from safar.assistance.returns.actions.before import MissionReferral, Signed
from safar.assistance.returns.actions.journey import Flight, Handed
from safar.assistance.returns.actions.planning import Weighed
from safar.assistance.returns.actions.schemes import load_schemes
from safar.assistance.returns.choices import Met, Order
from safar.assistance.returns.commands import SHIPPED
from safar.assistance.returns.models import ReturnFile, Scheme, VulnerabilityScreening
from safar.assistance.returns.programme import RETURNS
from safar.assistance.returns.queries.files import entitled_lines, pocket_money
from safar.assistance.returns.rules import FOLLOW_UP
from safar.core.permissions import system
from safar.lib.partial_dates import PartialDate
from tests.makers import cases as kernel
from tests.makers import sharing
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
    money, currency = pocket_money(case) or (None, "")
    handed = Handed(
        Met.MET, flight.arrives_at, pocket_money=money, currency=currency,
        receipt="R-1" if money else "",
    )  # fmt: skip
    journey.receive(actor(by), case, handed=handed)
    return Case.objects.get(pk=case.pk)


def planned(by: User, *people: Any, lands: datetime | None = None, **how: Any) -> Case:
    """Arrived, and the plan is chosen."""
    case = arrived(by, *people, lands=lands, **how)
    weighed = Weighed("business", "Twelve sheep", "feasible")
    option = planning.weigh(actor(by), case, weighed=weighed)
    planning.choose(actor(by), case, option=option)
    return Case.objects.get(pk=case.pk)


def line(project: str = "TUR-R", donor: str = "TUR", currency: str = "USD") -> BudgetLine:
    """A budget line of the programme; the same one when asked for again."""
    known = Project.objects.filter(code=project).first()
    new = NewProject(
        code=project, name=f"Returns {project}", donor_code=donor, donor_name=f"Donor {donor}",
        programme=RETURNS.code, currency=currency, starts_on=date(2024, 1, 1),
    )  # fmt: skip
    made = known or budgeting.add_project(system("test"), new)
    found = BudgetLine.objects.filter(project=made).first()
    return found or budgeting.add_line(
        system("test"), made, code="1", name="Grants", amount=Decimal(100_000)
    )


def granted(
    by: User, case: Case, purpose: str, ceiling: str, on: BudgetLine | None = None
) -> Grant:
    """A grant by a line of the case's scheme."""
    entitled = next(one for _label, one in entitled_lines(case) if one.purpose == purpose)
    return reintegration.grant(
        actor(by), case, entitled=entitled, line=on or line(), ceiling=Decimal(ceiling)
    )


def visited(by: User, case: Case, months: int = 1) -> FollowUp:
    """The visit of this month was made, and closed."""
    visit = case.follow_ups.get(code=FOLLOW_UP.format(months))
    tried = Tried("visit", "reached", timezone.now() - timedelta(minutes=5))
    record_attempt(actor(by), visit, tried=tried)
    close_follow_up(actor(by), visit, status="done", remark="Ten of twelve sheep")
    return FollowUp.objects.get(pk=visit.pk)


def mission(country: str = "TUR") -> Partner:
    """The mission of a sending state, under an agreement; the same one when asked for again."""
    name = f"Embassy {country}"
    known = Partner.objects.filter(name=name).first()
    if known:
        return known
    facts = PartnerFacts(name, PartnerKind.MISSION, country)
    made = partnering.add_partner(actor(sharing.officer()), facts)
    sharing.agreement(made)
    return made


def agreed(by: User, case: Case, to: Partner | None = None) -> Consent:
    """The applicant agreed that the mission may read the reports."""
    kinds = ("identity", "journey", "assistance")
    return sharing.consent(by, case, to or mission(), kinds=kinds, purpose="report")


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def file_of(case: Case) -> ReturnFile:
    return ReturnFile.objects.get(case=case)
