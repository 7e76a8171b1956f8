"""Writes of the desk: fee, papers set aside, more asked for, checked, sent back, withdrawn."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.applications.actions import Money, record_fee, set_aside
from safar.control.applications.choices import FeeKind
from safar.control.passports import queries
from safar.control.passports.actions.moves import move
from safar.control.passports.choices.applications import OPEN, TO_CHECK, Status
from safar.control.passports.models import Application, Attachment, Fee
from safar.control.passports.policies.applications import in_sight
from safar.control.passports.wording import applications as wording
from safar.core.action import action
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW

BACK = (Status.REFUSED, Status.WITHDRAWN, Status.CANCELLED)  # where money may still be given back


@action("passports.take_fee", policies=(in_sight, by_a_person))
def take_fee(actor: Actor, application: Application, *, money: Money) -> Fee:
    """Recorded a fee that was paid, waived or given back

    Raises:
        RuleBroken: more than is owed or was paid, no receipt or no reason, a receipt used before.
    """
    only_open(application, *(BACK if money.kind == FeeKind.RETURNED else ()))
    return record_fee(actor, application, Fee, money)


@action("passports.set_aside_paper", policies=(in_sight, by_a_person))
def set_aside_paper(actor: Actor, paper: Attachment, *, reason: str) -> Attachment:
    """Set a paper aside: it counts as missing"""
    application = Application.objects.select_for_update().get(pk=paper.application_id)
    if application.status not in TO_CHECK:
        raise InvalidMove(NOT_NOW)
    return set_aside(actor, paper, reason=reason)


@action("passports.ask_more", policies=(in_sight, by_a_person))
def ask_more(actor: Actor, application: Application, *, what: str) -> Application:
    """Asked the applicant for more"""
    if not what.strip():
        raise RuleBroken(_("Write what she is asked for."), field="what")
    _uncheck(application)
    return move(actor, application, "ask_more", note=what.strip())


@action("passports.check", policies=(in_sight, by_a_person))
def check(actor: Actor, application: Application, *, word: str = "") -> Application:
    """Checked an application: another officer decides on it

    Raises:
        RuleBroken: naming what stands before it: papers, the fee, the register, the lists.
    """
    if still := queries.still(application):
        raise RuleBroken(_("Still to be done: %s") % wording.listed(still))
    application.checked_at = timezone.now()
    application.checked_by_id, application.checked_by_name = actor.person_id, actor.name
    return move(actor, application, "check", note=word.strip())


@action("passports.send_back", policies=(in_sight, by_a_person))
def send_back(actor: Actor, application: Application, *, reason: str) -> Application:
    """Sent an application back to be checked again"""
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    _uncheck(application)
    return move(actor, application, "send_back", note=reason.strip())


@action("passports.withdraw", policies=(in_sight, by_a_person))
def withdraw(actor: Actor, application: Application, *, reason: str) -> Application:
    """Took note that the applicant withdrew her application"""
    if not reason.strip():
        raise RuleBroken(_("Write how she told you."), field="reason")
    return move(actor, application, "withdraw", note=reason.strip())


def _uncheck(application: Application) -> None:
    application.checked_at = application.checked_by = None
    application.checked_by_name = ""


def only_open(application: Application, *also: str) -> None:
    if application.status not in (*OPEN, *also):
        raise InvalidMove(NOT_NOW)
