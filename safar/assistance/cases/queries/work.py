"""Tasks, follow-ups, services and plans of cases: what is to be done, and what was."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from safar.assistance.cases.choices.work import FollowUpStatus, PlanStatus
from safar.assistance.cases.due import Due, Happened
from safar.assistance.cases.models import (
    Attempt,
    Case,
    CaseAccess,
    CaseMove,
    CaseOpening,
    FollowUp,
    Plan,
    Service,
    Task,
)
from safar.core.permissions import Actor
from safar.core.record import get_visible

AHEAD_DAYS = 14
AT_MOST = 300  # of a day's rows; more than that nobody reads


def own_cases(actor: Actor) -> list[Case]:
    """Open cases that she leads, or has been named on. Read first, by themselves: whatever is
    asked of their parts then looks at their rows alone, and not at everybody's."""
    today = timezone.now().date()
    named = CaseAccess.objects.filter(Q(until=None) | Q(until__gte=today), user=actor.user_id)
    keys = list(named.values_list("case", flat=True))
    led = Q(lead=actor.user_id) | Q(pk__in=keys) if keys else Q(lead=actor.user_id)
    return list(Case.objects.visible_to(actor).filter(led, closed_on=None))


def tasks_of(actor: Actor, case: Case) -> list[Task]:
    """Everything to do and done for a case, what is due first on top, what is done at the end."""
    rows = Task.objects.visible_to(actor).filter(case=case)
    found = rows.select_related("assignee", "person", "done_by").prefetch_related("person__names")
    return sorted(found, key=lambda one: one.done_at is not None)


def task(actor: Actor, key: UUID) -> Task:
    rows = Task.objects.select_related("case", "case__office", "person", "assignee", "done_by")
    return get_visible(rows, actor, key)


def follow_up(actor: Actor, key: UUID) -> FollowUp:
    return get_visible(FollowUp.objects.select_related("case", "person", "closed_by"), actor, key)


def follow_ups_of(actor: Actor, case: Case) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.visible_to(actor).filter(case=case).annotate(tries=Count("attempts"))
    return rows.select_related("person").prefetch_related("person__names")


def services_of(actor: Actor, case: Case) -> QuerySet[Service]:
    """Help that was given, the last first; what was taken back is among it."""
    rows = Service.objects.visible_to(actor).filter(case=case)
    rows = rows.select_related("person", "provider", "line", "recorded_by")
    return rows.prefetch_related("person__names")


def service(actor: Actor, key: UUID) -> Service:
    return get_visible(Service.objects.select_related("case"), actor, key)


def plans_of(actor: Actor, case: Case) -> QuerySet[Plan]:
    rows = Plan.objects.visible_to(actor).filter(case=case)
    return rows.select_related("prepared_by", "approved_by", "approval")


def plan(actor: Actor, key: UUID) -> Plan:
    rows = Plan.objects.select_related("case", "prepared_by", "submitted_by", "approved_by")
    return get_visible(rows, actor, key)


def plan_in_force(actor: Actor, case: Case) -> Plan | None:
    """The plan that is agreed; else the one that is in work."""
    found = {one.status: one for one in plans_of(actor, case).exclude(status=PlanStatus.SUPERSEDED)}
    order = (PlanStatus.APPROVED, PlanStatus.SUBMITTED, PlanStatus.DRAFT)
    return next((found[status] for status in order if status in found), None)


def items_of(plan: Plan) -> Any:
    """The items of a plan, each with whether help was given for it."""
    given = Service.objects.filter(item=OuterRef("pk"), taken_back_at=None)
    rows = plan.items.annotate(is_served=Exists(given)).select_related("person", "line")
    return rows.prefetch_related("person__names")


def due(actor: Actor, today: date) -> list[Due]:
    """Tasks and follow-ups of her cases and those given to her, two weeks ahead."""
    until = today + timedelta(days=AHEAD_DAYS)
    cases = {one.pk: one for one in own_cases(actor)}
    soon = Q(due_on__lte=until) | Q(due_on=None) | ~Q(waits_for="")
    to_do = Task.objects.filter(soon, done_at=None)
    own = to_do.filter(Q(assignee=None) | Q(assignee=actor.user_id), case__in=cases)[:AT_MOST]
    given = to_do.filter(assignee=actor.user_id).exclude(case__in=cases).select_related("case")
    follow_ups = FollowUp.objects.filter(status=FollowUpStatus.DUE, due_from__lte=until)
    return [
        *(_task_due(one, cases[one.case_id]) for one in own),
        *(
            _task_due(one, one.case)
            for one in given.visible_to(actor).filter(case__closed_on=None)[:AT_MOST]
        ),
        *(_follow_up_due(one, cases[one.case_id]) for one in follow_ups.filter(case__in=cases)),
        *_plans_due(actor, today),
    ]


def _plans_due(actor: Actor, today: date) -> list[Due]:
    """Plans that she may agree to, and those of hers that wait for another person."""
    waiting = Plan.objects.visible_to(actor).filter(status=PlanStatus.SUBMITTED)
    own = Q(submitted_by=actor.user_id) | Q(prepared_by=actor.user_id)
    mine = waiting.filter(own | Q(case__lead=actor.user_id))
    shown = waiting if actor.may("cases.approve") else mine
    return [_plan_due(actor, one, today) for one in shown.select_related("case")[:AT_MOST]]


def _plan_due(actor: Actor, one: Plan, today: date) -> Due:
    hers = actor.user_id not in {*one.written_by, one.submitted_by_id}
    signs = hers and actor.may("cases.approve")
    return Due(
        one.case,
        _("Agree to plan %(number)s") % {"number": one.number},
        reverse("cases:plan", args=[one.pk]),
        today if signs else None,
        waits_for="" if signs else _("a programme officer"),
        waits_since=timezone.localdate(one.submitted_at) if one.submitted_at else None,
    )


def _task_due(one: Task, case: Case) -> Due:
    return Due(
        case,
        one.title,
        reverse("cases:task", args=[one.pk]),
        one.due_on,
        one.place,
        one.waits_for,
        one.stops,
        one.due_at,
        one.begun_at is not None,
        one.waits_since,
    )


def _follow_up_due(one: FollowUp, case: Case) -> Due:
    text = _("%(how)s until %(day)s") % {
        "how": one.get_kind_display(),
        "day": f"{one.due_to:%d.%m.%Y}",
    }
    return Due(case, one.title, reverse("cases:follow_up", args=[one.pk]), one.due_to, text)


def done_today(actor: Actor, today: date) -> QuerySet[Task]:
    """What she finished today."""
    mine = Task.objects.visible_to(actor).filter(done_by=actor.user_id, done_at__date=today)
    return mine.select_related("case").order_by("done_at")[:AT_MOST]


def happened(actor: Actor, case: Case) -> list[Happened]:
    """What the kernel itself knows to have happened: moves, services, attempts, plans, tasks."""
    moves = CaseMove.objects.visible_to(actor).filter(case=case).select_related("moved_by")
    openings = CaseOpening.objects.visible_to(actor).filter(case=case)
    tries = Attempt.objects.visible_to(actor).filter(follow_up__case=case)
    return [
        *(_moved(case, move) for move in moves),
        *(_opened(one) for one in openings.select_related("said_by")),
        *(_tried(one) for one in tries.select_related("follow_up", "tried_by")),
        *(_served(one) for one in services_of(actor, case).filter(taken_back_at=None)),
        *(_agreed(one) for one in plans_of(actor, case).exclude(approved_at=None)),
        *(_done(one) for one in tasks_of(actor, case) if one.done_at),
    ]


# Why something was done to a case that stayed in its state.
SAID: Final = {
    "hand_over": gettext_lazy("Handed over"),
    "change_ceiling": gettext_lazy("The ceiling of a grant was changed"),
}


def _moved(case: Case, move: CaseMove) -> Happened:
    names = case.statuses
    if move.move in SAID:
        title = str(SAID[move.move])
    elif move.before:
        title = _("%(state)s, before: %(before)s") % {
            "state": names.get(move.after, move.after),
            "before": names.get(move.before, move.before),
        }
    else:
        title = _("Case opened")
    return Happened(move.moved_at, title, move.reason, str(move.moved_by))


def _opened(one: CaseOpening) -> Happened:
    return Happened(one.said_at, _("Opened the file"), one.why, str(one.said_by))


def _tried(one: Attempt) -> Happened:
    title = f"{one.follow_up}: {one.get_way_display()}, {one.get_result_display()}"
    url = reverse("cases:follow_up", args=[one.follow_up_id])
    return Happened(one.tried_at, title, one.words, str(one.tried_by), url)


def _served(one: Service) -> Happened:
    text = ", ".join(filter(None, (one.provider.name if one.provider else "", one.place)))
    url = reverse("cases:services", args=[one.case_id])
    at = timezone.make_aware(datetime.combine(one.delivered_on, time(12)))
    return Happened(at, str(one.get_kind_display()), text, str(one.recorded_by), url)


def _agreed(one: Plan) -> Happened:
    url = reverse("cases:plan", args=[one.pk])
    title = _("Plan %(number)s agreed") % {"number": one.number}
    assert one.approved_at  # noqa: S101 - for the types
    return Happened(one.approved_at, title, one.goal, str(one.approved_by), url)


def _done(one: Task) -> Happened:
    assert one.done_at  # noqa: S101 - for the types
    title = f"{one.title}: {one.get_outcome_display()}"
    return Happened(
        one.done_at, title, one.remark, str(one.done_by), reverse("cases:task", args=[one.pk])
    )


def days_late(number: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", number) % {"n": number}
