"""Buying for somebody: three quotes, the chosen one, the order, its delivery, a look on the spot."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import money_flow
from safar.assistance.cases.choices.money import PaymentStatus
from safar.assistance.cases.models import Grant, Purchase, Quote, Vendor
from safar.assistance.cases.models.money import ENDED
from safar.assistance.cases.policies import in_sight, ordered_it_herself, still_open
from safar.assistance.cases.refusals import in_words
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW

QUOTES_EXPECTED: Final = 3


@dataclass(frozen=True)
class NewVendor:
    name: str
    tax_number: str = ""
    contact: str = ""
    account: str = ""


@action("cases.add_vendor", policies=(role_suffices,))
def add_vendor(actor: Actor, new: NewVendor) -> Vendor:
    """Add a shop, a workshop or a school that is paid."""
    with in_words():
        return Vendor.objects.create(
            name=new.name, tax_number=new.tax_number, contact=new.contact, account=new.account
        )


@action("cases.begin_purchase", policies=(in_sight, still_open))
def begin_purchase(actor: Actor, grant: Grant, *, item: str) -> Purchase:
    """Begin to collect quotes for something that is bought from a grant."""
    if grant.closed_at is not None:
        raise RuleBroken(_("The grant is closed."))
    return Purchase.objects.create(
        case=grant.case,
        grant=grant,
        item=item,
        begun_at=timezone.now(),
        begun_by_id=actor.person_id,
    )


@action("cases.add_quote", policies=(in_sight, still_open))
def add_quote(
    actor: Actor,
    purchase: Purchase,
    *,
    vendor: Vendor,
    amount: Decimal,
    quoted_on: date,
    remarks: str = "",
) -> Quote:
    """Write down what a vendor asks, in the grant's currency; until a payment is planned."""
    _not_yet_paid_for(purchase)
    with in_words():
        return Quote.objects.create(
            purchase=purchase, vendor=vendor, amount=amount, quoted_on=quoted_on, remarks=remarks
        )


@action("cases.choose_quote", policies=(in_sight, still_open))
def choose_quote(
    actor: Actor, purchase: Purchase, *, quote: Quote, why_chosen: str = "", why_few: str = ""
) -> Purchase:
    """Choose a quote. The approver of the payment reads the reasons.

    Raises:
        RuleBroken: there are fewer than three quotes or the chosen one is not the cheapest, and
            no reason is given.
    """
    _not_yet_paid_for(purchase)
    quotes = list(purchase.quotes.all())
    if quote not in quotes:
        raise RuleBroken(_("This quote is another purchase's."), field="quote")
    cheapest = min(one.amount for one in quotes)
    if len(quotes) < QUOTES_EXPECTED and not why_few.strip():
        raise RuleBroken(_("Say why there are fewer than three quotes."), field="why_few")
    if quote.amount > cheapest and not why_chosen.strip():
        raise RuleBroken(_("Say why the cheapest quote is not chosen."), field="why_chosen")
    money_flow.PURCHASE.move(purchase, "choose")
    purchase.chosen = quote
    purchase.why_few = why_few.strip() if len(quotes) < QUOTES_EXPECTED else ""
    purchase.why_chosen = why_chosen.strip() if quote.amount > cheapest else ""
    purchase.save()
    note(quotes=len(quotes), cheapest=quote.amount == cheapest)
    return purchase


@action("cases.order_purchase", policies=(in_sight,))
def order_purchase(actor: Actor, purchase: Purchase, *, order_number: str) -> Purchase:
    """Order it at the chosen vendor, once a payment to her was agreed to.

    Raises:
        RuleBroken: nobody agreed to a payment yet.
    """
    agreed = purchase.payments.exclude(status__in=(PaymentStatus.PLANNED, *ENDED))
    if not agreed.exists():
        raise RuleBroken(_("Order when the payment to the vendor is approved."))
    money_flow.PURCHASE.move(purchase, "order")
    purchase.order_number = order_number
    purchase.ordered_at, purchase.ordered_by_id = timezone.now(), actor.person_id
    purchase.save()
    return purchase


@action("cases.record_delivery", policies=(in_sight,))
def record_delivery(
    actor: Actor, purchase: Purchase, *, delivered_on: date, delivery_note: str
) -> Purchase:
    """Record that it came, by its delivery note."""
    if delivered_on > timezone.localdate():
        raise RuleBroken(_("This day is yet to come."), field="delivered_on")
    money_flow.PURCHASE.move(purchase, "deliver")
    purchase.delivered_on, purchase.delivery_note = delivered_on, delivery_note
    purchase.save()
    return purchase


@action("cases.check_purchase", policies=(in_sight, ordered_it_herself))
def check_purchase(
    actor: Actor, purchase: Purchase, *, is_as_ordered: bool, check_note: str
) -> Purchase:
    """Look on the spot whether it is there, as ordered and in use: not by whoever ordered it."""
    if not is_as_ordered and not check_note.strip():
        raise RuleBroken(_("Write down what was seen."), field="check_note")
    money_flow.PURCHASE.move(purchase, "check")
    purchase.is_as_ordered, purchase.check_note = is_as_ordered, check_note.strip()
    purchase.checked_at, purchase.checked_by_id = timezone.now(), actor.person_id
    purchase.save()
    return purchase


@action("cases.cancel_purchase", policies=(in_sight,))
def cancel_purchase(actor: Actor, purchase: Purchase) -> Purchase:
    """Give a purchase up, when no payment for it is planned or paid any more."""
    _not_yet_paid_for(purchase)
    money_flow.PURCHASE.move(purchase, "cancel")
    purchase.save()
    return purchase


def left_to_pay(purchase: Purchase) -> Decimal:
    """What the chosen vendor asks beyond what is planned and paid; 0 before the choice."""
    live = purchase.payments.exclude(status__in=ENDED).aggregate(sum=Sum("amount"))["sum"]
    return purchase.chosen.amount - (live or Decimal(0)) if purchase.chosen else Decimal(0)


def _not_yet_paid_for(purchase: Purchase) -> None:
    if purchase.payments.exclude(status__in=ENDED).exists():
        raise InvalidMove(NOT_NOW, status=purchase.status)
