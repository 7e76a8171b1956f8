"""Grants, payments, purchases, and the signatures under them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StepKind(TextChoices):
    """What a person does to a subject. One person does one of them, the preparer included."""

    PREPARE = "prepare", _("Prepare")
    VERIFY = "verify", _("Verify")
    APPROVE = "approve", _("Approve")
    AUTHORISE = "authorise", _("Authorise")
    RELEASE = "release", _("Release")


class StepDecision(TextChoices):
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")


class ApprovalStatus(TextChoices):
    OPEN = "open", _("Waiting for signatures")
    GRANTED = "granted", _("Agreed to by all")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class GrantKind(TextChoices):
    CASH = "cash", _("Cash")
    IN_KIND = "in_kind", _("In kind")
    SERVICE = "service", _("Service")


class PaymentMethod(TextChoices):
    CASH = "cash", _("Cash, against a signature")
    BANK = "bank", _("Bank transfer")
    VOUCHER = "voucher", _("Voucher")
    VENDOR = "vendor", _("Paid to the vendor")


class PaymentStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    APPROVED = "approved", _("Approved")
    RELEASED = "released", _("Released")
    PAID = "paid", _("Paid")
    RECONCILED = "reconciled", _("Reconciled")
    CANCELLED = "cancelled", _("Cancelled")
    RETURNED = "returned", _("Money came back")


class PurchaseStatus(TextChoices):
    QUOTING = "quoting", _("Collecting quotes")
    CHOSEN = "chosen", _("Quote chosen")
    ORDERED = "ordered", _("Ordered")
    DELIVERED = "delivered", _("Delivered")
    CHECKED = "checked", _("Checked on the spot")
    CANCELLED = "cancelled", _("Cancelled")
