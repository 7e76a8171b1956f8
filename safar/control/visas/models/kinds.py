"""Which visas and permits are there, and how many in a year?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from safar.accounts.models import User
from safar.control.visas.choices.applications import Entries, PaperKind
from safar.core.permissions import Actor
from safar.core.record import Versioned
from safar.reference.listed import Ordered


class VisaKind(Ordered):
    """A kind of visa, or of residence or work permit (`is_permit`), with what it needs.

    `max_days` of stay and `max_validity_days` from the first day; `document_days`: how long the
    travel document must hold after arrival. `answer_days`: within how many working days the
    applicant has an answer; None: nothing is promised. Fees in whole units of the currency and hundredths.
    """

    is_permit = models.BooleanField(default=False)
    entries = ArrayField(models.CharField(max_length=1, choices=Entries), default=list)
    max_days = models.PositiveSmallIntegerField()
    max_validity_days = models.PositiveSmallIntegerField()
    document_days = models.PositiveSmallIntegerField(default=180)
    answer_days = models.PositiveSmallIntegerField(null=True)
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
