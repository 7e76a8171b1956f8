"""Following up: when somebody is to be asked how she is, every attempt, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.granting import belongs
from safar.assistance.cases.choices.work import AttemptResult, FollowUpKind, FollowUpStatus
from safar.assistance.cases.models import Attempt, Case, FollowUp, Person
from safar.assistance.cases.policies import in_sight, still_open
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class NewFollowUp:
    """What is to be found out, and in which window. `code`: of a programme's template."""

    title: str
    due_from: date
    due_to: date
    kind: str = FollowUpKind.VISIT
    person: Person | None = None
    code: str = ""


@dataclass(frozen=True)
class Tried:
    """An attempt to reach somebody."""

    way: str
    result: str
    tried_at: datetime
    words: str = ""


@action("cases.plan_follow_up", policies=(in_sight, still_open))
def plan_follow_up(actor: Actor, case: Case, *, new: NewFollowUp) -> FollowUp:
    """Plan a follow-up; one of a template that is there already is left as it is."""
    belongs(case, new.person)
    if new.due_to < new.due_from:
        raise RuleBroken(_("The window ends before it begins."), field="due_to")
    known = FollowUp.objects.filter(case=case, code=new.code, person=new.person).first()
    if new.code and known:
        return known
    return FollowUp.objects.create(case=case, **vars(new))


@action("cases.record_attempt", policies=(in_sight,))
def record_attempt(actor: Actor, follow_up: FollowUp, *, tried: Tried) -> Attempt:
    """Keep that somebody was called or visited, whether she was reached or not."""
    _still_due(follow_up)
    if tried.tried_at > timezone.now():
        raise RuleBroken(_("This lies in the future. Write down what has happened."), field="day")
    note(result=tried.result)
    return Attempt.objects.create(follow_up=follow_up, tried_by_id=actor.person_id, **vars(tried))


@action("cases.close_follow_up", policies=(in_sight,))
def close_follow_up(
    actor: Actor, follow_up: FollowUp, *, status: str, remark: str = ""
) -> FollowUp:
    """Say what came of it.

    Raises:
        RuleBroken: it is closed; nobody was reached, or nobody even tried; the window is open.
    """
    _still_due(follow_up)
    results = list(follow_up.attempts.values_list("result", flat=True))
    if why_not := _why_not(follow_up, FollowUpStatus(status), results):
        raise RuleBroken(why_not, field="status")
    follow_up.status, follow_up.remark = status, remark.strip()
    follow_up.closed_at, follow_up.closed_by_id = timezone.now(), actor.person_id
    follow_up.save()
    note(status=status, attempts=len(results))
    return follow_up


def _why_not(follow_up: FollowUp, status: FollowUpStatus, results: list[str]) -> object:
    if status == FollowUpStatus.DONE and AttemptResult.REACHED not in results:
        return _("Nobody was reached yet. Keep the call or the visit first.")
    if status in (FollowUpStatus.UNREACHABLE, FollowUpStatus.REFUSED) and not results:
        return _("Nobody has tried yet. Keep the call or the visit first.")
    if status == FollowUpStatus.MISSED and timezone.localdate() <= follow_up.due_to:
        return _("The window is still open.")
    if status == FollowUpStatus.DUE:
        return _("Choose what came of it.")
    return None


def _still_due(follow_up: FollowUp) -> None:
    if follow_up.closed_at is not None:
        raise RuleBroken(_("This follow-up is closed."))
