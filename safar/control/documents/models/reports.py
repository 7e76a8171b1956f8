"""The country's own list of lost, stolen and void documents."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import Report
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
