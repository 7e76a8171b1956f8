"""Makers of daily work: tasks, follow-ups, services and plans, through the real actions."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from safar.accounts.models import User
from safar.assistance.cases.actions import approving, following, planning, serving, tasks
from safar.assistance.cases.actions.following import NewFollowUp, Tried
from safar.assistance.cases.actions.planning import NewItem
from safar.assistance.cases.actions.serving import NewService
from safar.assistance.cases.actions.tasks import NewTask
from safar.assistance.cases.models import Attempt, Case, FollowUp, Plan, Service, Task
from tests.makers.accounts import actor


def today(days: int = 0) -> date:
    """Today where the office is, or some days from it."""
    return timezone.localdate() + timedelta(days=days)


def task(by: User, case: Case, title: str = "Ask again", **facts: Any) -> Task:
    return tasks.add_task(actor(by), case, new=NewTask(title, **facts))


def follow_up(by: User, case: Case, start: int = -5, end: int = 5, **facts: Any) -> FollowUp:
    new = NewFollowUp(facts.pop("title", "One month after"), today(start), today(end), **facts)
    return following.plan_follow_up(actor(by), case, new=new)


def attempt(by: User, on: FollowUp, result: str = "no_answer", way: str = "call") -> Attempt:
    tried = Tried(way, result, timezone.now() - timedelta(minutes=5))
    return following.record_attempt(actor(by), on, tried=tried)


def service(
    by: User, case: Case, form_key: UUID | None = None, cost: str | None = None, **facts: Any
) -> Service:
    money = {"cost": Decimal(cost), "currency": "USD"} if cost else {}
    facts = {"kind": "counselling", "delivered_on": today(), **money, **facts}
    return serving.record_service(
        actor(by), case, form_key=form_key or uuid4(), new=NewService(**facts)
    )


def plan(by: User, case: Case, *goals: str, submitted: bool = False) -> Plan:
    made = planning.draft_plan(actor(by), case, goal="To live on her own work")
    for goal in goals or ("A sewing machine",):
        planning.add_plan_item(actor(by), made, new=NewItem(goal, "business"))
    return planning.submit_plan(actor(by), made) if submitted else made


def agree(by: User, to: Plan) -> Plan:
    to.refresh_from_db()
    assert to.approval
    approving.approve(actor(by), to.approval)
    to.refresh_from_db()
    return to
