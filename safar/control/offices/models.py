"""Which offices are there, and who works at which?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Agency, User
from safar.control.offices.choices import Work
from safar.core.permissions import Actor
from safar.core.record import Record
from safar.reference.listed import Named
from safar.reference.models import Country


class IssuingOffice(Named):
    """A consulate, a passport office, the ministry's desk, the visa desk of a post at the border.

    `work`: what is applied for there.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    work = ArrayField(models.CharField(max_length=9, choices=Work), default=list)
    on_public_page = models.BooleanField(default=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(names__has_key="en") & ~Q(names__en=""), name="office_has_english"
            ),
            models.CheckConstraint(
                condition=Q(work__contained_by=Work.values, work__len__gte=1), name="office_work"
            ),
        )


class OfficePlacement(Record):
    """A user works at an office, until that is ended."""

    retention: ClassVar[str] = "as long as the account"
    exports: ClassVar[tuple[str, ...]] = ("office", "placed_at", "ended_at")

    user = models.ForeignKey(User, models.PROTECT, related_name="office_placements")
    office = models.ForeignKey(IssuingOffice, models.PROTECT, related_name="placements")
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("Ended"), null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("office", "placed_at")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "office"), condition=Q(ended_at=None), name="office_placement_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(ended_at__isnull=False),
                name="office_placement_ended_at_by",
            ),
            models.CheckConstraint(
                condition=Q(placed_by=None) | ~Q(placed_by=F("user")),
                name="office_placement_not_own",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.office_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        if actor.nationwide and actor.may("offices.read"):
            return Q()
        return Q(user_id=actor.user_id)
