"""A fee is paid, waived or given back: never more than is owed, or than was paid."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.applications.choices import FeeKind
from safar.control.applications.models import ApplicationBase, FeeBase
from safar.control.applications.queries import account_of
from safar.core.action import note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

Fee = TypeVar("Fee", bound=FeeBase)

NOTHING_OWED = _("Nothing is owed any more.")
NOTHING_HELD = _("Nothing was paid that is not given back yet.")
MOST_OWED = _("%(most)s %(currency)s are owed.")
MOST_HELD = _("%(most)s %(currency)s were paid and are not given back yet.")


@dataclass(frozen=True)
class Money:
    """What was paid, waived or given back; `receipt` or `reason` as the kind needs it."""

    kind: str
    amount: Decimal
    receipt: str = ""
    reason: str = ""


def record_fee(actor: Actor, application: ApplicationBase, model: type[Fee], money: Money) -> Fee:
    """Record money on an application, which the action has locked.

    Raises:
        RuleBroken: more than is owed or was paid, no receipt or no reason, a receipt used before.
    """
    receipt, reason = money.receipt.strip().upper(), money.reason.strip()
    _refuse_amount(application, money)
    _refuse_words(model, money, receipt, reason)
    fee = model(
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


def _refuse_amount(application: ApplicationBase, money: Money) -> None:
    account = account_of(application)
    back = money.kind == FeeKind.RETURNED
    most = account.held if back else account.owed
    if not most:
        raise RuleBroken(NOTHING_HELD if back else NOTHING_OWED, field="amount")
    if not 0 < money.amount <= most:
        said = {"most": most, "currency": application.currency}
        raise RuleBroken((MOST_HELD if back else MOST_OWED) % said, field="amount")


def _refuse_words(model: type[FeeBase], money: Money, receipt: str, reason: str) -> None:
    if money.kind != FeeKind.WAIVED and not receipt:
        raise RuleBroken(_("Write the number of the receipt."), field="receipt")
    if money.kind != FeeKind.PAID and not reason:
        raise RuleBroken(_("Write the reason."), field="reason")
    if receipt and model.objects.filter(kind=money.kind, receipt=receipt).exists():
        raise RuleBroken(_("This receipt is recorded already."), field="receipt")
