"""Until which day may she stay after all? Extensions of a stay, and explanations accepted for it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import ExtensionGround, RebuttalGround
from safar.control.border.models.crossings import Crossing
from safar.control.border.models.shifts import at_own_posts
from safar.core.permissions import Actor
from safar.core.record import Event


class StayDecision(Event):
    """What two officers decided on the stay that began with an entry."""

    crossing = models.ForeignKey(Crossing, models.PROTECT, related_name="+", db_constraint=False)
    post = models.ForeignKey(
        "reference.CrossingPoint", models.PROTECT, to_field="code", related_name="+"
    )
    traveller = models.ForeignKey("travellers.Traveller", models.PROTECT, related_name="+")
    permitted_before = models.DateField(_("Permitted before"))
    prepared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ("decided_at",)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return at_own_posts(actor)


class StayExtension(StayDecision):
    """A stay made longer. Against a correction of the same day the later decision wins."""

    retention = "as the crossing"
    exports: ClassVar[tuple[str, ...]] = ("permitted_before", "until", "ground", "decided_at")

    until = models.DateField(_("May stay until"))
    ground = models.CharField(_("Ground"), max_length=12, choices=ExtensionGround)

    class Meta(StayDecision.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(until__gt=F("permitted_before")), name="extension_is_longer"
            ),
            models.CheckConstraint(
                condition=~Q(prepared_by=F("decided_by")), name="extension_two_people"
            ),
            models.CheckConstraint(
                condition=Q(ground__in=ExtensionGround.values), name="extension_ground"
            ),
        )

    def __str__(self) -> str:
        return f"extension to {self.until}"


class StayExcuse(StayDecision):
    """The traveller's rebuttal was accepted: days up to `until` are not held against her.

    Without `until` nothing of this stay is: she had left, or the day was written down wrong.
    """

    retention = "as the crossing"
    exports: ClassVar[tuple[str, ...]] = ("ground", "until", "decided_at")

    until = models.DateField(null=True)
    ground = models.CharField(_("Ground"), max_length=14, choices=RebuttalGround)

    class Meta(StayDecision.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("permitted_before")),
                name="excuse_after_the_stay",
            ),
            models.CheckConstraint(
                condition=~Q(prepared_by=F("decided_by")), name="excuse_two_people"
            ),
            models.CheckConstraint(
                condition=Q(ground__in=RebuttalGround.values), name="excuse_ground"
            ),
        )

    def __str__(self) -> str:
        return f"excuse {self.ground}"
