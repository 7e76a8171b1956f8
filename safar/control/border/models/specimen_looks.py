"""What second line found of a document's security features, beside a specimen of its kind."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.control.border.models.inspections import RETENTION, Inspection
from safar.control.border.models.shifts import at_own_posts
from safar.control.documents.models import Specimen
from safar.core.permissions import Actor
from safar.core.record import Event


class SpecimenLook(Event):
    """One look: which features were tested, and which differ; never a picture of the document.

    `features`: [{"title", "way", "expected", "result"}], as the specimen described them then.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("looked_at", "title", "features", "note")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="specimen_looks")
    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="+")
    title = models.CharField(_("Specimen"), max_length=80)
    features = models.JSONField(default=list)
    differ = models.PositiveSmallIntegerField(_("Differ"))
    note = models.CharField(_("Note"), max_length=400, blank=True)
    looked_at = models.DateTimeField()
    looked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-looked_at",)
        constraints = (
            models.CheckConstraint(condition=~Q(features=[]), name="specimen_looked_at"),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.looked_at:%Y-%m-%d %H:%M}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return at_own_posts(actor, "inspection__post_id")
