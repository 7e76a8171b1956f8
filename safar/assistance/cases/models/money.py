"""What is granted to a case and paid from it. Never a float, always a currency.

The database itself refuses to pay beyond a grant, to grant beyond a budget line, and to mix
currencies (migration `0004_money`).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.money import GrantKind, PaymentMethod, PaymentStatus
from safar.assistance.cases.models.approvals import RETENTION, Approval
from safar.assistance.cases.models.cases import Case
from safar.assistance.cases.models.people import Person
from safar.assistance.cases.models.projects import BudgetLine
from safar.assistance.cases.models.purchases import Purchase, Vendor
from safar.assistance.cases.sight import of_case
from safar.core.permissions import Actor
from safar.core.record import Record

ENDED = (PaymentStatus.CANCELLED, PaymentStatus.RETURNED)  # no longer held against the grant
PAID = (PaymentStatus.PAID, PaymentStatus.RECONCILED)
WAS_PAID = (*PAID, PaymentStatus.RETURNED)


class Grant(Record):
    """A ceiling for one purpose of a case, held on a budget line until it is closed."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "purpose", "ceiling", "currency", "granted_at")

    case = models.ForeignKey(Case, models.PROTECT, related_name="grants")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="grants")
    kind = models.CharField(_("Kind"), max_length=8, choices=GrantKind)
    purpose = models.CharField(_("For"), max_length=120)
    ceiling = models.DecimalField(_("Ceiling"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    rule = models.CharField(_("By which rule of the scheme"), max_length=160)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("granted_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(ceiling__gt=0), name="grant_ceiling_positive"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="grant_currency"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="grant_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=GrantKind.values) & ~Q(rule=""), name="grant_kind_and_rule"
            ),
        )

    def __str__(self) -> str:
        return self.purpose

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class Payment(Record):
    """An amount from a grant to one payee. What was signed is never changed: it is cancelled."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "amount", "currency", "method", "tranche", "due_on", "status", "paid_on", "receipt",
    )  # fmt: skip

    case = models.ForeignKey(Case, models.PROTECT, related_name="payments")
    grant = models.ForeignKey(  # found by the index `payment_sums`
        Grant, models.PROTECT, related_name="payments", db_index=False
    )
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="payment")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    vendor = models.ForeignKey(Vendor, models.PROTECT, null=True, related_name="payments")
    purchase = models.ForeignKey(Purchase, models.PROTECT, null=True, related_name="payments")
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    method = models.CharField(_("How"), max_length=8, choices=PaymentMethod)
    tranche = models.PositiveSmallIntegerField(_("Tranche"), default=1)
    due_on = models.DateField(_("Due"))
    status = models.CharField(max_length=10, choices=PaymentStatus, default=PaymentStatus.PLANNED)
    receipt = models.CharField(_("Receipt"), max_length=60, blank=True)
    paid_on = models.DateField(_("Paid on"), null=True)
    paid_at = models.DateTimeField(null=True)
    paid_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reconciled_at = models.DateTimeField(null=True)
    reconciled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_reason = models.CharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(
                condition=Q(status__in=PaymentStatus.values, method__in=PaymentMethod.values),
                name="payment_status_known",
            ),
            models.CheckConstraint(
                condition=Q(person=None, vendor__isnull=False)
                | Q(person__isnull=False, vendor=None),
                name="payment_one_payee",
            ),
            models.CheckConstraint(
                condition=Q(purchase=None) | Q(vendor__isnull=False), name="payment_buys_of_vendor"
            ),
            models.CheckConstraint(
                condition=Q(status__in=WAS_PAID, paid_at__isnull=False, paid_by__isnull=False,
                            paid_on__isnull=False) & ~Q(receipt="")
                | ~Q(status__in=WAS_PAID) & Q(paid_at=None, paid_by=None, paid_on=None, receipt=""),
                name="payment_paid_with_receipt",
            ),
            models.CheckConstraint(
                condition=Q(reconciled_at=None, reconciled_by=None)
                | Q(reconciled_at__isnull=False, reconciled_by__isnull=False)
                & ~Q(reconciled_by=F("paid_by")),
                name="payment_reconciled_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status=PaymentStatus.RECONCILED) | Q(reconciled_by__isnull=False),
                name="payment_reconciled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_at__isnull=False, ended_by__isnull=False)
                & ~Q(ended_reason="")
                | ~Q(status__in=ENDED) & Q(ended_at=None, ended_by=None, ended_reason=""),
                name="payment_ended_with_a_reason",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(fields=("grant",), include=("status", "amount", "paid_on"),
                         name="payment_sums"),
            models.Index(fields=("status", "due_on"), condition=~Q(
                status__in=(PaymentStatus.RECONCILED, *ENDED)), name="payment_to_do"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.currency} {self.amount} {self.status}"

    @property
    def payee(self) -> str:
        return str(self.person or self.vendor)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
