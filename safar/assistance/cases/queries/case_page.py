"""Everything that the page of a case shows, put together from its parts in few statements."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safar.assistance.cases import programmes
from safar.assistance.cases.choices.case import Phase
from safar.assistance.cases.choices.people import NumberOf
from safar.assistance.cases.choices.work import FollowUpStatus
from safar.assistance.cases.due import Happened
from safar.assistance.cases.models import Case, CaseMember, FollowUp, PersonName, Task
from safar.assistance.cases.queries import instruments, money, notes, papers, sharing, work
from safar.core.permissions import Actor

Part = Callable[[Actor, Case], dict[str, Any]]
PARTS: tuple[Part, ...] = (
    money.part,
    papers.part,
    notes.part,
    instruments.part,
    sharing.part,
)
HAPPENED: tuple[Callable[[Actor, Case], list[Happened]], ...] = (
    work.happened,
    money.happened,
    papers.happened,
    notes.happened,
    instruments.happened,
    sharing.happened,
)
SHOWN_EVENTS, SHOWN_DONE = 7, 3
BUTTONS = ("cases.change_case", "cases.hand_over", "cases.cover", "cases.add_task",
           "cases.record_service", "cases.plan_follow_up", "cases.draft_plan")  # fmt: skip
ALSO_CLOSED = ("cases.record_service", "cases.cover")


@dataclass(frozen=True)
class Member:
    """A person of the case as its page names her."""

    row: CaseMember
    name: str
    also: str
    age: int | None


def page(actor: Actor, case: Case) -> dict[str, Any]:
    """The context of the page of a case."""
    programme = programmes.get(case.programme)
    members = members_of(actor, case)
    tasks, follow_ups = work.tasks_of(actor, case), list(work.follow_ups_of(actor, case))
    events = time_line(actor, case)
    return {
        "case": case,
        "programme": programme,
        "members": members,
        "head": head(members),
        "numbers": numbers(members),
        "banner": programme.banner(actor, case) if programme.banner else None,
        "tasks": [task_row(one) for one in tasks if not one.done_at],
        "done": [task_row(one) for one in tasks if one.done_at],
        "task_count": len(tasks),
        "done_count": sum(1 for one in tasks if one.done_at),
        "follow_ups": [follow_up_row(one) for one in follow_ups],
        "plan": work.plan_in_force(actor, case),
        "services": list(work.services_of(actor, case).filter(taken_back_at=None)[:5]),
        "events": [*ahead(tasks, follow_ups), *(event_row(one) for one in events[:SHOWN_EVENTS])],
        "event_count": len(events),
        "may": {name.partition(".")[2]: _may(actor, name, case) for name in BUTTONS},
        "moves": moves(actor, case),
        "own_page": own_page(case),
        **{name: found for part in PARTS for name, found in part(actor, case).items()},
    }


def members_of(actor: Actor, case: Case) -> list[Member]:
    """The people of a case, the applicant first, with names and ages."""
    today = timezone.localdate()
    rows = case.members.select_related("person").prefetch_related(
        "person__names", "person__numbers"
    )
    found = sorted(rows, key=lambda one: (one.left_on is not None, one.role != "applicant", one.pk))
    return [_member(one, today) for one in found]


def _member(row: CaseMember, today: Any) -> Member:
    names = sorted(row.person.names.all(), key=PersonName.rank)
    birth = row.person.birth
    return Member(
        row,
        str(names[0]) if names else _("Name erased"),
        ", ".join(str(one) for one in names[1:3]),
        birth.age_on(today) if birth else None,
    )


def head(members: list[Member]) -> tuple[str, int]:
    """How the case is called in front of those who may open it, and how many people it has."""
    staying = [one for one in members if one.row.left_on is None]
    first = staying[0] if staying else None
    return (first.name if first else _("Nobody yet"), len(staying))


def numbers(members: list[Member]) -> list[tuple[str, str]]:
    """The applicant's numbers with other bodies."""
    known = dict(NumberOf.choices)
    first = members[0].row.person.numbers.all() if members else ()
    return [(str(known.get(one.system, one.system)), one.value) for one in first]


def _may(actor: Actor, name: str, case: Case) -> bool:
    """Whether the button works: the case is in sight, or its page would not be."""
    return actor.may(name) and (case.closed_on is None or name in ALSO_CLOSED)


def moves(actor: Actor, case: Case) -> list[tuple[str, str]]:
    """Moves that the programme leaves to this page, possible from where the case stands."""
    programme = programmes.get(case.programme)
    if not actor.may("cases.move_case"):
        return []
    return [
        (move, str(name))
        for move, name in programme.moves.items()
        if programme.workflow.allows(case.status, move)
    ]


def closes(case: Case, move: str) -> bool:
    """Whether a move ends the case."""
    programme = programmes.get(case.programme)
    after = programme.workflow.moves.get(move, {}).get(case.status, "")
    return programme.phases.get(after) == Phase.CLOSED


def own_page(case: Case) -> str:
    """The programme's own page of the case, where it has one."""
    name = programmes.get(case.programme).page
    return "" if name.startswith("cases:") else reverse(name, args=[case.pk])


def time_line(actor: Actor, case: Case) -> list[Happened]:
    """Everything that happened, newest first."""
    found = [one for part in HAPPENED for one in part(actor, case)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def event_row(one: Happened) -> dict[str, Any]:
    day = timezone.localdate(one.at)
    form = "j M" if day.year == timezone.localdate().year else "j M Y"
    when = _("Today") if day == timezone.localdate() else date_format(day, form)
    return {"when": when, "text": one.title, "note": one.text, "by": one.by, "url": one.url}


def ahead(tasks: list[Task], follow_ups: list[FollowUp]) -> list[dict[str, Any]]:
    """Appointments and follow-ups to come, the farthest on top as on a time line."""
    today = timezone.localdate()
    coming = [(one.due_on, one.title, one.place) for one in tasks
              if one.due_at and one.due_on and one.due_on > today and not one.done_at]  # fmt: skip
    coming += [
        (one.due_from, one.title, str(one.get_kind_display()))
        for one in follow_ups
        if one.status == FollowUpStatus.DUE and one.due_from > today
    ]
    last = sorted(coming, reverse=True)[-2:]
    return [
        {"when": date_format(day, "j M"), "text": text, "note": note, "ahead": True}
        for day, text, note in last
    ]


def task_row(one: Task) -> dict[str, Any]:
    """A task as the component draws it."""
    status, tone, icon = _task_status(one)
    shown = [
        str(one.person) if one.person else "",
        _("due %(day)s") % {"day": date_format(one.due_on, "j E")} if one.due_on else "",
        f"{one.due_at:%H:%M}" if one.due_at else "",
        one.place,
        _("waits for %(whom)s") % {"whom": one.waits_for} if one.waits_for else "",
        str(one.assignee) if one.assignee else "",
    ]
    return {
        "url": reverse("cases:task", args=[one.pk]),
        "label": one.title,
        "note": " · ".join(filter(None, shown)) if not one.done_at else one.remark,
        "done": one.done_at is not None,
        "status": status,
        "tone": tone,
        "icon": icon,
    }


def _task_status(one: Task) -> tuple[str, str, str]:
    today = timezone.localdate()
    if one.done_at:
        return (str(one.get_outcome_display()), "", "")
    if one.stops:
        return (_("Stops %(what)s") % {"what": one.stops}, "hold", "hold")
    if one.waits_for:
        return (_("Waiting"), "check", "clock")
    if one.due_on and one.due_on < today:
        return (work.days_late((today - one.due_on).days), "check", "clock")
    if one.due_on == today:
        return (_("Due today"), "hold", "hold")
    if one.begun_at:
        return (_("In progress"), "info", "half")
    return (_("Not yet started"), "", "")


def follow_up_row(one: FollowUp) -> dict[str, Any]:
    tones = {FollowUpStatus.DUE: "info", FollowUpStatus.DONE: "clear"}
    today, late = timezone.localdate(), one.status == FollowUpStatus.DUE
    tone = "check" if late and one.due_to < today else tones.get(FollowUpStatus(one.status), "")
    tries: int = getattr(one, "tries", 0)
    shown = [
        str(one.person) if one.person else "",
        f"{date_format(one.due_from, 'j M')} – {date_format(one.due_to, 'j M Y')}",
        str(one.get_kind_display()),
        _("tried %(n)s times") % {"n": tries} if tries else "",
    ]
    return {
        "url": reverse("cases:follow_up", args=[one.pk]),
        "label": one.title,
        "note": " · ".join(filter(None, shown)),
        "done": one.status == FollowUpStatus.DONE,
        "status": one.get_status_display(),
        "tone": tone,
    }
