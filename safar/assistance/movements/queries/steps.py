"""What is to be done before a departure, in the order of due, and each step's own page."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.assistance.cases.models import Case
from safar.assistance.movements.choices import ELSEWHERE, StepKind, StepStatus
from safar.assistance.movements.models import MovementFile, SchemeStep, Step
from safar.assistance.movements.queries.family import Family
from safar.assistance.movements.queries.matrix import table
from safar.assistance.movements.rules.months import months_later
from safar.assistance.movements.rules.readiness import SETTLED
from safar.core.permissions import Actor
from safar.core.record import get_visible

NAMED = 2  # so many are named in a task; of more it is said how many they are


@dataclass(frozen=True)
class ToDo:
    """A step as a task of the family: whose it still is, and how it stands."""

    kind: str
    steps: list[Step]
    missing: list[Step]

    @property
    def due_on(self) -> date | None:
        return min(
            (one.due_on for one in self.missing if one.due_on and one.status not in SETTLED),
            default=None,
        )

    @property
    def ends_on(self) -> date | None:
        """When the first of those that are done ends, too early."""
        done = (one for one in self.missing if one.status == StepStatus.DONE)
        return min((one.expires_on for one in done if one.expires_on), default=None)

    @property
    def order(self) -> date:
        """What ends too early comes first, then what is due; what is due some day comes last."""
        return date.min if self.ends_on else self.due_on or date.max


def part(family: Family) -> dict[str, Any]:
    """The table of people and steps, and the tasks before departure."""
    heads, rows = table(family)
    found = to_do(family)
    open_ones = [one for one in found if one.missing]
    done = [one for one in found if not one.missing]
    open_ones.sort(key=lambda one: one.order)
    return {
        "heads": heads,
        "rows": rows,
        "tasks": [_row(family, one) for one in open_ones],
        "done": [_row(family, one) for one in done],
        "task_count": len(found),
        "done_count": len(done),
    }


def to_do(family: Family) -> list[ToDo]:
    """Each step of the scheme once, with those of the family who still need it."""
    kinds: dict[str, list[Step]] = {}
    for member in family.members:
        for step in family.steps.get(member.row.pk, ()):
            kinds.setdefault(step.kind, []).append(step)
    ordered = sorted(kinds.items(), key=lambda item: item[1][0].number)
    return [
        ToDo(kind, steps, [one for one in steps if _is_missing(family, one)])
        for kind, steps in ordered
    ]


def _is_missing(family: Family, step: Step) -> bool:
    """Not done, or done and over before the flight."""
    over = step.expires_on is not None and step.expires_on < family.day
    return step.status not in SETTLED or (step.status == StepStatus.DONE and over)


def step(actor: Actor, key: UUID) -> Step:
    rows = Step.objects.select_related("case", "member__person")
    return get_visible(rows.prefetch_related("member__person__names"), actor, key)


def open_steps(case: Case, kind: str) -> list[Step]:
    """Who of a family still needs a step that is done by hand."""
    rows = Step.objects.filter(case=case, kind=kind, member__left_on=None)
    rows = rows.exclude(status__in=(*SETTLED, StepStatus.REFUSED)).exclude(kind__in=ELSEWHERE)
    found = rows.select_related("member__person").prefetch_related("member__person__names")
    return list(found.order_by("member__joined_on", "member"))


def scheme_step(found: Step) -> SchemeStep | None:
    """What the scheme says of a step: its papers, for how long it usually holds."""
    rows = SchemeStep.objects.filter(kind=found.kind, scheme__in=_scheme_of(found.case_id))
    return rows.first()


def usually_until(found: Step) -> date | None:
    """Until when what is got today usually holds, by the scheme."""
    asked = scheme_step(found)
    if asked is None or asked.valid_months is None:
        return None
    return months_later(timezone.localdate(), asked.valid_months)


def _scheme_of(case_id: UUID) -> "QuerySet[MovementFile]":
    return MovementFile.objects.filter(case=case_id).values("scheme")  # type: ignore[return-value]


def _row(family: Family, one: ToDo) -> dict[str, Any]:
    """A task as the component draws it."""
    label = str(StepKind(one.kind).label)
    status, tone, icon = _status(one, family.today)
    return {
        "url": _url(family, one),
        "label": f"{label}: {_whose(family, one)}" if one.missing else label,
        "note": _note(one),
        "done": not one.missing,
        "status": status,
        "tone": tone,
        "icon": icon,
    }


def _whose(family: Family, one: ToDo) -> str:
    names = [family.name_of(step.member_id) for step in one.missing]
    if len(names) > 1 and len(names) == len(family.members):
        return _("everybody")
    more = len(names) - NAMED
    if more <= 0:
        return ", ".join(names)
    first = ", ".join(names[:NAMED])
    words = ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more)
    return words % {"names": first, "n": more}


def _note(one: ToDo) -> str:
    """When it is due, and the first remark."""
    if not one.missing:
        return ""
    due = one.due_on
    remark = next((step.remark for step in one.missing if step.remark), "")
    said = ""
    if due and one.kind == StepKind.INTERVIEW:
        said = date_format(due, "j E")
    elif due and all(step.status == StepStatus.ASKED for step in one.missing):
        said = _("they answer by %(day)s") % {"day": date_format(due, "j E")}
    elif due:
        said = _("due %(day)s") % {"day": date_format(due, "j E")}
    return " · ".join(filter(None, (said, remark)))


def _status(one: ToDo, today: date) -> tuple[str, str, str]:
    """Word, tone and shape: what weighs most of those who still need it."""
    states, due = {step.status for step in one.missing}, one.due_on
    if not states:
        return _("Completed"), "", ""
    if ends := one.ends_on:
        words = _("Ran out %(day)s") if ends < today else _("Runs out %(day)s")
        return words % {"day": date_format(ends, "j M")}, "hold", "hold"
    if StepStatus.REFUSED in states:
        return str(StepStatus.REFUSED.label), "hold", "hold"
    if due and due <= today:
        return _late((today - due).days)
    return _begun(one, states)


def _late(days: int) -> tuple[str, str, str]:
    if not days:
        return _("Due today"), "hold", "hold"
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}, "check", "clock"


def _begun(one: ToDo, states: set[str]) -> tuple[str, str, str]:
    if StepStatus.SENT_BACK in states:
        return str(StepStatus.SENT_BACK.label), "info", "half"
    if states == {StepStatus.ASKED}:
        return _("Waiting"), "check", "clock"
    if StepStatus.ASKED in states or any(step.status == StepStatus.DONE for step in one.steps):
        return _("In progress"), "info", "half"
    return _("Not yet started"), "", ""


def _url(family: Family, one: ToDo) -> str:
    if one.kind in ELSEWHERE:
        return elsewhere(family.file.case_id, one.kind)
    if len(one.missing) == 1:
        return reverse("movements:step", args=[one.missing[0].pk])
    if all(step.status in (StepStatus.DONE, StepStatus.REFUSED) for step in one.missing):
        return f"{reverse('movements:case', args=[family.file.case_id])}#people"
    return reverse("movements:steps", args=[family.file.case_id, one.kind])


def elsewhere(case_key: UUID, kind: str) -> str:
    """Where a step is done that no worker ticks off by hand."""
    if kind == StepKind.LOAN:
        return reverse("movements:loan", args=[case_key])
    part = "orientation" if kind == StepKind.ORIENTATION else "health"
    return f"{reverse('movements:case', args=[case_key])}#{part}"
