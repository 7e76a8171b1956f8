"""The plan of a case: drafted, changed, submitted, and agreed to by another person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import approving
from safar.assistance.cases.actions.granting import belongs
from safar.assistance.cases.choices.money import ApprovalStatus
from safar.assistance.cases.choices.work import PlanStatus
from safar.assistance.cases.models import Approval, BudgetLine, Case, Person, Plan, PlanItem
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.cases.versions import changed
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW

SUBJECT = "plan"
IN_WORK = (PlanStatus.DRAFT, PlanStatus.SUBMITTED)


@dataclass(frozen=True)
class NewItem:
    """One thing that the plan wants."""

    goal: str
    kind: str
    person: Person | None = None
    line: BudgetLine | None = None
    due_on: date | None = None


@action("cases.draft_plan", policies=(in_sight, still_open))
def draft_plan(actor: Actor, case: Case, *, goal: str, wishes: str = "") -> Plan:
    """Begin a new version of the plan, with the items of the one that is agreed.

    Raises:
        RuleBroken: a version is in work already.
    """
    if case.plans.filter(status__in=IN_WORK).exists():
        raise RuleBroken(_("A version of the plan is in work already. Go on with that one."))
    last = case.plans.aggregate(last=Max("number"))["last"] or 0
    plan = Plan.objects.create(
        case=case,
        number=last + 1,
        goal=goal.strip(),
        wishes=wishes.strip(),
        prepared_at=timezone.now(),
        prepared_by_id=actor.person_id,
        written_by=[actor.person_id],
    )
    names = ("person_id", "goal", "kind", "line_id", "due_on")
    items = PlanItem.objects.filter(plan__case=case, plan__status=PlanStatus.APPROVED)
    PlanItem.objects.bulk_create(PlanItem(plan=plan, **row) for row in items.values(*names))
    note(number=plan.number)
    return plan


@action("cases.change_plan", policies=(in_sight, still_open))
def change_plan(actor: Actor, plan: Plan, *, seen: int, changes: dict[str, Any]) -> Plan:
    """Change the words of a draft.

    Raises:
        Stale: somebody changed it since version `seen`.
    """
    _is_draft(plan)
    changed(plan, seen, changes)
    plan.save()
    _wrote(actor, plan)
    note(changed=sorted(changes))
    return plan


@action("cases.add_plan_item", policies=(in_sight, still_open))
def add_plan_item(actor: Actor, plan: Plan, *, new: NewItem) -> PlanItem:
    """Add one thing to a draft."""
    _is_draft(plan)
    belongs(plan.case, new.person)
    if new.line and new.line.project.programme != plan.case.programme:
        raise RuleBroken(_("This line pays for another programme."), field="line")
    _wrote(actor, plan)
    return PlanItem.objects.create(plan=plan, **vars(new))


@action("cases.remove_plan_item", policies=(in_sight, still_open))
def remove_plan_item(actor: Actor, item: PlanItem) -> None:
    """Take one thing out of a draft."""
    plan = Plan.objects.select_for_update().get(pk=item.plan_id)
    _is_draft(plan)
    _wrote(actor, plan)
    item.delete()


@action("cases.submit_plan", policies=(in_sight, still_open))
def submit_plan(actor: Actor, plan: Plan) -> Plan:
    """Ask another person to agree to the draft; from now on it does not change.

    Raises:
        RuleBroken: there is nothing in it.
    """
    _is_draft(plan)
    if not plan.items.exists():
        raise RuleBroken(_("A plan holds at least one thing that is to be done."))
    plan.approval = approving.prepare(actor, plan.case, subject=SUBJECT)
    plan.status = PlanStatus.SUBMITTED
    plan.submitted_at, plan.submitted_by_id = timezone.now(), actor.person_id
    plan.save()
    return plan


def follow(actor: Actor, approval: Approval, reason: str) -> None:
    """What becomes of the plan after each signature: agreed, or back to whoever drafted it."""
    plan = approval.plan
    if approving.is_refused(approval):
        plan.status, plan.approval = PlanStatus.DRAFT, None
        plan.submitted_at = plan.submitted_by = None
        plan.save()
    elif approval.status == ApprovalStatus.GRANTED:
        if actor.person_id in plan.written_by:
            raise RuleBroken(_("You wrote in this plan. Another person agrees to it."))
        _take_the_place(plan)
        plan.status = PlanStatus.APPROVED
        plan.approved_at, plan.approved_by_id = timezone.now(), actor.person_id
        plan.save()


approving.register(approving.Subject(SUBJECT, _("Plan"), follow, "cases:plan"))


def _wrote(actor: Actor, plan: Plan) -> None:
    """Keep who wrote in a draft: none of them agrees to it."""
    plan.written_by = sorted({*plan.written_by, actor.person_id})
    Plan.objects.filter(pk=plan.pk).update(written_by=plan.written_by)


def _take_the_place(plan: Plan) -> None:
    for before in Plan.objects.filter(case=plan.case_id, status=PlanStatus.APPROVED):
        before.status = PlanStatus.SUPERSEDED
        before.save()


def _is_draft(plan: Plan) -> None:
    if plan.status != PlanStatus.DRAFT:
        raise InvalidMove(NOT_NOW, status=plan.status)
