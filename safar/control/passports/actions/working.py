"""Writes of the desk: fee, papers set aside, more asked for, checked, sent back, withdrawn."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.passports import queries
from safar.control.passports.actions.moves import move
from safar.control.passports.choices.applications import OPEN, TO_CHECK, FeeKind, Status
from safar.control.passports.models import Application, Attachment, Fee
from safar.control.passports.policies.applications import by_a_person, in_sight
from safar.control.passports.wording import applications as wording
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW


@dataclass(frozen=True)
class Money:
    """What was paid, waived or given back; `receipt` or `reason` as the kind needs it."""

    kind: str
    amount: Decimal
    receipt: str = ""
    reason: str = ""


@action("passports.take_fee", policies=(in_sight, by_a_person))
def take_fee(actor: Actor, application: Application, *, money: Money) -> Fee:
    """Recorded a fee that was paid, waived or given back

    Raises:
        RuleBroken: another amount than is due, no receipt or no reason, a receipt used before.
    """
    back = (Status.REFUSED, Status.WITHDRAWN) if money.kind == FeeKind.RETURNED else ()
    only_open(application, *back)
    receipt, reason = money.receipt.strip().upper(), money.reason.strip()
    _refuse_money(application, money, receipt, reason)
    fee = Fee(
        application=application,
        kind=FeeKind(money.kind),
        amount=money.amount,
        currency=application.currency,
        receipt="" if money.kind == FeeKind.WAIVED else receipt,
        reason=reason,
        at=timezone.now(),
        by_id=actor.person_id,
        by_name=actor.name,
    )
    fee.save()
    note(kind=money.kind)
    return fee


def _refuse_money(application: Application, money: Money, receipt: str, reason: str) -> None:
    if not 0 < money.amount <= (application.fee_due or 0):
        text = _("The fee is %(due)s %(currency)s.")
        said = {"due": application.fee_due, "currency": application.currency}
        raise RuleBroken(text % said, field="amount")
    if money.kind != FeeKind.WAIVED and not receipt:
        raise RuleBroken(_("Write the number of the receipt."), field="receipt")
    if money.kind != FeeKind.PAID and not reason:
        raise RuleBroken(_("Write the reason."), field="reason")
    if receipt and Fee.objects.filter(kind=money.kind, receipt=receipt).exists():
        raise RuleBroken(_("This receipt is recorded already."), field="receipt")


@action("passports.set_aside_paper", policies=(in_sight, by_a_person))
def set_aside_paper(actor: Actor, paper: Attachment, *, reason: str) -> Attachment:
    """Set a paper aside: it counts as missing"""
    application = Application.objects.select_for_update().get(pk=paper.application_id)
    if application.status not in TO_CHECK or paper.set_aside_at:
        raise InvalidMove(NOT_NOW)
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    paper.set_aside_at, paper.set_aside_by_id = timezone.now(), actor.person_id
    paper.set_aside_reason = reason.strip()
    paper.save()
    note(kind=paper.kind)
    return paper


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
