"""Which lists there are, whose they are, and what each entry asks for."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Agency, User
from safar.accounts.two_people import two_people
from safar.control.watchlist.choices import (
    IN_FORCE,
    SHIPPED_THRESHOLD,
    EntryStatus,
    Instruction,
    ListKind,
    Sex,
    SourceFormat,
)
from safar.control.watchlist.deadlines import review_grace
from safar.core.permissions import Actor
from safar.core.record import Record, RecordManager, Versioned


def no_countries() -> "list[str]":
    return []


class WatchList(Record):
    """A list of an agency. Each change of what screens counts `published_version` up."""

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("Owner"))
    kind = models.CharField(_("Kind"), max_length=20, choices=ListKind)
    source_format = models.CharField(
        _("Source"), max_length=10, choices=SourceFormat, default=SourceFormat.OWN
    )
    contact = models.CharField(_("Who to call"), max_length=200)
    default_instruction = models.CharField(
        _("Instruction"), max_length=20, choices=Instruction, default=Instruction.INQUIRY
    )
    default_ground = models.CharField(_("Legal ground"), max_length=200, blank=True)
    threshold = models.FloatField(_("Names from this likeness on"), default=SHIPPED_THRESHOLD)
    published_version = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)  # when its source was last compared with it

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(threshold__gte=0.5, threshold__lte=1), name="watch_list_threshold"
            ),
            models.CheckConstraint(condition=Q(kind__in=ListKind.values), name="watch_list_kind"),
            models.CheckConstraint(
                condition=Q(default_instruction__in=Instruction.values),
                name="watch_list_instruction",
            ),
            models.CheckConstraint(
                condition=Q(published_version=0, published_at=None)
                | Q(published_version__gt=0, published_at__isnull=False),
                name="watch_list_published_at",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])


class ListFirst(RecordManager["ListEntry"]):
    """Whoever takes an entry's lock takes its list's before: in the order of an import."""

    def select_for_update(self, *_args: Any, **_more: Any) -> "QuerySet[ListEntry]":
        # PostgreSQL locks row by row in the order of OF.
        found = self.get_queryset().select_related("list")
        return found.select_for_update(of=("list", "self"))


class ListEntry(Versioned):
    """A person on a list: who, on what ground, what to do and whom to call.

    `content_version` counts changes of who is meant and what is asked, not the moves of its
    workflow: a traveller who was cleared stays cleared until it changes.
    """

    retention: ClassVar[str] = (
        "while in force, then five years from the day it was lifted or ended (list owner's law)"
    )
    exports: ClassVar[tuple[str, ...]] = ("instruction", "legal_ground", "in_force_from", "status")

    list = models.ForeignKey(WatchList, models.PROTECT, related_name="entries")
    source_key = models.CharField(_("Number"), max_length=60)
    status = models.CharField(max_length=10, choices=EntryStatus, default=EntryStatus.PROPOSED)
    instruction = models.CharField(_("Instruction"), max_length=20, choices=Instruction)
    legal_ground = models.CharField(_("Legal ground"), max_length=200)
    contact = models.CharField(_("Who to call"), max_length=200)
    discreet = models.BooleanField(_("Discreet"), default=False)
    in_force_from = models.DateField(_("In force from"))
    in_force_until = models.DateField(_("In force until"), null=True, blank=True)
    review_due = models.DateField(_("Review due"), null=True, blank=True)
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex, blank=True)
    citizenships = ArrayField(
        models.CharField(max_length=3),
        default=no_countries,
        blank=True,
        verbose_name=_("Citizenships"),
    )
    birth_place = models.CharField(_("Place of birth"), max_length=120, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    remarks = models.TextField(_("Remarks"), blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)  # of the source's own words
    content_version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    moved_in = models.BigIntegerField(default=0, editable=False)  # transaction, set by a trigger
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)
    lifting_reason = models.CharField(_("Why it should be lifted"), max_length=200, blank=True)
    lifting_proposed_at = models.DateTimeField(null=True)
    lifting_proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifting_proposed_by_name = models.CharField(max_length=120, blank=True)
    lifting_based_on = models.PositiveIntegerField(null=True)  # content_version its proposer saw
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_by_name = models.CharField(max_length=120, blank=True)

    objects: ClassVar[ListFirst] = ListFirst()

    class Meta:
        base_manager_name = "objects"  # `@action` takes its target's lock through it
        ordering = ("list", "source_key")
        indexes = (
            models.Index("list", "status", name="list_entry_by_status"),
            models.Index("moved_in", name="list_entry_by_moved_in"),
            models.Index(
                "review_due",
                name="list_entry_by_review",
                condition=Q(status__in=("published", "lifting"), review_due__isnull=False),
            ),
        )
        constraints = (
            models.UniqueConstraint("list", "source_key", name="list_entry_once"),
            models.CheckConstraint(
                condition=Q(status__in=EntryStatus.values), name="list_entry_status"
            ),
            models.CheckConstraint(
                condition=Q(instruction__in=Instruction.values), name="list_entry_instruction"
            ),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="list_entry_sex"),
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
                name="list_entry_in_force",
            ),
            models.CheckConstraint(condition=~Q(legal_ground=""), name="list_entry_ground"),
            two_people("proposed", "decided", name="list_entry_two_people"),
            two_people("lifting_proposed", "lifted", name="list_entry_lift_two_people"),
            models.CheckConstraint(
                condition=Q(lifting_proposed_at=None, lifting_proposed_by_name="")
                | (Q(lifting_proposed_at__isnull=False) & ~Q(lifting_proposed_by_name="")),
                name="list_entry_lifting_proposed_at_by",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "declined")) | ~Q(decided_at=None),
                name="list_entry_published_by_second",
            ),
            models.CheckConstraint(
                condition=~Q(status="lifted") | ~Q(lifted_at=None), name="list_entry_lifted_at"
            ),
        )

    def __str__(self) -> str:
        return f"{self.list_id} {self.source_key}"

    @property
    def why_silent(self) -> Any:
        """Why an entry that two people put in force stops nobody today, or None."""
        today = timezone.localdate()
        if self.status not in IN_FORCE:
            return None
        if self.in_force_until and self.in_force_until < today:
            return _("Its last day is past: it stops nobody. Lift it, or propose a longer time.")
        if self.review_due and self.review_due < today - review_grace():
            return _("Nobody reviewed it in time: it stops nobody. A change brings it back.")
        if self.in_force_from > today:
            return _("It is not in force yet.")
        return None

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("watchlist.read") else Q(pk__in=[])
