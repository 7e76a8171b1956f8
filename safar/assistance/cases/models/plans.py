"""What a case's plan is: versions that a second person agrees to, item by item."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.work import PlanStatus, ServiceKind
from safar.assistance.cases.models.approvals import Approval
from safar.assistance.cases.models.cases import RETENTION, Case
from safar.assistance.cases.models.people import Person
from safar.assistance.cases.models.projects import BudgetLine
from safar.assistance.cases.sight import of_case
from safar.core.permissions import Actor
from safar.core.record import Record, Versioned


class Plan(Versioned):
    """What is to become of a case. A new one is a new number; the one before is kept."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("number", "status", "goal", "prepared_at", "approved_at")

    case = models.ForeignKey(Case, models.CASCADE, related_name="plans")
    number = models.PositiveSmallIntegerField(_("Number"))
    status = models.CharField(max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT)
    goal = models.TextField(_("Goal"), max_length=2000)
    wishes = models.TextField(_("In the person’s own words"), max_length=2000, blank=True)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    # Everybody who wrote in it: none of them agrees to it (the database says so too, 0007).
    written_by = ArrayField(models.UUIDField(), default=list, editable=False)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    approval = models.OneToOneField(Approval, models.PROTECT, null=True, related_name="plan")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint("case", "number", name="plan_number_once"),
            models.UniqueConstraint(
                fields=("case",), condition=Q(status=PlanStatus.APPROVED), name="plan_one_agreed"
            ),
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(status__in=(PlanStatus.DRAFT, PlanStatus.SUBMITTED)),
                name="plan_one_in_work",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="plan_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False)
                & ~Q(approved_by=F("prepared_by"))
                & ~Q(approved_by=F("submitted_by")),
                name="plan_agreed_to_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status=PlanStatus.APPROVED) | Q(approved_at__isnull=False),
                name="plan_agreed_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class PlanItem(Record):
    """One thing that the plan wants: for whom, by what help, until when, on which line."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("goal", "kind", "due_on")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    goal = models.CharField(_("What"), max_length=200)
    kind = models.CharField(_("Kind of help"), max_length=14, choices=ServiceKind)
    line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        ordering = (F("due_on").asc(nulls_last=True), "id")

    def __str__(self) -> str:
        return self.goal

    @property
    def case(self) -> Case:
        return self.plan.case

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor, "plan__case")
