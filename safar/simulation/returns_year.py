"""A mission's year of voluntary returns, made by the real actions on the days they would be done."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from safar.assistance.cases.actions.budgeting import NewProject, add_line, add_project
from safar.assistance.cases.actions.following import Tried, close_follow_up, record_attempt
from safar.assistance.cases.actions.opening import (
    NameAsWritten,
    NewCase,
    NewMember,
    NewPerson,
    WayToReach,
)
from safar.assistance.cases.choices import (
    AttemptResult,
    AttemptWay,
    Closure,
    FollowUpStatus,
    MemberRole,
)
from safar.assistance.cases.models import BudgetLine, Case
from safar.assistance.returns.actions import before, journey, planning, reintegration
from safar.assistance.returns.actions.before import MissionReferral, Signed
from safar.assistance.returns.actions.journey import Flight, Handed
from safar.assistance.returns.actions.planning import Weighed
from safar.assistance.returns.actions.schemes import load_schemes
from safar.assistance.returns.choices import (
    GrantPurpose,
    Met,
    Order,
    PerWhom,
    PlanKind,
    Verdict,
)
from safar.assistance.returns.commands import SHIPPED
from safar.assistance.returns.models import ReturnFile, Scheme, VulnerabilityScreening
from safar.assistance.returns.programme import RETURNS
from safar.assistance.returns.queries import files
from safar.core.permissions import Actor, system
from safar.lib.names import latin
from safar.lib.partial_dates import PartialDate
from safar.reference.queries import country_name
from safar.simulation import mission
from safar.simulation.clock import on_day
from safar.simulation.names import Name, childs_name, name

CASES, SEED = 48, 7
DAYS = 390  # a year and a little more, so that some have reached their twelfth month
SENDERS = {
    "TUR-AVRR": ("Istanbul", "TK348", "Manas"), "BEL-REINT": ("Brussels", "TK349", "Manas"),
    "CHE-RETURN": ("Zurich", "TK351", "Manas"), "NLD-REAN": ("Amsterdam", "PC710", "Manas"),
    "SWE-REINT": ("Stockholm", "TK353", "Manas"), "NOR-INFO": ("Oslo", "TK355", "Osh"),
    "GBR-VRS": ("London", "TK357", "Manas"), "FIN-AVR": ("Helsinki", "TK359", "Manas"),
    "PRT-ARVOR": ("Lisbon", "TK361", "Osh"),
}  # fmt: skip
FOUND = (
    "The shop is open every day; he takes on his brother for the summer",
    "Eleven of twelve sheep came through the winter, and there are lambs",
    "She sews for two shops and has work until March",
    "The course is finished, the first wages were paid",
)
TOWNS = ("Naryn", "Talas", "Osh", "Karakol", "Jalal-Abad", "Batken", "Tokmok", "Kara-Balta")
WAYS = (
    (PlanKind.BUSINESS, "A small shop", "The village has one shop, two kilometres away", "Credit to neighbours"),
    (PlanKind.FARMING, "Twelve sheep and a shed", "Lambs sell at the market in autumn", "A hard winter"),
    (PlanKind.BUSINESS, "Three sewing machines", "A factory gives out work by the piece", "Power cuts"),
    (PlanKind.STUDY, "A welder's course", "Two firms in town look for welders", "The course starts in March"),
    (PlanKind.WORK, "A driver with his own tools", "A taxi park takes drivers", "Fuel prices"),
    (PlanKind.BUSINESS, "A bakery with a tandoor", "The school buys bread", "Flour prices"),
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """When what happens in one return; it goes as far as today lets it."""

    referred: date
    scheme: str
    people: tuple[NewPerson, ...]
    worker: mission.Colleague
    order: str = Order.NONE

    @property
    def signed(self) -> date:
        return self.referred + timedelta(days=12)

    @property
    def flies(self) -> date:
        return self.referred + timedelta(days=33)

    @property
    def planned(self) -> date:
        return self.flies + timedelta(days=20)


def add() -> str:
    """Add the year of returns where there is none yet."""
    if not mission.are_there():
        mission.add()
    if ReturnFile.objects.exists():
        return "there already"
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        load_schemes(system("simulation"), None, rows=list(csv.DictReader(file)))
    _budgets()
    made = [_live(plan) for plan in plans()]
    return f"{len(made)} returns of a year"


def plans() -> Iterator[Plan]:
    """The returns of the year, the same every time."""
    rng = random.Random(SEED)  # noqa: S311 - made-up people
    first = timezone.localdate() - timedelta(days=DAYS)
    for number in range(CASES):
        yield Plan(
            referred=first + timedelta(days=number * (DAYS - 4) // CASES),
            scheme=rng.choice(list(SENDERS)),
            people=tuple(_family(rng)),
            worker=(mission.CASEWORKER, mission.SECOND_CASEWORKER, mission.IN_OSH)[number % 3],
            order=Order.STANDS if number == 17 else Order.NONE,
        )


def _family(rng: random.Random) -> Iterator[NewPerson]:
    sex = rng.choice("FMM")
    adult = name(rng, "KGZ", sex)
    phone = WayToReach(
        f"+996 7{rng.randint(0, 9)}0 {rng.randint(100000, 999999)}", may_contact=True
    )
    yield _person(adult, sex, _born(rng, 22, 55), contacts=[phone])
    for _child in range(rng.choice((0, 0, 0, 1, 2))):
        young = rng.choice("FM")
        yield _person(childs_name(rng, adult, sex, young), young, _born(rng, 1, 14))


def _person(named: Name, sex: str, birth: PartialDate, **more: object) -> NewPerson:
    return NewPerson(
        names=[
            NameAsWritten(latin(named.surname).title(), latin(named.given).title()),
            NameAsWritten(named.surname, named.given, named.patronymic),
        ],
        sex=sex,
        birth=birth,
        citizenships=["KGZ"],
        languages=["ky"],
        **more,  # type: ignore[arg-type]
    )


def _born(rng: random.Random, youngest: int, oldest: int) -> PartialDate:
    year = timezone.localdate().year - rng.randint(youngest, oldest)
    return PartialDate(year, rng.randint(1, 12), rng.randint(1, 28))


def _live(plan: Plan) -> Case:
    today, actor = timezone.localdate(), mission.actor(plan.worker)
    with on_day(plan.referred):
        case = _refer(plan, actor)
    steps = (
        (plan.referred + timedelta(days=5), _counsel),
        (plan.signed, _sign),
        (plan.signed + timedelta(days=8), _book),
        (plan.flies, _fly),
        (plan.planned, _weigh),
    )
    for day, step in steps:
        if day > today or case.closed_on:
            break
        with on_day(day):
            step(plan, actor, case)
        case.refresh_from_db()
    _visits(actor, case, today)
    return case


def _budgets() -> None:
    """A project of each sending state with one line, in its scheme's currency."""
    for scheme in Scheme.objects.prefetch_related("lines"):
        new = NewProject(
            code=f"{scheme.sending}-RETURNS",
            name=f"Returns: {scheme.name}",
            donor_code=scheme.sending,
            donor_name=country_name(scheme.sending),
            programme=RETURNS.code,
            currency=scheme.lines.all()[0].currency,
            starts_on=scheme.valid_from,
        )
        project = add_project(system("simulation"), new)
        add_line(system("simulation"), project, code="2.1", name="Grants", amount=Decimal(90_000))


def _visits(actor: Actor, case: Case, today: date) -> None:
    """The visits that fell due were made, but for a few that are late or in vain."""
    for number, visit in enumerate(case.follow_ups.exclude(code=""), int(case.number[-2:])):
        day = visit.due_from + timedelta(days=10 + number % 15)
        if day > today or number % 13 == 0:
            continue
        found = number % 9 != 0
        with on_day(day, 15):
            tried = Tried(
                AttemptWay.VISIT if found else AttemptWay.CALL,
                AttemptResult.REACHED if found else AttemptResult.NO_ANSWER,
                timezone.now() - timedelta(hours=2),
            )
            record_attempt(actor, visit, tried=tried)
            status = FollowUpStatus.DONE if found else FollowUpStatus.UNREACHABLE
            close_follow_up(
                actor, visit, status=status, remark=FOUND[number % len(FOUND)] if found else ""
            )


def _refer(plan: Plan, actor: Actor) -> Case:
    scheme = Scheme.objects.get(code=plan.scheme)
    office = mission.office(plan.worker.office)
    roles = (MemberRole.APPLICANT, *(MemberRole.CHILD for _ in plan.people[1:]))
    new = NewCase(
        programme=RETURNS.code,
        office=office,
        purpose="Return and reintegration",
        members=[NewMember(one, role) for one, role in zip(plan.people, roles, strict=True)],
        scheme=scheme.code,
    )
    reference = f"{scheme.sending}-{plan.referred:%y%m%d}"
    return before.receive_referral(actor, MissionReferral(new, scheme, "KGZ", reference)).case


def _counsel(plan: Plan, actor: Actor, case: Case) -> None:
    before.counsel(actor, case)
    before.record_order(actor, case, order=plan.order)
    if plan.order == Order.STANDS:
        before.end(
            actor, case, closure=Closure.REFERRED, reason="A deportation order stands: legal aid"
        )
        return
    for member in case.members.select_related("person"):
        answers = dict.fromkeys(VulnerabilityScreening.ASKED, False)
        before.screen(actor, case, person=member.person, answers=answers)


def _sign(plan: Plan, actor: Actor, case: Case) -> None:
    applicant = case.members.get(role=MemberRole.APPLICANT).person
    for member in case.members.select_related("person"):
        guardian = None if member.person_id == applicant.pk else applicant
        signed = Signed(timezone.localdate(), "ky", "1", guardian=guardian)
        before.sign(actor, case, person=member.person, signed=signed)
    before.declare(actor, case)


def _book(plan: Plan, actor: Actor, case: Case) -> None:
    city, number, airport = SENDERS[plan.scheme]
    lands = timezone.now() + (plan.flies - timezone.localdate()) - timedelta(hours=4)
    flight = Flight(
        number=number,
        departs_from=city,
        departs_at=lands - timedelta(hours=5),
        arrives_at=lands,
        airport=airport,
        meets=mission.user(plan.worker),
        onward_to=TOWNS[plan.referred.toordinal() % len(TOWNS)],
        onward_by="car 2",
    )
    journey.arrange_travel(actor, case, flight=flight)


def _fly(plan: Plan, actor: Actor, case: Case) -> None:
    journey.depart(actor, case)
    money = next(
        (line for line in ReturnFile.objects.get(case=case).scheme.lines.all()
         if (line.purpose, line.per) == ("pocket", "adult")),
        None,
    )  # fmt: skip
    at = timezone.now() - timedelta(hours=3)
    handed = Handed(Met.MET, at, onward="car 2")
    if money:
        handed = Handed(
            Met.MET, at, onward="car 2", pocket_money=Decimal(money.ceiling),
            currency=money.currency, receipt=f"P-{case.number[-4:]}",
        )  # fmt: skip
    journey.receive(actor, case, handed=handed)


def _weigh(plan: Plan, actor: Actor, case: Case) -> None:
    kind, title, market, risks = WAYS[plan.referred.toordinal() % len(WAYS)]
    other = WAYS[(plan.referred.toordinal() + 1) % len(WAYS)]
    weighed = Weighed(kind, title, Verdict.FEASIBLE, market=market, risks=risks)
    option = planning.weigh(actor, case, weighed=weighed)
    planning.weigh(
        actor, case, weighed=Weighed(other[0], other[1], Verdict.NOT_FEASIBLE, risks=other[3])
    )
    planning.choose(actor, case, option=option)
    file = ReturnFile.objects.select_related("scheme").get(case=case)
    line = BudgetLine.objects.get(project__code=f"{file.scheme.sending}-RETURNS")
    for _label, entitled in files.entitled_lines(case):
        if entitled.purpose == GrantPurpose.BUSINESS and entitled.per == PerWhom.CASE:
            reintegration.grant(actor, case, entitled=entitled, line=line, ceiling=entitled.ceiling)
