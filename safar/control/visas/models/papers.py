"""What belongs to an application: papers, fees, interviews, what the lists said."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.visas.choices.applications import FeeKind, MatchOutcome, PaperKind
from safar.control.visas.models.applications import RETENTION, Application, of_application
from safar.control.watchlist.models import ListEntry
from safar.core.files import FileType
from safar.core.permissions import Actor
from safar.core.record import Event, Record


class Paper(Record):
    """A file that was handed in, opened and checked before. A photo is kept without metadata.

    What a clerk set aside, with a reason, counts as missing.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "name", "file_type", "size", "added_at")

    application = models.ForeignKey(Application, models.CASCADE, related_name="papers")
    kind = models.CharField(_("Paper"), max_length=12, choices=PaperKind)
    name = models.CharField(_("File"), max_length=80)
    file_type = models.CharField(max_length=20, choices=FileType)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_aside_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("added_at",)
        constraints = (
            models.UniqueConstraint("application", "kind", "sha256", name="visa_paper_once"),
            models.CheckConstraint(condition=Q(kind__in=PaperKind.values), name="visa_paper_kind"),
            models.CheckConstraint(
                condition=Q(file_type__in=FileType.values), name="visa_paper_file_type"
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None, set_aside_by=None, set_aside_reason="")
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False)
                & ~Q(set_aside_reason=""),
                name="visa_paper_set_aside_at_by",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class Fee(Event):
    """Money taken, waived or given back. What is settled is the sum of these."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "amount", "currency", "receipt", "at")

    application = models.ForeignKey(Application, models.PROTECT, related_name="fees")
    kind = models.CharField(max_length=8, choices=FeeKind)
    amount = models.DecimalField(_("Amount"), max_digits=8, decimal_places=2)
    currency = models.CharField(max_length=3)
    receipt = models.CharField(_("Receipt"), max_length=30, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("at",)
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="visa_fee_amount"),
            models.CheckConstraint(
                condition=(Q(kind="paid") & ~Q(receipt=""))
                | (Q(kind="waived", receipt="") & ~Q(reason=""))
                | (Q(kind="returned") & ~Q(receipt="") & ~Q(reason="")),
                name="visa_fee_with_receipt_or_reason",
            ),
            models.UniqueConstraint(
                fields=("kind", "receipt"), condition=~Q(receipt=""), name="visa_fee_receipt_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind} {self.amount} {self.currency}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class Interview(Event):
    """A talk with the applicant, as the officer wrote it down."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("held_on",)  # the words: on decision

    application = models.ForeignKey(Application, models.PROTECT, related_name="interviews")
    held_on = models.DateField(_("Held on"))
    language = models.CharField(_("Language"), max_length=40)
    text = models.TextField(_("What was said"), max_length=4000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("at",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="visa_interview_text"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.held_on}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class Screening(Event):
    """One look at the lists. `mark` is that of the person as she was screened: see `Person`."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("at",)

    application = models.ForeignKey(Application, models.PROTECT, related_name="screenings")
    mark = models.CharField(max_length=64)
    found = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.application_id} {self.found}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class ScreeningMatch(Record):
    """A likeness between an applicant and an entry, and who judged it. `shown` as to a booth."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("outcome", "judged_at")

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="matches")
    application = models.ForeignKey(Application, models.PROTECT, related_name="matches")
    entry = models.ForeignKey(ListEntry, models.PROTECT, related_name="+")
    entry_version = models.PositiveIntegerField()
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    discreet = models.BooleanField(default=False)  # stops nobody and is not shown to the clerk
    outcome = models.CharField(max_length=9, choices=MatchOutcome, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judged_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-score", "pk")
        constraints = (
            models.UniqueConstraint("screening", "entry", name="screening_match_once"),
            models.CheckConstraint(
                condition=Q(outcome="", judged_at=None, judged_by=None, reason="")
                | Q(
                    outcome__in=MatchOutcome.values,
                    judged_at__isnull=False,
                    judged_by__isnull=False,
                )
                & ~Q(reason=""),
                name="screening_match_judged_at_by",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.application_id} {self.entry_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Who judges sees all of them; a clerk what a booth would be shown."""
        mine = of_application(actor)
        return mine if actor.may("visas.judge_match") else mine & Q(discreet=False)
