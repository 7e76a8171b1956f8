"""What is to be done for a case: added, begun, changed, finished, opened again."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.assistance.cases.actions.granting import belongs
from safar.assistance.cases.choices.work import TaskOutcome
from safar.assistance.cases.models import Case, Person, Task
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.cases.versions import changed
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class NewTask:
    """Something to do. With a `code`, a programme's template: there once for case and person."""

    title: str
    due_on: date | None = None
    due_at: time | None = None
    person: Person | None = None
    assignee: User | None = None
    code: str = ""
    place: str = ""
    waits_for: str = ""
    stops: str = ""


@action("cases.add_task", policies=(in_sight, still_open))
def add_task(actor: Actor, case: Case, *, new: NewTask) -> Task:
    """Add something to do; one of a template that is there already is left as it is."""
    belongs(case, new.person)
    known = Task.objects.filter(case=case, code=new.code, person=new.person).first()
    if new.code and known:
        return known
    since = timezone.localdate() if new.waits_for else None
    return Task.objects.create(case=case, added_by_id=actor.user_id, waits_since=since, **vars(new))


@action("cases.change_task", policies=(in_sight, still_open))
def change_task(actor: Actor, task: Task, *, seen: int, changes: dict[str, Any]) -> Task:
    """Change what is to be done, until when and by whom.

    Raises:
        Stale: somebody changed it since version `seen`.
    """
    _still_to_do(task)
    before = task.waits_for
    changed(task, seen, changes)
    if task.waits_for != before:
        task.waits_since = timezone.localdate() if task.waits_for else None
    task.save()
    note(changed=sorted(changes))
    return task


@action("cases.begin_task", policies=(in_sight, still_open))
def begin_task(actor: Actor, task: Task) -> Task:
    """Say that somebody works on it."""
    _still_to_do(task)
    task.begun_at, task.begun_by_id = timezone.now(), actor.person_id
    task.save()
    return task


@action("cases.finish_task", policies=(in_sight,))
def finish_task(
    actor: Actor, task: Task, *, outcome: str = TaskOutcome.DONE, remark: str = ""
) -> Task:
    """Finish it, with what came of it."""
    _still_to_do(task)
    if outcome != TaskOutcome.DONE and not remark.strip():
        raise RuleBroken(_("Say why in a few words."), field="remark")
    task.done_at, task.done_by_id = timezone.now(), actor.person_id
    task.outcome, task.remark = outcome, remark.strip()
    task.save()
    note(outcome=outcome)
    return task


@action("cases.reopen_task", policies=(in_sight, still_open))
def reopen_task(actor: Actor, task: Task) -> Task:
    """Take back that it was finished."""
    if task.done_at is None:
        raise RuleBroken(_("This is still to be done."))
    task.done_at, task.done_by, task.outcome = None, None, ""
    task.save()
    return task


def _still_to_do(task: Task) -> None:
    if task.done_at is not None:
        raise RuleBroken(_("This was finished already."))
