"""The lists of other owners: tens of millions of lost and stolen documents."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import ListedKind
from safar.core.permissions import Actor
from safar.core.record import Record


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

    The parts are made by `listed`, which is the only one that writes here; a row has no
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
