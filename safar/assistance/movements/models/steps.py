"""What each member must have done before the journey, by when, and until when it holds."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.cases.sight import of_case
from safar.assistance.movements.choices import StepKind, StepStatus
from safar.assistance.movements.models.files import RETENTION
from safar.core.permissions import Actor
from safar.core.record import Record, Versioned


class Step(Versioned):
    """One step of one member. The family is ready when the last step of the last member is."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "kind", "status", "due_on", "asked_on", "done_on", "expires_on", "reference",
    )  # fmt: skip

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    member = models.ForeignKey(CaseMember, models.CASCADE, related_name="steps")
    kind = models.CharField(_("Step"), max_length=12, choices=StepKind)
    number = models.PositiveSmallIntegerField()
    status = models.CharField(
        _("State"), max_length=10, choices=StepStatus, default=StepStatus.TO_DO
    )
    needs_expiry = models.BooleanField(default=False)
    due_on = models.DateField(_("Due"), null=True)
    asked_on = models.DateField(_("Asked on"), null=True)
    done_on = models.DateField(_("Done on"), null=True)
    expires_on = models.DateField(_("Holds until"), null=True)
    reference = models.CharField(_("Number"), max_length=40, blank=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint("case", "member", "kind", name="step_once"),
            models.CheckConstraint(
                condition=~Q(status=StepStatus.DONE)
                | Q(done_on__isnull=False) & (Q(needs_expiry=False) | Q(expires_on__isnull=False)),
                name="step_done_says_when",
            ),
        )
        indexes = (models.Index(fields=("status", "due_on"), name="step_due"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind}: {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class Interview(Record):
    """When and where somebody of the receiving state asks a member, and who interprets."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("at", "venue", "language", "interpreter")

    case = models.ForeignKey(Case, models.CASCADE, related_name="interviews")
    step = models.ForeignKey(Step, models.CASCADE, related_name="interviews")
    at = models.DateTimeField(_("When"))
    venue = models.CharField(_("Where"), max_length=120)
    language = models.CharField(_("Language"), max_length=3)
    interpreter = models.CharField(_("Interpreter"), max_length=120, blank=True)
    told_on = models.DateField(_("The family was told on"), null=True)
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at",)
        indexes = (models.Index(fields=("at",), name="interview_by_time"),)

    def __str__(self) -> str:
        return f"{self.step_id} {self.at}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)
