"""A worker moves the steps of a member: asked, sent back, done until a day, refused, not needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.movements.actions.step_moves import change
from safar.assistance.movements.choices import ELSEWHERE
from safar.assistance.movements.models import Interview, Step
from safar.assistance.movements.policies import done_here, not_left_yet, not_of_health
from safar.assistance.movements.workflow import STEP
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

BY_HAND = (in_sight, still_open, not_left_yet, done_here)
BY_WORD = (in_sight, still_open, not_left_yet, not_of_health)


@dataclass(frozen=True)
class Got:
    """What was got: on which day, until when it holds, under which number."""

    on: date
    expires_on: date | None = None
    reference: str = ""
    remark: str = ""


@dataclass(frozen=True)
class NewInterview:
    """When and where a member is asked, in which language, and who interprets."""

    at: datetime
    venue: str
    language: str
    interpreter: str = ""
    told_on: date | None = None


@action("movements.ask", policies=BY_HAND)
def ask(
    actor: Actor,
    step: Step,
    *,
    on: date,
    answer_by: date | None = None,
    reference: str = "",
    remark: str = "",
) -> Step:
    """Keep that it was asked for, and by when they answer."""
    change(step, "ask", on=on, reference=reference, remark=remark)
    if answer_by is not None and answer_by < on:
        raise RuleBroken(_("They would answer before they were asked."), field="answer_by")
    return _kept(step, due_on=answer_by)


@action("movements.send_back", policies=BY_HAND)
def send_back(actor: Actor, step: Step, *, remark: str, new_by: date | None = None) -> Step:
    """Keep that it came back: what is wrong with it, and by when a better one is due."""
    change(step, "send_back", remark=remark)
    return _kept(step, due_on=new_by)


@action("movements.finish", policies=BY_HAND)
def finish(actor: Actor, step: Step, *, got: Got) -> Step:
    """Keep that a step is done, and until when it holds.

    Raises:
        RuleBroken: the day is to come, or the end of validity is missing or before it.
    """
    return _finish(step, got)


@action("movements.finish_for", policies=(in_sight, still_open, not_left_yet))
def finish_for(actor: Actor, case: Case, *, steps: Sequence[Step], got: Got) -> list[Step]:
    """Keep that the same step is done for several of a family, all or none of them."""
    kinds = {step.kind for step in steps}
    if not steps or len(kinds) > 1 or any(step.case_id != case.pk for step in steps):
        raise RuleBroken(_("Choose who of this family has it done."), field="steps")
    if kinds & ELSEWHERE:
        raise RuleBroken(_("This step is done where its own facts are written down."))
    rows = Step.objects.select_for_update().filter(pk__in=[step.pk for step in steps])
    done = [_finish(step, got) for step in rows.order_by("pk")]
    note(kind=done[0].kind, people=len(done))
    return done


@action("movements.refuse", policies=BY_HAND)
def refuse(actor: Actor, step: Step, *, remark: str) -> Step:
    """Keep that they refused, and why as far as they say."""
    change(step, "refuse", remark=remark)
    return _kept(step)


@action("movements.waive", policies=BY_WORD)
def waive(actor: Actor, step: Step, *, remark: str) -> Step:
    """Keep that a member does not need a step, and why not."""
    if not remark.strip():
        raise RuleBroken(_("Say why it is not needed."), field="remark")
    change(step, "waive", remark=remark)
    return _kept(step)


@action("movements.need", policies=BY_WORD)
def need(actor: Actor, step: Step, *, remark: str = "", by: date | None = None) -> Step:
    """Keep that a member needs a step after all."""
    change(step, "need", remark=remark)
    return _kept(step, due_on=by)


@action("movements.again", policies=BY_HAND)
def again(actor: Actor, step: Step, *, remark: str, by: date | None = None) -> Step:
    """Begin a step once more: what was got ran out or was taken back, or they may be asked again."""
    change(step, "again", remark=remark)
    return _kept(step, due_on=by)


@action("movements.set_interview", policies=BY_HAND)
def set_interview(actor: Actor, step: Step, *, new: NewInterview) -> Interview:
    """Keep when and where a member is asked. A later one takes the place of an earlier one."""
    if not (STEP.allows(step.status, "ask") or step.status == "asked"):
        raise RuleBroken(_("There is nothing to be asked any more: the step is settled."))
    if new.told_on and new.told_on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="told_on")
    if STEP.allows(step.status, "ask"):
        change(step, "ask")
    _kept(step, due_on=timezone.localdate(new.at))
    return Interview.objects.create(
        case=step.case,
        step=step,
        at=new.at,
        venue=new.venue,
        language=new.language,
        interpreter=new.interpreter,
        told_on=new.told_on,
        set_by_id=actor.person_id,
    )


@action("movements.tell_family", policies=(in_sight, still_open))
def tell_family(actor: Actor, interview: Interview, *, on: date) -> Interview:
    """Keep on which day the family was told of an interview."""
    if on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="on")
    interview.told_on = on
    interview.save()
    return interview


def _finish(step: Step, got: Got) -> Step:
    change(
        step,
        "finish",
        on=got.on,
        expires_on=got.expires_on,
        reference=got.reference,
        remark=got.remark,
    )
    return _kept(step)


def _kept(step: Step, *, due_on: date | None = None) -> Step:
    step.due_on = due_on or step.due_on
    step.save()
    note(kind=step.kind)
    return step
