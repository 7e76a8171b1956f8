"""What the lists said of an applicant, and who judged it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.applications.choices import ListOutcome
from safar.control.watchlist.models import ListEntry
from safar.core.record import Event, Record


class ListScreeningBase(Event):
    """One look at the lists. `mark` is that of the person as she was screened: see `Person`."""

    exports: ClassVar[tuple[str, ...]] = ("at",)

    application: Any
    mark = models.CharField(max_length=64)
    found = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        abstract = True
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.application_id} {self.found}"  # type: ignore[attr-defined]


class ListMatchBase(Record):
    """A likeness between an applicant and an entry, and who judged it.

    `discreet`: a booth would be shown nothing of it; it stops nobody.
    """

    exports: ClassVar[tuple[str, ...]] = ("outcome", "judged_at")

    screening: Any
    application: Any
    entry = models.ForeignKey(ListEntry, models.PROTECT, related_name="+")
    entry_version = models.PositiveIntegerField()
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    discreet = models.BooleanField(default=False)
    outcome = models.CharField(max_length=9, choices=ListOutcome, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judged_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True
        ordering = ("-score", "pk")

    def __str__(self) -> str:
        return f"{self.application_id} {self.entry_id}"  # type: ignore[attr-defined]


def match_constraints(prefix: str) -> tuple[models.BaseConstraint, ...]:
    """What the database holds a table of likenesses to; names begin with `prefix`."""
    judged = Q(
        outcome__in=ListOutcome.values, judged_at__isnull=False, judged_by__isnull=False
    ) & ~Q(reason="")
    return (
        models.UniqueConstraint("screening", "entry", name=f"{prefix}_once"),
        models.CheckConstraint(
            condition=Q(outcome="", judged_at=None, judged_by=None, reason="") | judged,
            name=f"{prefix}_judged_at_by",
        ),
    )
