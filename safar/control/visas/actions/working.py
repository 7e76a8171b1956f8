"""Writes of the desk: fee, lists, interview, papers set aside, more asked for, prepared."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.applications import actions as applications
from safar.control.applications.actions import Money, record_fee
from safar.control.applications.choices import FeeKind
from safar.control.visas import queries
from safar.control.visas.actions.moves import move
from safar.control.visas.choices.applications import OPEN, Status
from safar.control.visas.models import (
    Application,
    Fee,
    Interview,
    Paper,
    Screening,
    ScreeningMatch,
)
from safar.control.visas.policies.applications import in_sight
from safar.control.visas.wording import applications as wording
from safar.core.action import action
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW

BACK = (Status.REFUSED, Status.WITHDRAWN)  # where money may still be given back


@action("visas.take_fee", policies=(in_sight, by_a_person))
def take_fee(actor: Actor, application: Application, *, money: Money) -> Fee:
    """Recorded a fee that was paid, waived or given back

    Raises:
        RuleBroken: more than is owed or was paid, no receipt or no reason, a receipt used before.
    """
    _only_open(application, *(BACK if money.kind == FeeKind.RETURNED else ()))
    return record_fee(actor, application, Fee, money)


@action("visas.screen", policies=(in_sight, by_a_person))
def screen(actor: Actor, application: Application) -> Screening:
    """Asked the lists for the applicant

    What was judged of the same entry, unchanged since, for the same person, holds on.
    """
    _only_open(application)
    person = queries.person_of(application)
    before = ScreeningMatch.objects.filter(application=application)
    return applications.ask_lists(actor, application, person, Screening, before)


@action("visas.judge_match", policies=(in_sight, by_a_person))
def judge_match(
    actor: Actor, match: ScreeningMatch, *, outcome: str, reason: str
) -> ScreeningMatch:
    """Judged whether an applicant is the person of a list entry"""
    _only_open(_locked(match))
    return applications.judge_listed(actor, match, outcome=outcome, reason=reason)


@action("visas.hold_interview", policies=(in_sight, by_a_person))
def hold_interview(
    actor: Actor, application: Application, *, held_on: date, language: str, text: str
) -> Interview:
    """Wrote down an interview with the applicant"""
    _only_open(application)
    if held_on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="held_on")
    return Interview.objects.create(
        application=application,
        held_on=held_on,
        language=language.strip(),
        text=text.strip(),
        at=timezone.now(),
        by_id=actor.person_id,
        by_name=actor.name,
    )


@action("visas.set_aside_paper", policies=(in_sight, by_a_person))
def set_aside_paper(actor: Actor, paper: Paper, *, reason: str) -> Paper:
    """Set a paper aside: it counts as missing"""
    _only_open(_locked(paper))
    return applications.set_aside(actor, paper, reason=reason)


@action("visas.ask_more", policies=(in_sight, by_a_person))
def ask_more(actor: Actor, application: Application, *, what: str) -> Application:
    """Asked the applicant for more"""
    if not what.strip():
        raise RuleBroken(_("Write what she is asked for: she reads these words."), field="what")
    _unprepare(application)
    return move(actor, application, "ask_more", note=what.strip())


@action("visas.prepare", policies=(in_sight, by_a_person))
def prepare(actor: Actor, application: Application, *, word: str = "") -> Application:
    """Prepared an application for the decision of another officer

    Raises:
        RuleBroken: naming what stands before it: papers, the fee, the interview, the lists.
    """
    if still := queries.still(application):
        raise RuleBroken(_("Still to be done: %s") % wording.listed(still))
    application.prepared_at = timezone.now()
    application.prepared_by_id, application.prepared_by_name = actor.person_id, actor.name
    return move(actor, application, "prepare", note=word.strip())


@action("visas.send_back", policies=(in_sight, by_a_person))
def send_back(actor: Actor, application: Application, *, reason: str) -> Application:
    """Sent an application back to be prepared again"""
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    _unprepare(application)
    return move(actor, application, "send_back", note=reason.strip())


@action("visas.withdraw", policies=(in_sight,))
def withdraw(actor: Actor, application: Application, *, reason: str = "") -> Application:
    """Took note that the applicant withdrew her application"""
    if actor.user_id and not reason.strip():
        raise RuleBroken(_("Write how she told you."), field="reason")
    return move(actor, application, "withdraw", note=reason.strip())


def _unprepare(application: Application) -> None:
    application.prepared_at = application.prepared_by = None
    application.prepared_by_name = ""


def _locked(of: Paper | ScreeningMatch) -> Application:
    """Its application under a row lock: nobody decides on it meanwhile."""
    return Application.objects.select_for_update().get(pk=of.application_id)


def _only_open(application: Application, *also: str) -> None:
    if application.status not in (*OPEN, *also):
        raise InvalidMove(NOT_NOW)
