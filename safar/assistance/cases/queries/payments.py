"""Which payments wait for whom, and everything about one of them."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.approving import SIGN
from safar.assistance.cases.choices import ApprovalStatus, PaymentStatus, StepKind
from safar.assistance.cases.models import Approval, ApprovalStep, Payment
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet

# The lists of the page, in their order: what is to be done, and by whose permission.
LISTS: Final = {
    "sign": (_("Waiting for your signature"), "cases.read_payments"),
    "pay": (_("To pay out"), "cases.record_paid"),
    "reconcile": (_("To reconcile"), "cases.reconcile"),
    "under_way": (_("Waiting for others"), "cases.read_payments"),
    "all": (_("All payments"), "cases.read_payments"),
}
# What a step is called while it is waited for.
SIGNATURES: Final = {
    StepKind.VERIFY: _("verification"),
    StepKind.APPROVE: _("approval"),
    StepKind.AUTHORISE: _("authorisation"),
    StepKind.RELEASE: _("release"),
}
# The signatures as sentences of a payment's page: signed, and still waited for.
SIGNED: Final = {
    StepKind.PREPARE: _("Prepared"),
    StepKind.VERIFY: _("Verified"),
    StepKind.APPROVE: _("Approved"),
    StepKind.AUTHORISE: _("Authorised"),
    StepKind.RELEASE: _("Released"),
}


def payments(actor: Actor) -> QuerySet[Payment]:
    """The payments that she sees, with what a list shows of them: no names."""
    return Payment.objects.visible_to(actor).select_related(
        "case", "grant__line__project", "approval", "vendor"
    )


def listed(actor: Actor, name: str) -> QuerySet[Payment]:
    """One of `LISTS`: what is due first comes first."""
    found = payments(actor)
    if name == "sign":
        return found.filter(approval__in=mine_to_sign(actor))
    if name == "pay":
        return found.filter(status=PaymentStatus.RELEASED)
    if name == "reconcile":
        return found.filter(status=PaymentStatus.PAID).exclude(paid_by=actor.user_id)
    if name == "under_way":
        signed = Exists(signed_by(actor))
        return found.filter(signed, status__in=(PaymentStatus.PLANNED, PaymentStatus.APPROVED))
    return found.order_by("-due_on", "-id")


def mine_to_sign(actor: Actor) -> QuerySet[Approval]:
    """Approvals of every kind that wait for a signature she may give and has no part in yet."""
    kinds = [kind for kind in SIGN if actor.may(f"cases.{kind}")]
    acted = ApprovalStep.objects.filter(approval=OuterRef("pk"), person=actor.user_id)
    return Approval.objects.visible_to(actor).filter(
        ~Exists(acted), status=ApprovalStatus.OPEN, waits_for__in=kinds
    )


def signed_by(actor: Actor) -> QuerySet[ApprovalStep]:
    return ApprovalStep.objects.filter(approval=OuterRef("approval"), person=actor.user_id)


def whole(payments: RecordQuerySet[Payment]) -> RecordQuerySet[Payment]:
    """Payments with everything that their page and a case's time line say."""
    steps = ApprovalStep.objects.select_related("person")
    return payments.select_related(
        "case", "grant__line__project__donor", "approval", "vendor", "person",
        "purchase__chosen__vendor", "paid_by", "reconciled_by", "ended_by",
    ).prefetch_related(
        "person__names", "purchase__quotes__vendor", Prefetch("approval__steps", steps)
    )  # fmt: skip


def still_needed(payment: Payment, steps: Iterable[ApprovalStep]) -> list[StepKind]:
    """The signatures that are still missing, in their order."""
    if payment.approval.status != ApprovalStatus.OPEN:
        return []
    done = {step.kind for step in steps}
    return [StepKind(kind) for kind in payment.approval.needs if kind not in done]
