"""Whom would an import newly have stopped last month, and which of its entries are doubtful?"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from safar.control.watchlist.choices import WorkStatus
from safar.control.watchlist.models.imports import ImportRun
from safar.core.permissions import Actor
from safar.core.record import Record


def no_rows() -> "list[dict[str, Any]]":
    return []


class ImportReplay(Record):
    """The entries of an import's dry run, tried on the travellers of the last thirty days.

    Travellers pass in an order of chance: where time is up, those who passed are a fair part.
    """

    retention: ClassVar[str] = "one year from the import"
    exports: ClassVar[tuple[str, ...]] = ("asked_at",)

    run = models.OneToOneField(ImportRun, models.CASCADE, related_name="replay")
    status = models.CharField(max_length=10, choices=WorkStatus, default=WorkStatus.WAITING)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    entries = models.PositiveIntegerField(default=0)  # added or changed by the import
    tried = models.PositiveIntegerField(default=0)  # of them, drawn by chance where there are many
    travellers = models.PositiveIntegerField(default=0)  # who crossed in the last thirty days
    done = models.PositiveIntegerField(default=0)  # of them
    stopped = models.PositiveIntegerField(default=0)  # of them newly, whom no list stops today
    shown = models.JSONField(default=no_rows)  # the first of them: who, by which entry, and why
    doubts = models.JSONField(default=no_rows)  # rows of the dry run with the reasons to look

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=WorkStatus.values), name="import_replay_status"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("done", "failed")) | ~Q(ended_at=None),
                name="import_replay_ended",
            ),
        )

    def __str__(self) -> str:
        return f"{self.run_id} {self.status}"

    @property
    def is_open(self) -> bool:
        return self.status in (WorkStatus.WAITING, WorkStatus.RUNNING)

    @property
    def is_part(self) -> bool:
        """Whether only a part of the travellers, or of the entries, was tried."""
        return self.done < self.travellers or self.tried < self.entries

    @property
    def stopped_in_all(self) -> int:
        """About how many of all travellers, by all entries: the part's share, carried over."""
        if not self.done or not self.tried:
            return 0
        return round(self.stopped * self.travellers / self.done * self.entries / self.tried)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])
