"""The country's own list of lost, stolen and void documents, and the lists of other owners."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import ListedKind, Report
from safar.core.permissions import Actor
from safar.core.record import Record


class ReportedDocument(Record):
    """A document number that was reported, until the report is withdrawn by a second person."""

    retention = "until the document would have expired, at most ten years"
    exports: ClassVar[tuple[str, ...]] = ("issuer", "number", "report", "reported_at")

    issuer = models.CharField(_("Issued by"), max_length=3)
    number = models.CharField(_("Number"), max_length=30)
    report = models.CharField(_("Report"), max_length=12, choices=Report)
    reference = models.CharField(_("Reference of the report"), max_length=80)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-reported_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("number", "issuer"),
                condition=Q(withdrawn_at=None),
                name="document_reported_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="document_withdrawn_at_by",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None)
                | Q(reported_by=None)
                | ~Q(withdrawn_by=F("reported_by")),
                name="document_withdrawn_by_second",
            ),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.number} {self.report}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])


class ListedSource(Record):
    """An owner's whole list of lost and stolen documents, and its version that is looked up now."""

    retention = "as long as its owner's list is looked up"
    exports: ClassVar[tuple[str, ...]] = ("code", "name", "version", "rows", "loaded_at")

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    number = models.PositiveSmallIntegerField(unique=True)  # of its part of `ListedDocument`
    version = models.PositiveIntegerField(default=0)
    rows = models.PositiveBigIntegerField(_("Documents"), default=0)
    left_out = models.PositiveIntegerField(_("Left out"), default=0)
    file_name = models.CharField(_("File"), max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField(null=True)
    loaded_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(version=0, loaded_at=None)
                | (Q(version__gt=0, loaded_at__isnull=False) & ~Q(loaded_by_name="")),
                name="listed_source_loaded",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])


class ListedDocument(models.Model):
    """One of tens of millions of numbers: a narrow row, in one part of the table for each source.

    The parts are made by `listed.replace`, which is the only one that writes here; a row has no
    key of its own, so Django is told that its number is one.
    """

    number = models.CharField(_("Number"), max_length=30, primary_key=True)
    issuer = models.CharField(_("Issued by"), max_length=3)
    kind = models.CharField(_("Report"), max_length=1, choices=ListedKind)
    reported_on = models.DateField(_("Reported"), null=True)
    source = models.PositiveSmallIntegerField()

    retention = "as long as its owner lists it"
    exports: ClassVar[tuple[str, ...]] = ("issuer", "number", "kind", "reported_on")

    class Meta:
        managed = False
        db_table = "documents_listed"

    def __str__(self) -> str:
        return f"{self.issuer} {self.number}"
