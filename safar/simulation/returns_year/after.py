"""After the arrival in the demonstration: the plan, the visits with their survey, the reports."""

import random
from datetime import date, timedelta

from django.utils import timezone

from safar.assistance.cases import scoring
from safar.assistance.cases.actions.following import Tried, close_follow_up, record_attempt
from safar.assistance.cases.actions.instruments import (
    Answered,
    answer_instrument,
    import_instrument,
)
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.choices.sharing import Channel, PartnerKind, SharingPurpose
from safar.assistance.cases.choices.work import AttemptResult, AttemptWay, FollowUpStatus
from safar.assistance.cases.models import BudgetLine, Case, FollowUp, InstrumentVersion, Partner
from safar.assistance.returns.actions import planning, reintegration
from safar.assistance.returns.actions.planning import Weighed
from safar.assistance.returns.actions.reporting import report_visit
from safar.assistance.returns.choices import GrantPurpose, PlanKind, Verdict
from safar.assistance.returns.models import ReturnFile
from safar.assistance.returns.queries import files
from safar.assistance.returns.rules import FOLLOW_UP, months_of
from safar.core.permissions import Actor, system
from safar.simulation.clock import on_day
from safar.simulation.returns_year.plans import Plan

SURVEY = scoring.DATA / "reintegration_sustainability.xlsx"
REPORTED_AFTER = timedelta(days=16)
LEVELS = {0: 1, 1: 1, 6: 2, 12: 3}  # months after arrival: how well a person answers, of 0 to 4
FOUND = (
    "The shop is open every day; he takes on his brother for the summer",
    "Eleven of twelve sheep came through the winter, and there are lambs",
    "She sews for two shops and has work until March",
    "The course is finished, the first wages were paid",
)
WAYS = (
    (PlanKind.BUSINESS, "A small shop", "The village has one shop, two kilometres away", "Credit to neighbours"),
    (PlanKind.FARMING, "Twelve sheep and a shed", "Lambs sell at the market in autumn", "A hard winter"),
    (PlanKind.BUSINESS, "Three sewing machines", "A factory gives out work by the piece", "Power cuts"),
    (PlanKind.STUDY, "A welder's course", "Two firms in town look for welders", "The course starts in March"),
    (PlanKind.WORK, "A driver with his own tools", "A taxi park takes drivers", "Fuel prices"),
    (PlanKind.BUSINESS, "A bakery with a tandoor", "The school buys bread", "Flour prices"),
)  # fmt: skip


def take_in_survey() -> InstrumentVersion:
    """The shipped survey. Nobody has signed its weights off, and every score says so."""
    return import_instrument(system("simulation"), None, content=SURVEY.read_bytes())


def weigh(plan: Plan, actor: Actor, case: Case) -> None:
    """The plan and its grants, and the survey for the first time."""
    first = int(case.number[-2:])
    kind, title, market, risks = WAYS[first % len(WAYS)]
    other = WAYS[(first + 1) % len(WAYS)]
    weighed = Weighed(kind, title, Verdict.FEASIBLE, market=market, risks=risks)
    option = planning.weigh(actor, case, weighed=weighed)
    planning.weigh(
        actor, case, weighed=Weighed(other[0], other[1], Verdict.NOT_FEASIBLE, risks=other[3])
    )
    planning.choose(actor, case, option=option)
    file = ReturnFile.objects.select_related("scheme").get(case=case)
    line = BudgetLine.objects.get(project__code=f"{file.scheme.sending}-RETURNS")
    for _label, entitled in files.entitled_lines(case):
        if entitled.purpose == GrantPurpose.BUSINESS:
            reintegration.grant(actor, case, entitled=entitled, line=line, ceiling=entitled.ceiling)
    ask(actor, case, None)


def visit_all(actor: Actor, case: Case, today: date) -> None:
    """The visits that fell due were made and reported, but for a few that are late or in vain."""
    visits = case.follow_ups.filter(code__startswith=FOLLOW_UP.format(""))
    for number, visit in enumerate(visits, int(case.number[-2:])):
        day = visit.due_from + timedelta(days=10 + number % 15)
        if day > today or number % 13 == 0:
            continue
        with on_day(day, 15):
            _visit(actor, visit, number)
        if day + REPORTED_AFTER <= today:
            with on_day(day + REPORTED_AFTER, 11):
                _report(actor, visit)


def _visit(actor: Actor, visit: FollowUp, number: int) -> None:
    found = number % 9 != 0
    tried = Tried(
        AttemptWay.VISIT if found else AttemptWay.CALL,
        AttemptResult.REACHED if found else AttemptResult.NO_ANSWER,
        timezone.now() - timedelta(hours=2),
    )
    record_attempt(actor, visit, tried=tried)
    if found:
        ask(actor, visit.case, visit)
    status = FollowUpStatus.DONE if found else FollowUpStatus.UNREACHABLE
    remark = FOUND[number % len(FOUND)] if found else ""
    close_follow_up(actor, visit, status=status, remark=remark)


def _report(actor: Actor, visit: FollowUp) -> None:
    visit.refresh_from_db()
    state = ReturnFile.objects.get(case=visit.case_id).sending
    sending = Partner.objects.get(kind=PartnerKind.MISSION, country=state)
    consent = visit.case.consents.get(purpose=SharingPurpose.REPORT)
    report_visit(actor, visit, consent=consent, mission=sending, channel=Channel.EMAIL)


def ask(actor: Actor, case: Case, visit: FollowUp | None) -> None:
    """Ask the applicant the survey: without a visit, for the first time."""
    version = InstrumentVersion.objects.get(instrument__code=scoring.SUSTAINABILITY[0])
    rule = scoring.rule_of(*scoring.SUSTAINABILITY)
    assert rule  # noqa: S101 - it ships with the kernel
    level = LEVELS[(months_of(visit.code) or 0) if visit else 0]
    rng = random.Random(f"{case.number} {level}")  # noqa: S311 - made-up answers
    answers = {
        question: sorted(worth, key=lambda one: worth[one])[_about(rng, level, len(worth))]
        for question, worth in rule.weights.points.items()
    }
    person = case.members.get(role=MemberRole.APPLICANT).person
    given = Answered(version, answers, None, person, visit.pk if visit else None)
    answer_instrument(actor, case, given=given)


def _about(rng: random.Random, level: int, most: int) -> int:
    return max(0, min(most - 1, level + rng.choice((-1, 0, 0, 0, 1))))
