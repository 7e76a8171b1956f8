"""Where did an entry stop a traveller, and who judged whether it was the person?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.watchlist.choices import Decisive, HitKind, HitStatus, Outcome
from safar.control.watchlist.models.lists import ListEntry
from safar.core.permissions import Actor
from safar.core.record import Event, Record


class Hit(Record):
    """A likeness between a traveller and an entry. The machine found it; a person judges it.

    Traveller and inspection are keys without foreign keys: the apps that own them stand above.
    """

    retention: ClassVar[str] = "five years from the inspection"
    exports: ClassVar[tuple[str, ...]] = ("raised_at", "status", "judged_at")

    traveller_id = models.UUIDField()
    inspection_id = models.UUIDField()
    entry = models.ForeignKey(ListEntry, models.PROTECT, related_name="hits")
    entry_version = models.PositiveIntegerField()  # ListEntry.content_version that was compared
    traveller_mark = models.CharField(max_length=64, blank=True)  # of what her document said
    kind = models.CharField(max_length=10, choices=HitKind)
    score = models.FloatField()
    reasons = models.JSONField(default=list)  # [{"code": …, "params": {…}}]
    status = models.CharField(max_length=10, choices=HitStatus, default=HitStatus.NEW)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    raised_by_name = models.CharField(max_length=120)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judged_by_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    what_decided = ArrayField(models.CharField(max_length=20, choices=Decisive), default=list)

    class Meta:
        ordering = ("-raised_at", "-score")
        indexes = (
            models.Index("traveller_id", "entry", name="hit_by_traveller"),
            models.Index("entry", "status", name="hit_by_entry"),
            models.Index(
                fields=("-raised_at",),
                name="hit_open",
                condition=Q(status__in=("new", "in_review")),
            ),
        )
        constraints = (
            models.UniqueConstraint("inspection_id", "entry", name="hit_once"),
            models.CheckConstraint(condition=Q(kind__in=HitKind.values), name="hit_kind"),
            models.CheckConstraint(condition=Q(status__in=HitStatus.values), name="hit_status"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="hit_score"),
            models.CheckConstraint(
                condition=Q(status__in=("new", "in_review"))
                | (Q(judged_at__isnull=False) & ~Q(judged_by_name="") & ~Q(reason="")),
                name="hit_judged_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None) | Q(raised_by=None) | ~Q(judged_by=F("raised_by")),
                name="hit_judged_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        sees = actor.may("watchlist.judge_hit") or actor.may("watchlist.read")
        return Q() if sees else Q(pk__in=[])


class Judgement(Event):
    """One judgement of a hit, or its taking back: added once, never changed."""

    retention: ClassVar[str] = "with its hit"
    exports: ClassVar[tuple[str, ...]] = ("outcome", "at")

    TAKEN_BACK: ClassVar[str] = "taken_back"

    hit = models.ForeignKey(Hit, models.PROTECT, related_name="judgements")
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=500)
    what_decided = ArrayField(models.CharField(max_length=20, choices=Decisive), default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("hit", "at")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=[*Outcome.values, "taken_back"]), name="judgement_outcome"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="judgement_reason"),
        )

    def __str__(self) -> str:
        return f"{self.hit_id} {self.outcome}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Hit.scope(actor)
