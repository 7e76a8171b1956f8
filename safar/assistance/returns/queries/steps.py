"""What was done in a return and what is to be done: the task list of its page."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safar.assistance.cases.choices.work import FollowUpStatus
from safar.assistance.returns.choices import Order
from safar.assistance.returns.models import ReturnFile
from safar.assistance.returns.queries.files import Traveller
from safar.assistance.returns.rules import ASSESSMENT, FOLLOW_UP
from safar.assistance.returns.workflow import BEFORE_DEPARTURE, BEYOND_DECLARATION, DECLARED
from safar.core.action import can
from safar.core.permissions import Actor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Step:
    """A line of the task list, as the component `tasks` draws it."""

    label: "StrOrPromise"
    status: "StrOrPromise"
    tone: str = "check"
    url: str = ""
    note: "StrOrPromise" = ""
    done: bool = False  # drawn quietly: completed, or not to be begun yet


def steps(
    actor: Actor, file: ReturnFile, people: list[Traveller], why_not: "StrOrPromise"
) -> list[Step]:
    """The steps in their order. One that cannot be done yet has no link."""
    return [
        _counselling(actor, file),
        _order(actor, file),
        *_screenings(actor, file, people),
        *_declarations(actor, file, people),
        _declared(actor, file, people, why_not),
        _travel(actor, file, why_not),
        _departure(actor, file, why_not),
        _arrival(actor, file),
        _plan(actor, file),
        *_visits(actor, file),
        _help(actor, file),
        _completion(actor, file),
    ]


def _link(actor: Actor, file: ReturnFile, action: str, step: str, person: object = None) -> str:
    if file.case.closed_on or not actor.may(action):
        return ""
    where = f"?person={person}" if person else ""
    return reverse("returns:step", args=[file.case_id, step]) + where


def _counselling(actor: Actor, file: ReturnFile) -> Step:
    if file.case.status == "referred":
        link = _link(actor, file, "returns.counsel", "counsel")
        return Step(_("Begin counselling"), _("Still to do"), url=link)
    return Step(_("Counselling"), _("Completed"), done=True)


def _order(actor: Actor, file: ReturnFile) -> Step:
    label = _("Ask about a deportation order")
    if file.order == Order.UNKNOWN:
        return Step(
            label, _("Still to do"), url=_link(actor, file, "returns.record_order", "order")
        )
    if file.order == Order.STANDS:
        return Step(label, _("One stands"), "stop", note=_("No help to return is lawful."))
    link = _link(actor, file, "returns.record_order", "order")
    return Step(label, _("None stands"), url=link, done=True)


def _screenings(actor: Actor, file: ReturnFile, people: list[Traveller]) -> list[Step]:
    made = []
    rows = file.case.follow_ups.filter(code__startswith=ASSESSMENT, status=FollowUpStatus.DUE)
    assessments = dict(rows.values_list("person", "pk"))
    for one in people:
        label = _("Questions on vulnerability: %(name)s") % {"name": one.member.person}
        link = _link(actor, file, "returns.screen", "screen", one.member.person_id)
        due = assessments.get(one.member.person_id)
        if one.screening is None:
            made.append(Step(label, _("Still to do"), url=link))
        elif due is not None:
            link = reverse("cases:follow_up", args=[due])
            note = _("A yes was given: a full assessment is due before anything is booked.")
            made.append(Step(label, _("Needs an assessment"), "hold", link, note))
        else:
            made.append(Step(label, _("Completed"), url=link, done=True))
    return made


def _declarations(actor: Actor, file: ReturnFile, people: list[Traveller]) -> list[Step]:
    made = []
    may = file.case.status in BEFORE_DEPARTURE and can(actor, "returns.sign", file.case)
    taken = set(file.case.declarations.exclude(withdrawn_on=None).values_list("person", flat=True))
    for one in people:
        label = _("Declaration of %(name)s") % {"name": one.member.person}
        if one.declaration:
            link = _link(actor, file, "returns.withdraw", "withdraw", one.member.person_id)
            day = date_format(one.declaration.signed_on)
            note = _("Signed on %(day)s. It may be taken back at any time.") % {"day": day}
            made.append(Step(label, _("Signed"), url=link, note=note, done=True))
        elif one.member.person_id in taken and file.case.status not in BEFORE_DEPARTURE:
            made.append(Step(label, _("Taken back"), done=True))
        else:
            link = _link(actor, file, "returns.sign", "sign", one.member.person_id) if may else ""
            status = _("Still to do") if may else _("Cannot start yet")
            made.append(Step(label, status, url=link, done=not may))
    return made


def _declared(
    actor: Actor, file: ReturnFile, people: list[Traveller], why_not: "StrOrPromise"
) -> Step:
    if file.case.status in BEYOND_DECLARATION or file.case.status == "completed":
        return Step(_("Everybody has declared"), _("Completed"), done=True)
    label = _("Everybody has declared")
    if file.case.status != "counselling" or not all(one.declaration for one in people):
        return Step(label, _("Cannot start yet"))
    link = _link(actor, file, "returns.declare", "declare")
    return _towards(Step(label, _("Still to do")), link, why_not)


def _towards(todo: Step, link: str, why_not: "StrOrPromise") -> Step:
    """A step towards the flight: to be done, or held with what stands in the way of the return."""
    if why_not:
        return replace(todo, status=_("Cannot start yet"), tone="hold", note=why_not)
    return replace(todo, url=link)


def _travel(actor: Actor, file: ReturnFile, why_not: "StrOrPromise") -> Step:
    label = _("Arrange the flight and who meets it")
    if file.case.status in DECLARED:
        done = file.case.status == "travel_arranged"
        todo = Step(label, _("Arranged") if done else _("Still to do"), done=done)
        link = _link(actor, file, "returns.arrange_travel", "flight")
        return _towards(todo, link, why_not)
    return _past_or_locked(file, label, {"referred", "counselling"})


def _departure(actor: Actor, file: ReturnFile, why_not: "StrOrPromise") -> Step:
    label = _("Confirm the departure")
    if file.case.status == "travel_arranged":
        link = _link(actor, file, "returns.depart", "depart")
        return _towards(Step(label, _("Still to do")), link, why_not)
    return _past_or_locked(file, label, {"referred", "counselling", "declared"})


def _arrival(actor: Actor, file: ReturnFile) -> Step:
    label = _("Receive them at the airport")
    if file.case.status == "departed":
        return Step(label, _("Still to do"), url=_link(actor, file, "returns.receive", "receive"))
    before = {"referred", "counselling", "declared", "travel_arranged"}
    return _past_or_locked(file, label, before)


def _plan(actor: Actor, file: ReturnFile) -> Step:
    label = _("Weigh what can work, and choose")
    if file.case.status in ("arrived", "reintegrating"):
        link = _link(actor, file, "returns.weigh", "weigh")
        done = file.case.status == "reintegrating"
        return Step(label, _("Chosen") if done else _("Still to do"), url=link, done=done)
    before = {"referred", "counselling", "declared", "travel_arranged", "departed"}
    return _past_or_locked(file, label, before)


def _visits(actor: Actor, file: ReturnFile) -> list[Step]:
    reported = set(file.case.mission_reports.values_list("follow_up", flat=True))
    made = []
    for visit in file.case.follow_ups.filter(code__startswith=FOLLOW_UP.format("")):
        page = reverse("cases:follow_up", args=[visit.pk])
        if visit.status == FollowUpStatus.DUE:
            note = _("between {first} and {last}").format(
                first=date_format(visit.due_from), last=date_format(visit.due_to)
            )
            made.append(Step(visit.title, _("Still to do"), url=page, note=note))
        elif visit.pk in reported:
            made.append(Step(visit.title, _("Reported"), url=page, done=True))
        else:
            link = reverse("returns:report_visit", args=[visit.pk])
            link = link if actor.may("returns.report_visit") else page
            note = _("Report it to the mission.")
            made.append(Step(visit.title, visit.get_status_display(), "hold", link, note))
    return made


def _help(actor: Actor, file: ReturnFile) -> Step:
    label = _("Every tranche is paid")
    if file.case.status == "reintegrating":
        return Step(
            label, _("Still to do"), url=_link(actor, file, "returns.finish_help", "finish")
        )
    done = file.case.status in ("monitored", "completed")
    return Step(label, _("Completed") if done else _("Cannot start yet"), done=True)


def _completion(actor: Actor, file: ReturnFile) -> Step:
    label = _("Close the return")
    if file.case.status == "monitored":
        return Step(label, _("Still to do"), url=_link(actor, file, "returns.complete", "complete"))
    done = file.case.closed_on is not None
    return Step(label, _("Completed") if done else _("Cannot start yet"), done=True)


def _past_or_locked(file: ReturnFile, label: str, before: set[str]) -> Step:
    if file.case.status in before or file.case.status == "ended":
        why = _("Cannot start yet") if file.case.closed_on is None else _("Not done")
        return Step(label, why, done=True)
    return Step(label, _("Completed"), done=True)
