"""Who agreed to what: one person acts once on a subject, whoever prepared it included."""

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.money import ApprovalStatus, StepDecision, StepKind
from safar.assistance.cases.models.cases import Case
from safar.assistance.cases.sight import of_case
from safar.core.permissions import Actor
from safar.core.record import Event, Record

RETENTION: Final = "money: ten years after the year it was booked; else as the case"


class Approval(Record):
    """What waits for other people's agreement. Its subject points here (`Payment.approval`).

    `needs` are the signatures beyond the preparer's, in their order, as the rules stood when
    it was prepared; `waits_for` is the next of them. The database counts them itself.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("subject", "status", "amount", "currency")

    case = models.ForeignKey(Case, models.PROTECT, related_name="approvals")
    subject = models.CharField(max_length=20)  # see `subjects`: also the name of its relation
    needs = ArrayField(models.CharField(max_length=10, choices=StepKind))
    waits_for = models.CharField(max_length=10, choices=StepKind, blank=True)
    status = models.CharField(max_length=10, choices=ApprovalStatus, default=ApprovalStatus.OPEN)
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(_("Currency"), max_length=3, blank=True)
    rule = models.CharField(_("By which rule"), max_length=160)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=ApprovalStatus.values), name="approval_status_known"
            ),
            models.CheckConstraint(
                condition=Q(needs__len__gte=1, needs__contained_by=StepKind.values[1:]),
                name="approval_needs_another_person",
            ),
            models.CheckConstraint(
                condition=Q(amount=None, currency="")
                | Q(amount__gt=0, currency__regex=r"^[A-Z]{3}$"),
                name="approval_amount_with_currency",
            ),
            models.CheckConstraint(
                condition=Q(status=ApprovalStatus.OPEN) & ~Q(waits_for="")
                | ~Q(status=ApprovalStatus.OPEN) & Q(waits_for=""),
                name="approval_open_waits_for_somebody",
            ),
        )
        indexes = (
            models.Index(
                fields=("waits_for",),
                condition=Q(status=ApprovalStatus.OPEN),
                name="approval_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class ApprovalStep(Event):
    """A person acted on a subject: prepared it, agreed to it or declined it. Once, and for good."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "decision", "acted_at")

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    decision = models.CharField(max_length=8, choices=StepDecision)
    comment = models.CharField(_("Comment"), max_length=300, blank=True)
    acted_at = models.DateTimeField()
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("acted_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("approval", "person"), name="approval_one_person_acts_once"
            ),
            models.UniqueConstraint(
                fields=("approval", "kind"), name="approval_one_step_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=StepKind.values, decision__in=StepDecision.values),
                name="approval_step_known",
            ),
            models.CheckConstraint(
                condition=Q(decision=StepDecision.AGREED)
                | (~Q(comment="") & ~Q(kind=StepKind.PREPARE)),
                name="approval_declined_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.decision}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor, "approval__case")
