"""What belongs to an application: papers handed in, fees, consents, and what each kind costs."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.passports.choices.applications import (
    AttachmentKind,
    FeeKind,
    PaperKind,
    Relation,
)
from safar.control.passports.models.applications import RETENTION, Application, of_application
from safar.core.files import FileType
from safar.core.permissions import Actor
from safar.core.record import Event, Record


class PaperTerms(Record):
    """How long each kind is valid and what it costs, as headquarters set it."""

    kind = models.CharField(max_length=9, choices=PaperKind, unique=True)
    years = models.PositiveSmallIntegerField(_("Years"))
    years_child = models.PositiveSmallIntegerField(_("Years, of a child"))
    fee = models.DecimalField(_("Fee"), max_digits=8, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("kind",)
        constraints = (
            models.CheckConstraint(
                condition=Q(years__range=(1, 20), years_child__range=(1, 20), fee__gte=0),
                name="passport_terms_in_range",
            ),
        )

    def __str__(self) -> str:
        return str(self.kind)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("passports.read") else Q(pk__in=[])


class Attachment(Record):
    """A file that was handed in, opened and checked before. A photo is kept without metadata.

    What was set aside, with a reason, counts as missing.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "name", "file_type", "size", "added_at")

    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments")
    kind = models.CharField(_("Paper"), max_length=12, choices=AttachmentKind)
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
        indexes = (
            # The same photo under two names.
            models.Index(fields=("sha256",), name="passport_photo", condition=Q(kind="photo")),
        )
        constraints = (
            models.UniqueConstraint("application", "kind", "sha256", name="passport_paper_once"),
            models.CheckConstraint(
                condition=Q(kind__in=AttachmentKind.values), name="passport_paper_kind"
            ),
            models.CheckConstraint(
                condition=Q(file_type__in=FileType.values), name="passport_paper_file_type"
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None, set_aside_by=None, set_aside_reason="")
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False)
                & ~Q(set_aside_reason=""),
                name="passport_paper_set_aside_at_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class Consent(Record):
    """A parent or guardian agrees that a child is given what is applied for."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("relation", "name", "document", "given_on")

    application = models.ForeignKey(Application, models.CASCADE, related_name="consents")
    relation = models.CharField(_("Relation"), max_length=8, choices=Relation)
    name = models.CharField(_("Name"), max_length=120)
    document = models.CharField(_("Document shown"), max_length=60)
    given_on = models.DateField(_("Given on"))
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("added_at",)
        constraints = (
            models.UniqueConstraint("application", "relation", name="passport_consent_once"),
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values) & ~Q(name="") & ~Q(document=""),
                name="passport_consent_says_who",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.relation}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class Fee(Event):
    """Money taken, waived or given back. What is settled is the sum of these."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "amount", "currency", "receipt", "at")

    application = models.ForeignKey(Application, models.PROTECT, related_name="fees")
    kind = models.CharField(_("What"), max_length=8, choices=FeeKind)
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
            models.CheckConstraint(condition=Q(amount__gt=0), name="passport_fee_amount"),
            models.CheckConstraint(
                condition=(Q(kind="paid") & ~Q(receipt=""))
                | (Q(kind="waived", receipt="") & ~Q(reason=""))
                | (Q(kind="returned") & ~Q(receipt="") & ~Q(reason="")),
                name="passport_fee_with_receipt_or_reason",
            ),
            models.UniqueConstraint(
                fields=("kind", "receipt"),
                condition=~Q(receipt=""),
                name="passport_fee_receipt_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind} {self.amount} {self.currency}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)
