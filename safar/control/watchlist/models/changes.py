"""What was proposed of an entry in force, who reviewed it, and its photograph."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.watchlist.choices import ChangeStatus, PhotoType, ReviewOutcome
from safar.control.watchlist.models.lists import ListEntry
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned


class EntryChange(Versioned):
    """A change of an entry in force: it screens as before until a second person agrees.

    `draft` holds the whole entry as it would read; `based_on` is the content version that the
    proposer saw, so that nobody agrees to a change of what has changed meanwhile.
    """

    retention: ClassVar[str] = "with its entry"
    exports: ClassVar[tuple[str, ...]] = ("status", "proposed_at", "decided_at")

    entry = models.ForeignKey(ListEntry, models.CASCADE, related_name="changes")
    status = models.CharField(max_length=10, choices=ChangeStatus, default=ChangeStatus.PROPOSED)
    based_on = models.PositiveIntegerField()
    draft = models.JSONField()
    reason = models.CharField(_("Why it should be changed"), max_length=200)
    photo = models.BinaryField(null=True)  # cleaned, see safar.control.watchlist.photos
    photo_type = models.CharField(max_length=4, choices=PhotoType, blank=True)
    removes_photo = models.BooleanField(default=False)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-proposed_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=ChangeStatus.values), name="entry_change_status"
            ),
            two_people("proposed", "decided", name="entry_change_two_people"),
            models.CheckConstraint(
                condition=~Q(status="published") | ~Q(decided_at=None),
                name="entry_change_published_by_second",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="entry_change_reason"),
            models.UniqueConstraint(
                fields=("entry",), condition=Q(status="proposed"), name="entry_change_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])


class EntryReview(Event):
    """One look at whether an entry is still needed: added once, never changed."""

    retention: ClassVar[str] = "with its entry"
    exports: ClassVar[tuple[str, ...]] = ("outcome", "at")

    entry = models.ForeignKey(ListEntry, models.PROTECT, related_name="reviews")
    outcome = models.CharField(max_length=10, choices=ReviewOutcome)
    reason = models.CharField(_("Reason"), max_length=200)
    due_before = models.DateField(null=True)
    due_after = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=ReviewOutcome.values), name="entry_review_outcome"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="entry_review_reason"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} {self.outcome}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])


class EntryPhoto(Record):
    """The photograph of an entry's person, without anything that its file said besides."""

    retention: ClassVar[str] = "with its entry"
    exports: ClassVar[tuple[str, ...]] = ("content",)

    entry = models.OneToOneField(ListEntry, models.CASCADE, related_name="photo")
    content = models.BinaryField()
    kind = models.CharField(max_length=4, choices=PhotoType)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=PhotoType.values), name="entry_photo_kind"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])
