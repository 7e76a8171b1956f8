"""What was found in the chip of a document that was shown at an inspection."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safar.control.border.choices import ChipOutcome
from safar.control.border.models.inspections import RETENTION, Inspection
from safar.control.border.models.shifts import at_own_posts
from safar.core.permissions import Actor
from safar.core.record import Event


class ChipCheck(Event):
    """One look at a chip: the outcome and why, never its files and never the picture on it.

    `files`: name → SHA-256 of what the reader handed over. `groups`: how each data group stands
    to what was signed. `differs`: where the chip contradicts what was typed of the document, or its details are odd.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("checked_at", "outcome", "findings")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="chip_checks")
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=9, choices=ChipOutcome)
    findings = models.JSONField(default=list)  # [{"code", "group", "params"}], heaviest first
    differs = models.JSONField(default=list)  # [{"code", "params"}], as of an inspection
    groups = models.JSONField(default=dict)
    files = models.JSONField(default=dict)
    signer = models.CharField(max_length=300, blank=True)
    root = models.CharField(max_length=300, blank=True)
    root_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-checked_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=ChipOutcome.values), name="chip_check_outcome"
            ),
        )

    def __str__(self) -> str:
        return f"{self.outcome} {self.checked_at:%Y-%m-%d %H:%M}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return at_own_posts(actor, "inspection__post_id")
