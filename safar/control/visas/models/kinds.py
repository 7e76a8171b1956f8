"""Which visas and permits are there, where are they given, and how many in a year?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Agency, User
from safar.control.visas.choices import Entries, PaperKind
from safar.core.permissions import Actor
from safar.core.record import Record, Versioned
from safar.reference.listed import Named, Ordered
from safar.reference.models import Country


class VisaKind(Ordered):
    """A kind of visa, or of residence or work permit (`is_permit`), with what it needs.

    `max_days` of stay and `max_validity_days` from the first day; `document_days`: how long the
    travel document must hold after arrival. Fees in whole units of the currency and hundredths.
    """

    is_permit = models.BooleanField(default=False)
    entries = ArrayField(models.CharField(max_length=1, choices=Entries), default=list)
    max_days = models.PositiveSmallIntegerField()
    max_validity_days = models.PositiveSmallIntegerField()
    document_days = models.PositiveSmallIntegerField(default=180)
    fee = models.DecimalField(max_digits=8, decimal_places=2)
    currency = models.CharField(max_length=3)
    papers = ArrayField(models.CharField(max_length=12, choices=PaperKind), default=list)
    needs_inviter = models.BooleanField(default=False)
    needs_interview = models.BooleanField(default=False)
    on_public_page = models.BooleanField(default=True)

    class Meta(Ordered.Meta):
        constraints = (
            models.CheckConstraint(condition=Q(fee__gte=0), name="visa_kind_fee"),
            models.CheckConstraint(
                condition=Q(max_days__gte=1, max_validity_days__gte=1), name="visa_kind_days"
            ),
            models.CheckConstraint(condition=Q(entries__len__gte=1), name="visa_kind_entries"),
            models.CheckConstraint(
                condition=Q(names__has_key="en") & ~Q(names__en=""), name="visa_kind_has_english"
            ),
        )


class PermitQuota(Versioned):
    """How many permits of a kind may begin in a year. Without a row: none."""

    kind = models.ForeignKey(VisaKind, models.PROTECT, related_name="quotas")
    year = models.PositiveSmallIntegerField()
    places = models.PositiveIntegerField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("-year", "kind")
        constraints = (models.UniqueConstraint("kind", "year", name="permit_quota_once"),)

    def __str__(self) -> str:
        return f"{self.kind_id} {self.year}: {self.places}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("visas.read") else Q(pk__in=[])


class Consulate(Named):
    """Where applications are worked on: a consulate, the ministry's desk, a post at the border."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    on_public_page = models.BooleanField(default=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(names__has_key="en") & ~Q(names__en=""), name="consulate_has_english"
            ),
        )


class ConsulatePlacement(Record):
    """A user works at a consulate, until that is ended."""

    retention: ClassVar[str] = "as long as the account"
    exports: ClassVar[tuple[str, ...]] = ("consulate", "placed_at", "ended_at")

    user = models.ForeignKey(User, models.PROTECT, related_name="consulate_placements")
    consulate = models.ForeignKey(Consulate, models.PROTECT, related_name="placements")
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("Ended"), null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("consulate", "placed_at")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "consulate"),
                condition=Q(ended_at=None),
                name="consulate_placement_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(ended_at__isnull=False),
                name="consulate_placement_ended_at_by",
            ),
            models.CheckConstraint(
                condition=Q(placed_by=None) | ~Q(placed_by=models.F("user")),
                name="consulate_placement_not_own",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.consulate_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.nationwide and actor.may("visas.read") else Q(user_id=actor.user_id)
