"""The steps of each member, made from what the scheme asks of her age and place in the family."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.models import CaseMember
from safar.assistance.movements.choices import StepKind, StepStatus
from safar.assistance.movements.models import MovementFile, SchemeStep, Step
from safar.assistance.movements.rules.needed import AGE, why_not_needed

# What the receiving state asks for before it decides; all else is asked for once it has accepted.
BEFORE_ACCEPTANCE = frozenset({StepKind.INTERVIEW})


def make_missing_steps(file: MovementFile) -> list[Step]:
    """Give every member of the case the steps that she does not have yet."""
    asked = [one for one in file.scheme.steps.all() if _asked_by_now(file, one)]
    have = set(Step.objects.filter(case=file.case_id).values_list("member", "kind"))
    members = file.case.members.filter(left_on=None).select_related("person")
    made = [
        _step(file, member, one)
        for member in members.order_by("pk")
        for one in asked
        if (member.pk, one.kind) not in have
    ]
    Step.objects.bulk_create(made)
    return made


def first_steps(file: MovementFile, members: Iterable[CaseMember]) -> list[Step]:
    """The steps of members who have none yet; whoever asks for many cases writes them at once."""
    asked = [one for one in file.scheme.steps.all() if _asked_by_now(file, one)]
    return [_step(file, member, one) for member in members for one in asked]


def _asked_by_now(file: MovementFile, asked: SchemeStep) -> bool:
    return file.accepted_on is not None or asked.kind in BEFORE_ACCEPTANCE


def _step(file: MovementFile, member: CaseMember, asked: SchemeStep) -> Step:
    begun = file.accepted_on or timezone.localdate()
    why_not = why_not_needed(
        member.person.birth,
        begun,
        from_age=asked.from_age,
        for_applicant_only=asked.for_applicant_only,
        is_applicant=member.role == MemberRole.APPLICANT,
    )
    step = Step(
        case=file.case,
        member=member,
        kind=asked.kind,
        number=asked.number,
        needs_expiry=asked.expires,
        due_on=begun + timedelta(days=asked.days) if asked.days is not None else None,
    )
    if why_not:
        step.status, step.due_on = StepStatus.NOT_NEEDED, None
        step.remark = (
            gettext("under %(age)s") % {"age": asked.from_age}
            if why_not == AGE
            else gettext("applicant")
        )
    elif asked.kind == StepKind.DECISION and file.accepted_on:
        step.status, step.done_on = StepStatus.DONE, file.accepted_on
        step.reference = file.state_reference
    return step


def unsettled(file: MovementFile, kinds: Iterable[str]) -> list[Step]:
    """Steps of these kinds that are neither done nor superfluous, of whoever has not left."""
    settled = (StepStatus.DONE, StepStatus.NOT_NEEDED)
    rows = Step.objects.filter(case=file.case_id, kind__in=kinds, member__left_on=None)
    return list(rows.exclude(status__in=settled).select_related("member__person"))


def past(day: date) -> bool:
    return day <= timezone.localdate()
