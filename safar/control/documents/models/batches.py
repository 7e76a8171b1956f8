"""Which blanks were stolen before anything was written in them?"""

from typing import ClassVar

from django.contrib.postgres.fields import BigIntegerRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.core.permissions import Actor
from safar.core.record import Record


class ReportedBatch(Record):
    """A run of blanks that were stolen, until a second person withdraws the report.

    `prefix` stands before the last `width` digits of a number; `serials` are those digits, the
    upper bound left out: one look-up in an index tells whether a number is one of them.
    """

    retention = "until the last of the documents would have expired, at most ten years"
    exports: ClassVar[tuple[str, ...]] = ("issuer", "kind", "first", "last", "reported_at")

    issuer = models.CharField(_("Issued by"), max_length=3)
    kind = models.CharField(_("Kind"), max_length=2, blank=True)
    first = models.CharField(_("First number"), max_length=30)
    last = models.CharField(_("Last number"), max_length=30)
    prefix = models.CharField(max_length=30, blank=True)
    width = models.PositiveSmallIntegerField()
    serials = BigIntegerRangeField()
    reference = models.CharField(_("Reference of the report"), max_length=80)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-reported_at",)
        verbose_name_plural = "reported batches"
        indexes = (
            GistIndex(
                fields=("issuer", "prefix", "width", "serials"),
                name="batch_by_number",
                condition=Q(withdrawn_at=None),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="batch_withdrawn_at_by",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None)
                | Q(reported_by=None)
                | ~Q(withdrawn_by=F("reported_by")),
                name="batch_withdrawn_by_second",
            ),
            models.CheckConstraint(condition=Q(serials__isempty=False), name="batch_is_not_empty"),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.first} to {self.last}"

    @property
    def blanks(self) -> int:
        return int(self.serials.upper) - int(self.serials.lower)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])
