"""What shapes do the numbers have that crossed here? Counts alone: nobody's number is in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.core.permissions import Actor
from safar.core.record import Record


class NumberShape(Record):
    """How many numbers of an issuer and kind have one shape; counted anew every night."""

    issuer = models.CharField(_("Issued by"), max_length=3)
    kind = models.CharField(_("Kind"), max_length=2)
    shape = models.CharField(_("Numbers"), max_length=30)
    seen = models.PositiveIntegerField()

    class Meta:
        ordering = ("issuer", "kind", "-seen")
        constraints = (
            models.UniqueConstraint(fields=("issuer", "kind", "shape"), name="number_shape_once"),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.kind} {self.shape}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])
