"""On which days were overstays looked for among all crossings, and how many were found?"""

from django.db import models
from django.db.models import Q

from safar.core.permissions import Actor
from safar.core.record import Event


class OverstayNight(Event):
    """One look through all crossings. `day`: the one as of which it looked."""

    day = models.DateField()
    ended_at = models.DateTimeField()
    added = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()

    class Meta:
        ordering = ("-day", "-ended_at")
        indexes = (models.Index("day", "ended_at", name="overstay_night_by_day"),)

    def __str__(self) -> str:
        return f"overstays of {self.day}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("stays.read") else Q(pk__in=[])
