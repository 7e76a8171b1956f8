"""What falls due for a worker by movements: here her families' steps; the other parts say theirs.

Her cases are read first, by themselves: whatever is asked then is asked of their rows alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.assistance.cases.due import Due
from safar.assistance.cases.models import Case
from safar.assistance.cases.queries import work
from safar.assistance.movements.choices import StepKind, StepStatus
from safar.assistance.movements.models import Interview, Step
from safar.assistance.movements.queries import health, journey, left_behind, notices
from safar.core.permissions import Actor

PROGRAMME = "movements"
WORKED = ("referred", "preparing", "booked")
AHEAD = timedelta(days=14)
RUNS_OUT_WITHIN = timedelta(days=30)
OPEN = (StepStatus.TO_DO, StepStatus.ASKED, StepStatus.SENT_BACK)
Cases = Mapping[UUID, Case]


def due(actor: Actor, today: date) -> list[Due]:
    """Everything that falls due for her by movements, from every part of it."""
    return [one for part in PARTS for one in part(actor, today)]


def of_steps(actor: Actor, today: date) -> list[Due]:
    """Steps of the movements that she works, each kind of a family once."""
    own = [one for one in work.own_cases(actor) if one.programme == PROGRAMME]
    cases = {one.pk: one for one in own if one.status in WORKED}
    if not cases:
        return []
    return [
        *_interviews(cases, today),
        *_to_do(cases, today),
        *_running_out(cases, today),
    ]


def _interviews(cases: Cases, today: date) -> Iterable[Due]:
    """Interviews of today and tomorrow."""
    rows = Interview.objects.filter(
        case__in=cases, step__status=StepStatus.ASKED, at__date__gte=today,
        at__date__lte=today + timedelta(days=1),
    ).select_related("step__member__person").prefetch_related("step__member__person__names")  # fmt: skip
    for one in rows:
        at = timezone.localtime(one.at)
        untold = "" if one.told_on else _("nobody has told the family yet")
        interpreter = _("interpreter %(name)s") % {"name": one.interpreter}
        yield Due(
            cases[one.case_id],
            _("Interview of %(name)s, %(venue)s")
            % {"name": one.step.member.person, "venue": one.venue},
            reverse("movements:step", args=[one.step_id]),
            at.date(),
            ", ".join(filter(None, (interpreter if one.interpreter else "", untold))),
            at=at.time().replace(second=0, microsecond=0),
        )


def _to_do(cases: Cases, today: date) -> Iterable[Due]:
    rows = Step.objects.filter(
        case__in=cases, member__left_on=None, status__in=OPEN, due_on__lte=today + AHEAD
    ).exclude(kind=StepKind.INTERVIEW, status=StepStatus.ASKED)  # fmt: skip
    asked: dict[tuple[UUID, str, bool], list[Step]] = defaultdict(list)
    for step in rows.select_related("member__person").prefetch_related("member__person__names"):
        asked[step.case_id, step.kind, step.status == StepStatus.ASKED].append(step)
    for (case_id, kind, waits), steps in asked.items():
        first = min(steps, key=lambda step: step.due_on or today)
        remark = next((step.remark for step in steps if step.remark), "")
        yield Due(
            cases[case_id],
            _whose(kind, steps),
            _page_of(steps),
            first.due_on,
            remark,
            waits_for=_who_answers(kind) if waits else "",
            begun=first.status == StepStatus.SENT_BACK,
            waits_since=first.asked_on if waits else None,
        )


def _running_out(cases: Cases, today: date) -> Iterable[Due]:
    """What is done and ends within the next weeks, or has ended, before they have left."""
    rows = Step.objects.filter(
        case__in=cases, member__left_on=None, status=StepStatus.DONE,
        expires_on__lte=today + RUNS_OUT_WITHIN,
    ).select_related("member__person").prefetch_related("member__person__names")  # fmt: skip
    ends: dict[tuple[UUID, str], list[Step]] = defaultdict(list)
    for step in rows:
        ends[step.case_id, step.kind].append(step)
    for (case_id, kind), steps in ends.items():
        first = min(steps, key=lambda step: step.expires_on or today)
        until = first.expires_on or today
        words = _("ran out") if until < today else _("runs out")
        about = f"{words} {date_format(until, 'j F')}"
        title = _("Renew %(what)s") % {"what": _whose(kind, steps)}
        yield Due(cases[case_id], title, _page_of(steps), until, about)


def _whose(kind: str, steps: list[Step]) -> str:
    label, name = str(StepKind(kind).label), str(steps[0].member.person)
    if len(steps) == 1:
        return f"{label}: {name}"
    more = ngettext("%(name)s and %(n)s more", "%(name)s and %(n)s more", len(steps) - 1)
    return f"{label}: {more % {'name': name, 'n': len(steps) - 1}}"


def _page_of(steps: list[Step]) -> str:
    if len(steps) == 1:
        return reverse("movements:step", args=[steps[0].pk])
    return reverse("movements:case", args=[steps[0].case_id])


def _who_answers(kind: str) -> str:
    return {
        StepKind.EXIT_PERMISSION: _("the migration service"),
        StepKind.VISA: _("the embassy"),
        StepKind.TRANSIT_VISA: _("the embassy of the transit state"),
        StepKind.TRAVEL_DOCUMENT: _("whoever issues the document"),
        StepKind.MEDICAL: _("the clinic"),
    }.get(StepKind(kind), _("the receiving state"))


PARTS: tuple[Callable[[Actor, date], list[Due]], ...] = (
    of_steps,
    health.due,
    journey.due,
    notices.due,
    left_behind.due,
)
