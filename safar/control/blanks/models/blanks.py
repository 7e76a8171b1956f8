"""Where is every blank, and what became of it? Nothing of it is ever struck out."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.blanks.choices import BlankKind, BlankState, DestructionStatus, MovementKind
from safar.control.blanks.models.boxes import Box, sees_blanks
from safar.control.offices.models import IssuingOffice
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned

BY_TWO = ("destroyed",)


class Blank(Record):
    """One blank. `holder` None: the central store; `box` None: it lies loose."""

    number = models.CharField(_("Number"), max_length=9, unique=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=BlankKind)
    box = models.ForeignKey(Box, models.PROTECT, null=True, related_name="blanks")
    holder = models.ForeignKey(IssuingOffice, models.PROTECT, null=True, related_name="blanks")
    state = models.CharField(max_length=10, choices=BlankState, default=BlankState.IN_HAND)

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(
                fields=("holder", "kind", "number"),
                name="blank_in_hand",
                condition=Q(state="in_hand"),
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=BlankState.values), name="blank_state"),
            models.CheckConstraint(condition=Q(kind__in=BlankKind.values), name="blank_kind"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[A-Z0-9]{4,9}$"), name="blank_number"
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def status(self) -> str:
        """The state, under the name that workflows use."""
        return self.state

    @status.setter
    def status(self, value: str) -> None:
        self.state = value

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return sees_blanks(actor)


class BlankMovement(Event):
    """One thing that happened to one blank. A blank is received once and issued once.

    `by`: who did it; `second`: who agreed, where two must. `batch`: what was done in one go.
    `became`: the key of the visa or passport, which belongs to an app above.
    """

    blank = models.ForeignKey(Blank, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=12, choices=MovementKind)
    holder = models.ForeignKey(IssuingOffice, models.PROTECT, null=True, related_name="+")
    became = models.UUIDField(null=True)
    batch = models.UUIDField(db_index=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    second = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("blank",), condition=Q(kind="issued"), name="blank_issued_once"
            ),
            models.UniqueConstraint(
                fields=("blank",), condition=Q(kind="received"), name="blank_received_once"
            ),
            models.UniqueConstraint(
                fields=("blank",), condition=Q(kind="destroyed"), name="blank_destroyed_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MovementKind.values), name="blank_movement_kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=BY_TWO)
                | (~Q(second_name="") & (Q(by=None) | Q(second=None) | ~Q(by=F("second")))
                   & ~Q(by_name=F("second_name"))),
                name="blank_destroyed_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("spoiled", "lost", "found", "destroyed")) | ~Q(reason=""),
                name="blank_lost_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind="issued", became__isnull=False)
                | (~Q(kind="issued") & Q(became=None)),
                name="blank_issued_as",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.blank_id} {self.kind}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return sees_blanks(actor)


class BlankDestruction(Versioned):
    """Blanks that one person proposes to destroy; they are destroyed when another agrees."""

    numbers = ArrayField(models.CharField(max_length=9))
    holder = models.ForeignKey(IssuingOffice, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("Reason"), max_length=200)
    status = models.CharField(
        max_length=8, choices=DestructionStatus, default=DestructionStatus.PROPOSED
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-proposed_at",)
        constraints = (
            two_people("proposed", "decided", name="destruction_two_people"),
            models.CheckConstraint(
                condition=Q(status="proposed") | ~Q(decided_at=None),
                name="destruction_decided",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DestructionStatus.values), name="destruction_status"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="destruction_reason"),
        )

    def __str__(self) -> str:
        return f"{len(self.numbers)} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return sees_blanks(actor)


class BlankCount(Event):
    """The stock of one kind at a holder as it was counted in a night.

    `difference`: received, less everything that is accounted for. It must be zero. `boxes`: those
    that are locked, or whose blanks are not all there although they are sealed. `late`: numbers
    and boxes that were sent there and that nobody acknowledged in time (`LONGEST_ON_THE_WAY`).
    """

    holder = models.ForeignKey(IssuingOffice, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=BlankKind)
    day = models.DateField()
    received = models.IntegerField()
    issued = models.IntegerField()
    spoiled = models.IntegerField()
    lost = models.IntegerField()
    found = models.IntegerField(default=0)  # again, and not destroyed yet
    destroyed = models.IntegerField()
    in_hand = models.IntegerField()
    difference = models.IntegerField()
    numbers = ArrayField(models.CharField(max_length=9), default=list)  # those that do not fit
    boxes = ArrayField(models.CharField(max_length=20), default=list)
    on_the_way = models.IntegerField(default=0)
    late = ArrayField(models.CharField(max_length=24), default=list)
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ("-day", "holder", "kind")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    difference=F("received") - F("issued") - F("spoiled") - F("lost")
                    - F("found") - F("destroyed") - F("in_hand")
                ),
                name="blank_count_adds_up",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.day} {self.difference}"

    @property
    def adds_up(self) -> bool:
        return not (self.difference or self.numbers or self.boxes)

    @property
    def is_right(self) -> bool:
        return self.adds_up and not self.late

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return sees_blanks(actor)
