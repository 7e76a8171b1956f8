"""Which entries are to be compared with those who are already inside, and who was found?"""

from typing import ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from safar.accounts.models import User
from safar.control.watchlist.choices import HitKind, WorkStatus
from safar.control.watchlist.models.lists import ListEntry, WatchList
from safar.core.permissions import Actor
from safar.core.record import Record

MOST_ENTRIES: Final = 20_000  # of one rescreening: they are held in memory while travellers pass


def no_entries() -> "list[UUID]":
    return []


class Rescreening(Record):
    """Entries that are new or changed, to be compared with recent travellers; and how far it is."""

    list = models.ForeignKey(WatchList, models.PROTECT, related_name="rescreenings")
    entries = ArrayField(models.UUIDField(), default=no_entries)
    status = models.CharField(max_length=10, choices=WorkStatus, default=WorkStatus.WAITING)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    travellers = models.PositiveIntegerField(default=0)  # to be compared, as counted at the start
    done = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=WorkStatus.values), name="rescreening_status"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("done", "failed")) | ~Q(ended_at=None),
                name="rescreening_ended",
            ),
        )

    def __str__(self) -> str:
        return f"{self.list_id} {self.status}"

    @property
    def percent(self) -> int:
        if self.status == WorkStatus.DONE:
            return 100
        return min(99, self.done * 100 // self.travellers) if self.travellers else 0

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])


class RecentCrosser(Record):
    """Somebody inside the country who is like an entry that came into force after her crossing.

    The owner of the list is told; nothing else follows from it by itself.
    """

    retention: ClassVar[str] = "one year from the day it was found"
    exports: ClassVar[tuple[str, ...]] = ("found_at", "seen_at")

    entry = models.ForeignKey(ListEntry, models.CASCADE, related_name="recent_crossers")
    entry_version = models.PositiveIntegerField()
    traveller_id = models.UUIDField()
    name = models.CharField(max_length=170)
    birth = models.CharField(max_length=10, blank=True)
    citizenship = models.CharField(max_length=3, blank=True)
    document = models.CharField(max_length=40, blank=True)
    crossed_at = models.DateTimeField()
    post = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=HitKind)
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    seen_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-found_at", "-score")
        indexes = (
            models.Index("found_at", name="recent_crosser_to_know", condition=Q(seen_at=None)),
        )
        constraints = (
            models.UniqueConstraint(
                "entry", "entry_version", "traveller_id", name="recent_crosser_once"
            ),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by_name="")
                | (~Q(seen_at=None) & ~Q(seen_by_name="")),
                name="recent_crosser_seen_at_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} {self.score}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Of a discreet entry only its list's owner learns who is inside."""
        if not actor.may("watchlist.read"):
            return Q(pk__in=[])
        return Q(entry__discreet=False) | Q(entry__list__owner=actor.agency_id)
