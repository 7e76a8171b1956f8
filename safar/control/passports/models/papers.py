"""What belongs to an application: papers handed in, fees, consents, and what each kind costs."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.applications.models import (
    FeeBase,
    PaperBase,
    fee_constraints,
    paper_constraints,
)
from safar.control.passports.choices.applications import AttachmentKind, PaperKind, Relation
from safar.control.passports.models.applications import RETENTION, Application, of_application
from safar.core.permissions import Actor
from safar.core.record import Record


class PaperTerms(Record):
    """How long each kind is valid and what it costs, as headquarters set it."""

    kind = models.CharField(max_length=9, choices=PaperKind, unique=True)
    years = models.PositiveSmallIntegerField(_("Years"))
    years_child = models.PositiveSmallIntegerField(_("Years, of a child"))
    fee = models.DecimalField(_("Fee"), max_digits=8, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3)
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("kind",)
        constraints = (
            models.CheckConstraint(
                condition=Q(years__range=(1, 20), years_child__range=(1, 20), fee__gte=0),
                name="passport_terms_in_range",
            ),
        )

    def __str__(self) -> str:
        return str(self.kind)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("passports.read") else Q(pk__in=[])


class Attachment(PaperBase):
    """A file that was handed in with an application."""

    retention = RETENTION

    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments")
    kind = models.CharField(_("Paper"), max_length=12, choices=AttachmentKind)

    class Meta(PaperBase.Meta):
        indexes = (
            # The same photo under two names.
            models.Index(fields=("sha256",), name="passport_photo", condition=Q(kind="photo")),
        )
        constraints = paper_constraints("passport_paper", AttachmentKind.values)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class Consent(Record):
    """A parent or guardian agrees that a child is given what is applied for."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("relation", "name", "document", "given_on")

    application = models.ForeignKey(Application, models.CASCADE, related_name="consents")
    relation = models.CharField(_("Relation"), max_length=8, choices=Relation)
    name = models.CharField(_("Name"), max_length=120)
    document = models.CharField(_("Document shown"), max_length=60)
    given_on = models.DateField(_("Given on"))
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("added_at",)
        constraints = (
            models.UniqueConstraint("application", "relation", name="passport_consent_once"),
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values) & ~Q(name="") & ~Q(document=""),
                name="passport_consent_says_who",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.relation}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)


class Fee(FeeBase):
    """Money taken, waived or given back on an application."""

    retention = RETENTION

    application = models.ForeignKey(Application, models.PROTECT, related_name="fees")

    class Meta(FeeBase.Meta):
        constraints = fee_constraints("passport_fee")

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)
