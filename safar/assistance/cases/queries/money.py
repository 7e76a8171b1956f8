"""The money of a case: what is granted and paid, what happened to it, what is due today."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from safar.assistance.cases.amounts import written
from safar.assistance.cases.choices.money import (
    ApprovalStatus,
    PaymentStatus,
    StepDecision,
    StepKind,
)
from safar.assistance.cases.due import Due, Happened
from safar.assistance.cases.models import Case, Grant, Payment
from safar.assistance.cases.models.money import ENDED, PAID
from safar.assistance.cases.queries import payments as lists
from safar.assistance.cases.queries.budgets import DonorSums, LineSums, by_donor, by_line
from safar.core.permissions import Actor

__all__ = [
    "DonorSums",
    "LineSums",
    "by_donor",
    "by_line",
    "due",
    "grants",
    "happened",
    "left",
    "part",
]
AT_MOST = 50  # of each list: a day holds no more, and the page of payments has them all
MONEY: Any = DecimalField(max_digits=14, decimal_places=2)


def grants(actor: Actor, case: Case) -> QuerySet[Any]:
    """The grants of a case with `live` (planned or paid) and `paid`."""
    visible = Grant.objects.visible_to(actor).filter(case=case).select_related("line__project")
    return visible.annotate(
        live=_sum(~Q(payments__status__in=ENDED)), paid=_sum(Q(payments__status__in=PAID))
    )


def left(actor: Actor, grant: Grant) -> str:
    """What of a grant is neither planned nor paid, as it is written for people."""
    live = grants(actor, grant.case).get(pk=grant.pk).live
    return written(grant.ceiling - live, grant.currency)


def part(actor: Actor, case: Case) -> dict[str, Any]:
    """What the panel Money shows: a table for each currency, its total beneath."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for one in grants(actor, case):
        planned = one.ceiling if one.closed_at is None else one.live
        row = {"grant": one, "planned": planned, "paid": one.paid, "balance": planned - one.paid}
        tables.setdefault(one.currency, []).append(row | {"left": planned - one.live})
    money = [
        {"currency": currency, "rows": rows, "total": {
            name: sum((row[name] for row in rows), Decimal(0))
            for name in ("planned", "paid", "balance")}}
        for currency, rows in sorted(tables.items())
    ]  # fmt: skip
    return {"money": money, "may_see_money": actor.may("cases.read_payments")}


def happened(actor: Actor, case: Case) -> list[Happened]:
    """What was granted, signed, paid, reconciled, cancelled, and by whom; in no order."""
    given = Grant.objects.visible_to(actor).filter(case=case).select_related("granted_by")
    paid = lists.with_steps(Payment.objects.visible_to(actor).filter(case=case))
    home = reverse("cases:case_money", args=[case.pk])
    return [
        *(
            Happened(
                at=one.granted_at,
                title=_("Granted: %(what)s") % {"what": one.purpose},
                text=written(one.ceiling, one.currency),
                by=one.granted_by.full_name,
                url=home,
            )
            for one in given
        ),
        *(event for one in paid for event in _of_payment(one)),
    ]


def due(actor: Actor, today: date) -> list[Due]:
    """What she signs, pays out and reconciles, and which of her payments wait for others."""
    if not actor.may("cases.read_payments"):
        return []
    todo = [
        _due(one, _("Sign: %(amount)s for %(what)s") % _words(one)) for one in _rows(actor, "sign")
    ]
    if actor.may("cases.record_paid"):
        everybodys = actor.may("cases.reconcile")
        todo += [
            _due(one, _("Pay out %(amount)s for %(what)s") % _words(one))
            for one in _rows(actor, "pay", led=not everybodys)
            if one.due_on <= today
        ]
    if actor.may("cases.reconcile"):
        todo += [
            _due(one, _("Reconcile %(amount)s for %(what)s") % _words(one))
            for one in _rows(actor, "reconcile")
        ]
    return todo + [
        _due(one, _("%(amount)s for %(what)s") % _words(one), waits_for=_waited_for(one))
        for one in _rows(actor, "under_way", led=True)
    ]


def _rows(actor: Actor, name: str, *, led: bool = False) -> list[Payment]:
    return lists.rows(lists.listed(actor, name, led=led)[:AT_MOST])


def _sum(condition: Q) -> Any:
    total = Sum("payments__amount", filter=condition)
    return Coalesce(total, Value(Decimal(0)), output_field=MONEY)


def _words(payment: Payment) -> dict[str, str]:
    return {"amount": written(payment.amount, payment.currency), "what": payment.grant.purpose}


def _due(payment: Payment, title: str, waits_for: str = "") -> Due:
    return Due(
        case=payment.case,
        title=title,
        url=reverse("cases:payment", args=[payment.pk]),
        due_on=payment.due_on,
        about=_("tranche %(number)s") % {"number": payment.tranche},
        waits_for=waits_for,
    )


def _waited_for(payment: Payment) -> str:
    return str(lists.SIGNATURES[StepKind(payment.approval.waits_for)])


def _of_payment(payment: Payment) -> Iterator[Happened]:
    what = _("%(amount)s for %(what)s") % _words(payment)
    url = reverse("cases:payment", args=[payment.pk])
    for step in payment.approval.steps.all():
        declined = step.decision == StepDecision.DECLINED
        verb = _("Declined") if declined else str(lists.SIGNED[StepKind(step.kind)])
        yield Happened(step.acted_at, f"{verb}: {what}", step.comment, step.person.full_name, url)
    yield from _ends(payment, what, url)


def _ends(payment: Payment, what: str, url: str) -> Iterator[Happened]:
    rows: list[tuple[str, datetime | None, Any, str]] = [
        (_("Paid"), payment.paid_at, payment.paid_by, payment.receipt),
        (_("Reconciled"), payment.reconciled_at, payment.reconciled_by, ""),
    ]
    if payment.status == PaymentStatus.RETURNED:
        rows.append(
            (_("Money came back"), payment.ended_at, payment.ended_by, payment.ended_reason)
        )
    elif payment.approval.status == ApprovalStatus.WITHDRAWN:  # declined: the step says it
        rows.append((_("Withdrawn"), payment.ended_at, payment.ended_by, payment.ended_reason))
    for verb, at, by, text in rows:
        if at:
            yield Happened(at, f"{verb}: {what}", text, by.full_name, url)
