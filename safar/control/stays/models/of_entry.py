"""What every row here has in common: it is about the stay that began with one entry."""

from django.db import models
from django.db.models import Q

from safar.control.border.models import Crossing
from safar.core.permissions import Actor
from safar.core.record import Record


class OfEntry(Record):
    """`entered_at` leads to the month of the crossings' partitioned table."""

    crossing = models.ForeignKey(Crossing, models.PROTECT, related_name="+", db_constraint=False)
    entered_at = models.DateTimeField()
    entered_on = models.DateField()  # in the calendar of the post
    post = models.ForeignKey(
        "reference.CrossingPoint", models.PROTECT, to_field="code", related_name="+"
    )
    traveller = models.ForeignKey("travellers.Traveller", models.PROTECT, related_name="+")
    document = models.ForeignKey("travellers.TravelDocument", models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Of her own posts; of all at headquarters. Only for those who work on stays."""
        if not actor.may("stays.read"):
            return Q(pk__in=[])
        return Q() if actor.nationwide else Q(post_id__in=actor.post_codes)

    @classmethod
    def in_file(cls, actor: Actor) -> Q:
        """What stands in a traveller's file: as her crossings, for whoever may open it."""
        return cls.shown() if actor.may("travellers.open") else cls.scope(actor)

    @classmethod
    def shown(cls) -> Q:
        """What anybody is ever shown."""
        return Q()
