"""A paper that was handed in with an application."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.core.files import FileType
from safar.core.record import Record


class PaperBase(Record):
    """A file that was handed in, opened and checked before. A photo is kept without metadata.

    What was set aside, with a reason, counts as missing.
    """

    exports: ClassVar[tuple[str, ...]] = ("kind", "name", "file_type", "size", "added_at")

    application: Any
    kind = models.CharField(max_length=12)  # each app's own choices
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
        abstract = True
        ordering = ("added_at",)

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"  # type: ignore[attr-defined]


def paper_constraints(prefix: str, kinds: list[str]) -> tuple[models.BaseConstraint, ...]:
    """What the database holds a table of papers to; names begin with `prefix`."""
    return (
        models.UniqueConstraint("application", "kind", "sha256", name=f"{prefix}_once"),
        models.CheckConstraint(condition=Q(kind__in=kinds), name=f"{prefix}_kind"),
        models.CheckConstraint(
            condition=Q(file_type__in=FileType.values), name=f"{prefix}_file_type"
        ),
        models.CheckConstraint(
            condition=Q(set_aside_at=None, set_aside_by=None, set_aside_reason="")
            | Q(set_aside_at__isnull=False, set_aside_by__isnull=False) & ~Q(set_aside_reason=""),
            name=f"{prefix}_set_aside_at_by",
        ),
    )
