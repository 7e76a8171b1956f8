"""Crossings, what was later amended of them, and the bare count of those who left the flow."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import AmendmentKind, AmendmentStatus, Direction
from safar.control.border.models.shifts import at_own_posts
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned


class Crossing(Event):
    """An entry or exit on record. Its key is its decision's: one decision, one crossing.

    The table is partitioned by month on `crossed_at`; the database's own key is
    (id, crossed_at). See `partitions`.
    """

    retention = "three years after the exit, five years where an exit is missing"
    exports: ClassVar[tuple[str, ...]] = (
        "crossed_at", "direction", "post", "purpose", "destination", "conveyance",
        "permitted_until",
    )  # fmt: skip

    crossed_at = models.DateTimeField(_("Crossed"))
    received_at = models.DateTimeField()
    direction = models.CharField(_("Direction"), max_length=5, choices=Direction)
    post = models.ForeignKey(
        "reference.CrossingPoint", models.PROTECT, to_field="code", related_name="+",
        db_constraint=False, db_index=False,
    )  # fmt: skip
    lane = models.CharField(_("Lane"), max_length=8)
    traveller = models.ForeignKey(
        "travellers.Traveller", models.PROTECT, related_name="crossings", db_index=False
    )
    document = models.ForeignKey(
        "travellers.TravelDocument", models.PROTECT, related_name="+", db_index=False
    )
    citizenship = models.CharField(_("Citizen of"), max_length=3)
    sex = models.CharField(_("Sex"), max_length=1, blank=True)
    birth_year = models.SmallIntegerField(null=True)
    purpose = models.CharField(_("Purpose"), max_length=12, blank=True)
    destination = models.CharField(_("Going to"), max_length=160, blank=True)
    conveyance = models.CharField(_("Travels by"), max_length=80, blank=True)
    permitted_until = models.DateField(_("May stay until"), null=True)
    inspection = models.ForeignKey(
        "border.Inspection", models.PROTECT, null=True, related_name="crossings", db_index=False
    )
    officer = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ("-crossed_at",)
        indexes = (
            models.Index(fields=("traveller", "crossed_at"), name="crossing_by_traveller"),
            models.Index(fields=("post", "crossed_at"), name="crossing_by_post"),
            models.Index(
                fields=("permitted_until",),
                name="crossing_by_permitted_stay",
                condition=Q(direction=Direction.ENTRY, permitted_until__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.direction} {self.post_id} {self.crossed_at:%Y-%m-%d %H:%M}"

    @property
    def receipt(self) -> str:
        """The number that an officer reads out: post, lane, the end of the key."""
        return f"{self.post_id.rpartition('-')[2]}-{self.lane}-{self.pk.hex[-6:].upper()}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("travellers.open") else at_own_posts(actor)


class Amendment(Versioned):
    """An annulment or a correction: proposed by one officer, in force by another's signature."""

    retention = "as the crossing"
    exports: ClassVar[tuple[str, ...]] = ("kind", "changes", "reason", "status")

    crossing = models.ForeignKey(
        Crossing, models.PROTECT, related_name="amendments", db_constraint=False
    )  # a partitioned table's key cannot be referred to alone; `actions` checks that it is there
    post = models.ForeignKey(
        "reference.CrossingPoint", models.PROTECT, to_field="code", related_name="+"
    )
    kind = models.CharField(max_length=7, choices=AmendmentKind)
    changes = models.JSONField(default=dict)  # {field: [before, after]}; empty for an annulment
    reason = models.CharField(_("Reason"), max_length=300)
    status = models.CharField(
        max_length=8, choices=AmendmentStatus, default=AmendmentStatus.PROPOSED
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("proposed_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="amendment_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, status=AmendmentStatus.PROPOSED)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="amendment_decided_at_by",
            ),
            models.UniqueConstraint(
                fields=("crossing",),
                condition=Q(status=AmendmentStatus.PROPOSED),
                name="one_open_amendment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return at_own_posts(actor)


class FlowExit(Record):
    """Somebody left the ordinary flow at a post on a day: asylum, or signs of trafficking.

    Neither who, nor why, nor the hour, nor the officer: only the fact. Border staff must not
    be able to find out from Safar that a person asked for protection.
    """

    # Version 4: a UUIDv7 would tell the millisecond.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    post = models.ForeignKey(
        "reference.CrossingPoint", models.PROTECT, to_field="code", related_name="+"
    )
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.post_id} {self.day}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return at_own_posts(actor)
