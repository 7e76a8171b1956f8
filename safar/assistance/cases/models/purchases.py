"""What is bought for somebody: of whom, at which of the quotes, whether it came and is in use."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.money import PurchaseStatus
from safar.assistance.cases.models.approvals import RETENTION
from safar.assistance.cases.models.cases import Case
from safar.assistance.cases.sight import of_case
from safar.core.permissions import Actor
from safar.core.record import Record


class Vendor(Record):
    """A shop, a workshop or a school that is paid. Nothing here says for whom."""

    name = models.CharField(_("Name"), max_length=120)
    tax_number = models.CharField(_("Tax number"), max_length=20, blank=True)
    contact = models.CharField(_("Telephone or address"), max_length=160, blank=True)
    account = models.CharField(_("Bank account"), max_length=40, blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("tax_number",), condition=~Q(tax_number=""), name="vendor_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()


class Purchase(Record):
    """Something bought from a grant: quotes, the order, its delivery and a look at it in use."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("item", "status", "delivered_on", "delivery_note")

    case = models.ForeignKey(Case, models.PROTECT, related_name="purchases")
    grant = models.ForeignKey("cases.Grant", models.PROTECT, related_name="purchases")
    item = models.CharField(_("What is bought"), max_length=160)
    status = models.CharField(max_length=10, choices=PurchaseStatus, default=PurchaseStatus.QUOTING)
    chosen = models.ForeignKey("cases.Quote", models.PROTECT, null=True, related_name="+")
    why_few = models.CharField(_("Why fewer than three quotes"), max_length=300, blank=True)
    why_chosen = models.CharField(_("Why not the cheapest"), max_length=300, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(null=True)
    ordered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    order_number = models.CharField(_("Order"), max_length=40, blank=True)
    delivered_on = models.DateField(_("Delivered on"), null=True)
    delivery_note = models.CharField(_("Delivery note"), max_length=60, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    is_as_ordered = models.BooleanField(_("There, as ordered and in use"), null=True)
    check_note = models.CharField(_("What was seen"), max_length=300, blank=True)

    class Meta:
        ordering = ("begun_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=PurchaseStatus.values), name="purchase_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("quoting", "cancelled")) | Q(chosen__isnull=False),
                name="purchase_quote_chosen",
            ),
            models.CheckConstraint(
                condition=Q(ordered_at=None, ordered_by=None)
                | Q(ordered_at__isnull=False, ordered_by__isnull=False) & ~Q(order_number=""),
                name="purchase_ordered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("ordered", "delivered", "checked"))
                | Q(ordered_at__isnull=False),
                name="purchase_ordered_before_delivered",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("delivered", "checked"))
                | Q(delivered_on__isnull=False) & ~Q(delivery_note=""),
                name="purchase_delivered_with_a_note",
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None, is_as_ordered=None)
                & ~Q(status="checked")
                | Q(
                    checked_at__isnull=False,
                    checked_by__isnull=False,
                    is_as_ordered__isnull=False,
                    status="checked",
                )
                & ~Q(checked_by=F("ordered_by")),
                name="purchase_checked_by_another",
            ),
        )

    def __str__(self) -> str:
        return self.item

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class Quote(Record):
    """What a vendor asks for it."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ()

    purchase = models.ForeignKey(Purchase, models.CASCADE, related_name="quotes")
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="+")
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)
    quoted_on = models.DateField(_("Dated"))
    remarks = models.CharField(_("Remarks"), max_length=200, blank=True)
    document = models.ForeignKey("cases.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("amount", "id")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="quote_amount_positive"),
            models.UniqueConstraint(fields=("purchase", "vendor"), name="quote_one_of_a_vendor"),
        )

    def __str__(self) -> str:
        return f"{self.vendor_id} {self.amount}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor, "purchase__case")
