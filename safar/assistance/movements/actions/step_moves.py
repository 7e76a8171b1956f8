"""A step of a member moves, inside the action that knows why: an examination, a signed note …"""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import CaseMember
from safar.assistance.movements.choices import StepStatus
from safar.assistance.movements.models import Step
from safar.assistance.movements.workflow import STEP
from safar.core.errors import RuleBroken


def move_step(
    case_id: UUID,
    member: CaseMember | UUID,
    kind: str,
    move: str,
    *,
    on: date | None = None,
    expires_on: date | None = None,
    remark: str = "",
    reference: str = "",
) -> Step | None:
    """Move one member's step inside the action that runs; `on` is today if nobody says otherwise.

    What is done or refused, and is finished anew, begins again first. What is to be done
    already does not begin again.

    Returns:
        None where the member has no such step, or does not need it.

    Raises:
        InvalidMove: the step cannot move so from where it stands.
        RuleBroken: the day is to come, or the end of validity is missing or before it.
    """
    key = member.pk if isinstance(member, CaseMember) else member
    steps = Step.objects.select_for_update().filter(case=case_id, member=key, kind=kind)
    step = steps.first()
    if step is None or (step.status == StepStatus.NOT_NEEDED and move != "need"):
        return None
    if move == "again" and step.status == StepStatus.TO_DO:
        return step
    if move == "finish" and STEP.allows(step.status, "again"):
        change(step, "again")
    change(step, move, on=on, expires_on=expires_on, remark=remark, reference=reference)
    step.save()
    return step


def change(
    step: Step,
    move: str,
    *,
    on: date | None = None,
    expires_on: date | None = None,
    remark: str = "",
    reference: str = "",
) -> None:
    """Move a step and what is known of it, without saving it."""
    STEP.move(step, move)
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="on")
    if move in ("again", "waive", "need"):
        step.asked_on = step.done_on = step.expires_on = None
        step.reference = ""
    if move == "ask":
        step.asked_on = day
    if move == "finish":
        _require_end(step, day, expires_on)
        step.done_on, step.expires_on = day, expires_on
    step.reference = reference or step.reference
    step.remark = remark


def _require_end(step: Step, day: date, expires_on: date | None) -> None:
    if step.needs_expiry and expires_on is None:
        raise RuleBroken(_("Say until when it holds."), field="expires_on")
    if expires_on is not None and expires_on < day:
        raise RuleBroken(_("It would end before the day on which it was done."), field="expires_on")
