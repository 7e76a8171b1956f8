"""Paying: planned by one person, signed by others, paid against a receipt, reconciled by another."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import money_flow
from safar.assistance.cases.actions import approving
from safar.assistance.cases.actions.granting import belongs
from safar.assistance.cases.choices.money import (
    ApprovalStatus,
    GrantKind,
    PaymentMethod,
    PaymentStatus,
    PurchaseStatus,
    StepKind,
)
from safar.assistance.cases.models import Approval, Grant, Payment, Person, Purchase, Vendor
from safar.assistance.cases.policies import in_sight, paid_it_herself, still_open
from safar.assistance.cases.refusals import in_words
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

SUBJECT = "payment"


@dataclass(frozen=True)
class NewPayment:
    """A payment to plan, in the grant's currency: to a person of the case or to a vendor."""

    amount: Decimal
    method: str
    due_on: date
    person: Person | None = None
    vendor: Vendor | None = None
    purchase: Purchase | None = None
    tranche: int = 1
    comment: str = ""


@action("cases.plan_payment", policies=(in_sight, still_open))
def plan_payment(actor: Actor, grant: Grant, *, new: NewPayment) -> Payment:
    """Prepare a payment from a grant; it waits for as many signatures as its amount needs.

    Raises:
        RuleBroken: the grant has not that much left, or the payee does not fit.
    """
    _fits(grant, new)
    with in_words():
        approval = approving.prepare(
            actor,
            grant.case,
            subject=SUBJECT,
            amount=new.amount,
            currency=grant.currency,
            comment=new.comment,
        )
        payment = Payment.objects.create(
            case=grant.case,
            grant=grant,
            approval=approval,
            person=new.person,
            vendor=new.vendor,
            purchase=new.purchase,
            amount=new.amount,
            currency=grant.currency,
            method=new.method,
            tranche=new.tranche,
            due_on=new.due_on,
        )
    note(amount=str(new.amount), currency=grant.currency)
    return payment


@action("cases.record_paid", policies=(in_sight,))
def record_paid(actor: Actor, payment: Payment, *, receipt: str, paid_on: date) -> Payment:
    """Record that a released payment was paid, by its receipt.

    Raises:
        InvalidMove: it is not released, or was paid already.
        RuleBroken: there is no receipt, the day is yet to come, or the case was closed before.
    """
    if not receipt.strip():
        raise RuleBroken(_("Give the number of the receipt."), field="receipt")
    if paid_on > timezone.localdate():
        raise RuleBroken(_("This day is yet to come."), field="paid_on")
    closed_on = payment.case.closed_on
    if closed_on and paid_on > closed_on:
        raise RuleBroken(
            _("The case was closed on that day. Withdraw the payment."), field="paid_on"
        )
    money_flow.PAYMENT.move(payment, "pay")
    payment.receipt, payment.paid_on = receipt.strip(), paid_on
    payment.paid_at, payment.paid_by_id = timezone.now(), actor.person_id
    with in_words():
        payment.save()
    return payment


@action("cases.reconcile", policies=(in_sight, paid_it_herself))
def reconcile(actor: Actor, payment: Payment) -> Payment:
    """Confirm a payment against the bank statement or the cash book: not by whoever paid."""
    money_flow.PAYMENT.move(payment, "reconcile")
    payment.reconciled_at, payment.reconciled_by_id = timezone.now(), actor.person_id
    payment.save()
    return payment


@action("cases.give_back", policies=(in_sight,))
def give_back(actor: Actor, payment: Payment, *, reason: str) -> Payment:
    """Record that the money came back: the grant holds it again."""
    return _end(actor, payment, "give_back", reason)


def follow(actor: Actor, approval: Approval, reason: str) -> None:
    """What becomes of a payment when somebody signed, declined or withdrew it."""
    payment = Payment.objects.select_for_update().get(approval=approval)
    if approving.is_refused(approval):
        _end(actor, payment, "cancel", reason)
        return
    only_release_left = approval.waits_for in ("", StepKind.RELEASE)
    if payment.status == PaymentStatus.PLANNED and only_release_left:
        money_flow.PAYMENT.move(payment, "approve")
    if approval.status == ApprovalStatus.GRANTED:
        money_flow.PAYMENT.move(payment, "release")
    payment.save()


approving.register(approving.Subject(SUBJECT, _("Payment"), follow, "cases:payment"))


def _end(actor: Actor, payment: Payment, move: str, reason: str) -> Payment:
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    money_flow.PAYMENT.move(payment, move)
    payment.ended_reason = reason.strip()
    payment.ended_at, payment.ended_by_id = timezone.now(), actor.person_id
    payment.save()
    return payment


def _fits(grant: Grant, new: NewPayment) -> None:
    if (new.person is None) == (new.vendor is None):
        raise RuleBroken(_("Say who is paid: a person of the case or a vendor."), field="person")
    belongs(grant.case, new.person)
    if new.purchase and new.purchase.status == PurchaseStatus.CANCELLED:
        raise RuleBroken(_("The purchase was given up: nothing is paid for it."))
    if new.person and grant.person_id not in (None, new.person.pk):
        raise RuleBroken(_("The grant is another person's."), field="person")
    if new.purchase is None and grant.kind == GrantKind.IN_KIND:
        raise RuleBroken(_("What is given in kind is bought first: begin with its quotes."))
    if new.person and new.method == PaymentMethod.VENDOR:
        raise RuleBroken(_("Only a vendor is paid like this."), field="method")
