"""A mission's year of voluntary returns, made by the real actions on the days they would be done."""

import csv
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from safar.assistance.cases.actions import partnering
from safar.assistance.cases.actions.partnering import PartnerFacts
from safar.assistance.cases.choices.sharing import AgreementKind, PartnerKind
from safar.assistance.cases.choices.work import FollowUpStatus
from safar.assistance.cases.models import Case
from safar.assistance.returns.actions import reintegration
from safar.assistance.returns.actions.schemes import load_schemes
from safar.assistance.returns.choices import SENDING
from safar.assistance.returns.commands import SHIPPED
from safar.assistance.returns.models import ReturnFile
from safar.core.permissions import Actor, system
from safar.reference.queries import country_name
from safar.simulation import mission
from safar.simulation.clock import on_day
from safar.simulation.returns_year import after, home, money
from safar.simulation.returns_year.plans import DAYS, Plan, plans

Step = Callable[[Plan, Actor, Case], None]


def add() -> str:
    """Add the year of returns where there is none yet."""
    if not mission.are_there():
        mission.add()
    if ReturnFile.objects.exists():
        return "there already"
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        load_schemes(system("simulation"), None, rows=list(csv.DictReader(file)))
    money.add_budgets()
    _add_missions()
    after.take_in_survey()
    made = [_live(plan) for plan in plans()]
    return f"{len(made)} returns of a year"


def _add_missions() -> None:
    """The missions that refer people and read the reports, each under an agreement."""
    officer = mission.actor(mission.OFFICER)
    since = timezone.localdate() - timedelta(days=DAYS + 30)
    for code in SENDING:
        facts = PartnerFacts(f"{country_name(code)}, embassy", PartnerKind.MISSION, code)
        partner = partnering.add_partner(officer, facts)
        partnering.make_agreement(
            officer,
            partner,
            kind=AgreementKind.SHARING,
            reference=f"Note on the sharing of data, {since:%Y}",
            in_force_from=since,
        )


def _live(plan: Plan) -> Case:
    today, actor = timezone.localdate(), mission.actor(plan.worker)
    with on_day(plan.referred):
        case = home.refer(plan, actor)
    steps: tuple[tuple[int, Step], ...] = (
        (5, home.counsel),
        (14, home.assess),
        (16, home.sign),
        (20, home.book),
        (plan.to_flight, home.fly),
    )
    for days, step in steps:
        day = plan.referred + timedelta(days=days)
        if day > today or case.closed_on:
            break
        with on_day(day):
            step(plan, actor, case)
        case.refresh_from_db()
    if case.status == "arrived":
        _at_home(plan, actor, case)
    return case


def _at_home(plan: Plan, actor: Actor, case: Case) -> None:
    today = timezone.localdate()
    if plan.planned <= today and not plan.is_undecided:
        with on_day(plan.planned):
            after.weigh(plan, actor, case)
        case.refresh_from_db()
        money.spend(actor, case, plan.planned + timedelta(days=3), today)
    after.visit_all(actor, case, today)
    case.refresh_from_db()
    closed = case.follow_ups.exclude(status=FollowUpStatus.DUE)
    if case.status == "monitored" and closed.count() == case.follow_ups.count():
        last = max(one.closed_at for one in closed if one.closed_at)
        with on_day(min(timezone.localdate(last) + timedelta(days=14), today), 16):
            reintegration.complete(actor, case)
