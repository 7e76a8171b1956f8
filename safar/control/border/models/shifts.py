"""Who is on at a post: the shift, its log, and officers signed on to lanes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import Direction, LogHeading, ShiftStatus
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned


def at_own_posts(actor: Actor, field: str = "post_id") -> Q:
    return Q() if actor.nationwide else Q(**{f"{field}__in": actor.post_codes})


class Shift(Versioned):
    """A team's hours at a post, from opening to the hand-over."""

    post = models.ForeignKey(
        "reference.CrossingPoint", models.PROTECT, to_field="code", related_name="+"
    )
    status = models.CharField(max_length=12, choices=ShiftStatus, default=ShiftStatus.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    hand_over_note = models.TextField(_("Hand-over note"), blank=True)
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="next")

    class Meta:
        ordering = ("-opened_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("post",), condition=Q(status=ShiftStatus.OPEN), name="one_open_shift"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="shift_ended_at_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} {self.opened_at:%Y-%m-%d %H:%M}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return at_own_posts(actor)


class ShiftLogEntry(Event):
    """A line in the log of a shift, under one of its nine headings."""

    retention = "ten years, as the paper log"
    exports: ClassVar[tuple[str, ...]] = ("heading", "text", "written_at")

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="log")
    heading = models.CharField(_("Heading"), max_length=1, choices=LogHeading)
    text = models.TextField(_("What happened"))
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("written_at",)

    def __str__(self) -> str:
        return f"{self.heading} {self.written_at:%H:%M}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return at_own_posts(actor, "shift__post_id")


class SignOn(Record):
    """An officer in a booth: post, lane and direction, from signing on to signing off."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="sign_ons")
    post = models.ForeignKey(
        "reference.CrossingPoint", models.PROTECT, to_field="code", related_name="+"
    )
    lane = models.CharField(_("Lane"), max_length=8)
    direction = models.CharField(_("Direction"), max_length=5, choices=Direction)
    officer = models.ForeignKey("accounts.User", models.PROTECT, related_name="sign_ons")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("lane",)
        constraints = (
            models.UniqueConstraint(
                fields=("officer",), condition=Q(ended_at=None), name="one_booth_an_officer"
            ),
            models.UniqueConstraint(
                fields=("post", "lane"), condition=Q(ended_at=None), name="one_officer_a_lane"
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} {self.lane} {self.direction}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return at_own_posts(actor)
