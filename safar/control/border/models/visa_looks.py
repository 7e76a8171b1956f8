"""What was found of a visa that was shown in second line."""

from typing import ClassVar

from django.db import models

from safar.control.border.models.inspections import RETENTION, Inspection
from safar.control.border.models.shifts import at_own_posts
from safar.core.permissions import Actor
from safar.core.record import Event


class VisaLook(Event):
    """One look at a visa in second line: as an inspection keeps it, with what was found.

    `visa` has the shape of `Inspection.visa`: an admission uses the visa that was looked at last.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("looked_at", "visa", "findings")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="visa_looks")
    looked_at = models.DateTimeField()
    looked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    visa = models.JSONField()
    findings = models.JSONField(default=list)  # [{"code", "weight", "params"}], heaviest first

    class Meta:
        ordering = ("-looked_at",)

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.looked_at:%Y-%m-%d %H:%M}"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return at_own_posts(actor, "inspection__post_id")
