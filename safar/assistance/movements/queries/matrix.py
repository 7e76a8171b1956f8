"""People and steps as a table: how each step of each member stands, and until when it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.queries.case_page import Member
from safar.assistance.movements.choices import Fitness, NeedOnBoard, StepKind, StepStatus
from safar.assistance.movements.models import Interview, Step, TravelHealth
from safar.assistance.movements.queries.family import Family, given_name
from safar.assistance.movements.rules.readiness import FIT, SETTLED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Steps of the whole family, or over before the others begin: they stand in the list of tasks.
OF_THE_FAMILY = frozenset({StepKind.DECISION, StepKind.LOAN})
# Steps that are of no more interest once they are done, and hold.
ONCE = frozenset({StepKind.INTERVIEW, StepKind.SECURITY})
CHECKED_WITHIN = timedelta(days=3)  # IOM: between 24 and 72 hours before departure


@dataclass(frozen=True)
class Cell:
    """How a step stands: a word with its shape, a note, and the page where it is changed."""

    word: "StrOrPromise"
    note: "StrOrPromise" = ""
    tone: str = ""
    icon: str = ""
    url: str = ""
    head: "StrOrPromise" = ""  # of its column, for a narrow screen where the table is a list


@dataclass(frozen=True)
class Row:
    """A member, and a cell for each step of the table; None where she has no such step."""

    name: str
    about: str
    cells: list[Cell | None]


def table(family: Family) -> tuple[list[str], list[Row]]:
    """The heads of the steps and a row for each member."""
    kinds = shown_kinds(family)
    rows = [
        Row(given_name(member), about(member), [_cell_of(family, member, one) for one in kinds])
        for member in family.members
    ]
    return [str(StepKind(kind).label) for kind in kinds], rows


def shown_kinds(family: Family) -> list[str]:
    """The steps of the table in the scheme's order; some only while there is something to say."""
    found: dict[str, list[Step]] = {}
    for steps in family.steps.values():
        for step in steps:
            found.setdefault(step.kind, []).append(step)
    ordered = sorted(found.items(), key=lambda item: item[1][0].number)
    return [kind for kind, steps in ordered if _is_shown(family, kind, steps)]


def _is_shown(family: Family, kind: str, steps: list[Step]) -> bool:
    if kind in OF_THE_FAMILY:
        return False
    if kind == StepKind.PREFLIGHT:
        return checks_now(family) or any(step.status == StepStatus.DONE for step in steps)
    if kind not in ONCE:
        return True
    settled = all(step.status in SETTLED for step in steps)
    return not settled or any(step.expires_on and step.expires_on < family.day for step in steps)


def checks_now(family: Family) -> bool:
    """Whether the check before the flight can be made by now: it is made in the last days."""
    return family.leaves is not None and family.leaves - family.today <= CHECKED_WITHIN


def about(member: Member) -> str:
    """Her age, and her place in the family."""
    role = str(MemberRole(member.row.role).label).lower()
    return role if member.age is None else f"{member.age}, {role}"


def _cell_of(family: Family, member: Member, kind: str) -> Cell | None:
    step = next((one for one in family.steps.get(member.row.pk, ()) if one.kind == kind), None)
    if step is None:
        return None
    health = family.health.get(member.row.pk) if kind == StepKind.MEDICAL else None
    found = cell(step, family.day, family.leaves, family.today, health, family.interviews)
    return replace(found, head=step.get_kind_display())


def cell(
    step: Step,
    day: date,
    leaves: date | None,
    today: date,
    health: TravelHealth | None = None,
    interviews: Mapping[UUID, Interview] | None = None,
) -> Cell:
    """How one step of one member stands for a flight on a day."""
    url = reverse("movements:step", args=[step.pk])
    if health is not None and health.fitness in (Fitness.HELD, Fitness.NOT_FIT):
        return Cell(health.get_fitness_display(), _again(health), "hold", "hold", url)
    if step.status == StepStatus.DONE:
        return _done(step, day, leaves, health, url)
    if step.status == StepStatus.NOT_NEEDED:
        return Cell(step.get_status_display(), step.remark, "", "tick", url)
    interview = (interviews or {}).get(step.pk)
    tone, icon, word = _open(step, today)
    note = _due_note(step)
    if interview and step.status == StepStatus.ASKED:
        word, note = date_format(localtime(interview.at), "j M, H:i"), interview.venue
    return Cell(word, note, tone, icon, url)


def _done(
    step: Step, day: date, leaves: date | None, health: TravelHealth | None, url: str
) -> Cell:
    ends = step.expires_on
    if health is not None and health.fitness in FIT and health.holds_until:
        ends = min(ends, health.holds_until) if ends else health.holds_until
    if ends and ends < day:
        return Cell(
            _("Runs out %(day)s") % {"day": date_format(ends, "j M")} if leaves else _("Ran out"),
            too_early((day - ends).days) if leaves else date_format(ends, "j M Y"),
            "hold",
            "hold",
            url,
        )
    if health is not None and health.needs:
        note = ", ".join(str(NeedOnBoard(one).label) for one in health.needs)
    elif ends:
        note = _("to %(day)s") % {"day": date_format(ends, "j M Y")}
    else:
        note = step.remark or (date_format(step.done_on, "j M Y") if step.done_on else "")
    return Cell(step.get_status_display(), note, "", "tick", url)


def too_early(days: int) -> str:
    """How many days before the flight something ends."""
    return ngettext("%(n)s day before the flight", "%(n)s days before the flight", days) % {
        "n": days
    }


def _open(step: Step, today: date) -> "tuple[str, str, StrOrPromise]":
    """Tone, shape and word of a step that is still to be done."""
    if step.status == StepStatus.REFUSED:
        return "hold", "hold", step.get_status_display()
    if step.status == StepStatus.ASKED:
        asked = date_format(step.asked_on, "j M") if step.asked_on else ""
        return "check", "clock", _("Asked %(day)s") % {"day": asked}
    if step.status == StepStatus.SENT_BACK:
        return "check", "half", step.get_status_display()
    if step.due_on and step.due_on < today:
        return "check", "clock", _("Late")
    return "", "minus", step.get_status_display()


def _due_note(step: Step) -> str:
    day = date_format(step.due_on, "j M") if step.due_on else ""
    if step.status in (StepStatus.REFUSED, StepStatus.SENT_BACK):
        new = _("new one due %(day)s") % {"day": day}
        sent_back = day and step.status == StepStatus.SENT_BACK
        return ", ".join(filter(None, (step.remark, new if sent_back else "")))
    if not day:
        return step.remark
    if step.status == StepStatus.ASKED:
        return _("answer due %(day)s") % {"day": day}
    return _("due %(day)s") % {"day": day}


def _again(health: TravelHealth) -> str:
    if not health.look_again_on:
        return ""
    return _("looked at again %(day)s") % {"day": date_format(health.look_again_on, "j M")}
