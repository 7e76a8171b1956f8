"""Which payments wait for whom, and everything about one of them.

Open work is found first, by narrow indexes, and looked at afterwards: a join of tables that
stand behind the second wall gives the database no idea how many rows it will see.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.money import ApprovalStatus, PaymentStatus, StepKind
from safar.assistance.cases.models import Approval, ApprovalStep, Case, Payment
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet

# The lists of the page, in their order: what is to be done, and by whose permission.
LISTS: Final = {
    "sign": (_("Waiting for your signature"), "cases.read_payments"),
    "pay": (_("To pay out"), "cases.record_paid"),
    "reconcile": (_("To reconcile"), "cases.reconcile"),
    "under_way": (_("Waiting for others"), "cases.read_payments"),
}
# What a step is called while it is waited for.
SIGNATURES: Final = {
    StepKind.VERIFY: _("verification"),
    StepKind.APPROVE: _("approval"),
    StepKind.AUTHORISE: _("authorisation"),
    StepKind.RELEASE: _("release"),
}
# The signatures as sentences of a payment's page.
SIGNED: Final = {
    StepKind.PREPARE: _("Prepared"),
    StepKind.VERIFY: _("Verified"),
    StepKind.APPROVE: _("Approved"),
    StepKind.AUTHORISE: _("Authorised"),
    StepKind.RELEASE: _("Released"),
}
MOST_OPEN: Final = 2_000  # more open work than this nobody looks through


def listed(actor: Actor, name: str, *, led: bool = False) -> list[UUID]:
    """The keys of one of `LISTS` (`led`: of cases that she leads), what is due first comes first.

    For `rows`.
    """
    if name == "sign":
        waiting = list(mine_to_sign(actor).values_list("pk", flat=True)[:MOST_OPEN])
        found = Payment.objects.filter(approval__in=waiting)
    elif name == "pay":
        found = Payment.objects.filter(status=PaymentStatus.RELEASED)
    elif name == "reconcile":
        found = Payment.objects.filter(status=PaymentStatus.PAID).exclude(paid_by=actor.user_id)
    else:
        found = Payment.objects.filter(approval__in=signed_by(actor))
    ordered = found.order_by("due_on", "pk").values_list("pk", "case_id")[:MOST_OPEN]
    keys = list(ordered)
    cases = Case.objects.visible_to(actor).filter(pk__in={case for _key, case in keys})
    if led:
        cases = cases.filter(lead=actor.user_id)
    seen = set(cases.values_list("pk", flat=True))
    return [key for key, case in keys if case in seen]


def rows(keys: Iterable[UUID]) -> list[Payment]:
    """Payments of these keys, which `listed` found, in their order: what a list shows, no names."""
    keys = list(keys)
    found = Payment.objects.filter(pk__in=keys).prefetch_related(
        "case", "grant__line__project", "approval", "vendor"
    )
    by_key = {one.pk: one for one in found}
    return [by_key[key] for key in keys if key in by_key]


def of_case(actor: Actor, case: Case) -> list[Payment]:
    """Every payment of a case, what is due first comes first."""
    return rows(Payment.objects.visible_to(actor).filter(case=case).values_list("pk", flat=True))


def mine_to_sign(actor: Actor) -> QuerySet[Approval]:
    """Approvals of every kind that wait for a signature she may give and has no part in yet."""
    kinds = [kind for kind in SIGNATURES if actor.may(f"cases.{kind}")]
    waiting = Approval.objects.filter(status=ApprovalStatus.OPEN, waits_for__in=kinds)
    keys = list(waiting.values_list("pk", flat=True)[:MOST_OPEN])
    acted = ApprovalStep.objects.filter(approval__in=keys, person=actor.user_id)
    hers = set(acted.values_list("approval_id", flat=True))
    return Approval.objects.visible_to(actor).filter(
        pk__in=[key for key in keys if key not in hers]
    )


def signed_by(actor: Actor) -> list[UUID]:
    """Open approvals of payments in which she has a part."""
    open_ones = Approval.objects.filter(
        status=ApprovalStatus.OPEN, waits_for__in=list(SIGNATURES), subject="payment"
    )
    keys = list(open_ones.values_list("pk", flat=True)[:MOST_OPEN])
    steps = ApprovalStep.objects.filter(approval__in=keys, person=actor.user_id)
    return list(steps.values_list("approval_id", flat=True))


def whole(payments: RecordQuerySet[Payment]) -> RecordQuerySet[Payment]:
    """Payments with everything that their page says."""
    return with_steps(payments).prefetch_related(
        "case",
        "grant__line__project__donor",
        "vendor",
        "person__names",
        "purchase__chosen",
        "purchase__quotes__vendor",
    )


def with_steps(payments: RecordQuerySet[Payment]) -> RecordQuerySet[Payment]:
    """Payments with who did what about them: for their page and a case's time line."""
    steps = ApprovalStep.objects.select_related("person")
    return payments.select_related("paid_by", "reconciled_by", "ended_by").prefetch_related(
        "grant", Prefetch("approval__steps", steps)
    )


def still_needed(payment: Payment, steps: Iterable[ApprovalStep]) -> list[StepKind]:
    """The signatures that are still missing, in their order."""
    if payment.approval.status != ApprovalStatus.OPEN:
        return []
    done = {step.kind for step in steps}
    return [StepKind(kind) for kind in payment.approval.needs if kind not in done]
