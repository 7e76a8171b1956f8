"""An application for a passport, card or travel paper: who asks for it, and how far it has come."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.applications.models import ApplicationBase, MoveBase
from safar.control.offices.models import IssuingOffice
from safar.control.offices.queries import at_own
from safar.control.passports.choices.applications import (
    APPROVED,
    NATIONAL,
    NATIONALITIES,
    ON_ITS_WAY,
    Ground,
    PaperKind,
    Reason,
    Status,
)
from safar.core.permissions import Actor
from safar.core.record import Record
from safar.reference.partial_date_field import shape_constraint

RETENTION = (
    "fifteen years after the document runs out; refused or withdrawn: five years; a draft: 30 days"
)
DECIDED = (*APPROVED, Status.REFUSED)
CHECKED = (Status.CHECKED, *DECIDED)


class Holder(Record):
    """A person of the register: all that was issued to her, under whatever name, hangs together."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("added_at",)

    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"holder {self.pk}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(pk__in=Application.objects.visible_to(actor).values("holder"))


class Application(ApplicationBase):
    """What one person asks for at one office. Read under `number`, which is random.

    `former_names`: names that she bore before, for the identity check. `holder` is set with the
    approval: that of an earlier application where the identity check found the same person.
    `second_reason`: why she may hold a second one beside a valid one.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "number", "kind", "status", "surname", "given_names", "name_written", "former_names",
        "birth", "birth_place", "sex", "nationality", "personal_number", "phone", "reason",
        "earlier_issuer", "earlier_number", "representative_name", "representative_document",
        "begun_at", "submitted_at", "decided_at", "grounds", "decision_reason",
    )  # fmt: skip

    kind = models.CharField(_("Kind"), max_length=9, choices=PaperKind)
    status = models.CharField(_("Status"), max_length=10, choices=Status, default=Status.DRAFT)
    office = models.ForeignKey(IssuingOffice, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Holder, models.PROTECT, null=True, related_name="applications")

    name_written = models.CharField(_("Name in own letters"), max_length=120, blank=True)
    name_keys = ArrayField(models.CharField(max_length=60), default=list)  # of all her names
    former_names = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("Names borne before"),
        default=list,
        blank=True,
    )
    birth_place = models.CharField(_("Born at"), max_length=80, blank=True)
    personal_number = models.CharField(_("Personal number"), max_length=20, blank=True)

    reason = models.CharField(_("Reason"), max_length=12, choices=Reason, blank=True)
    earlier_issuer = models.CharField(_("Earlier document: issued by"), max_length=3, blank=True)
    earlier_number = models.CharField(_("Earlier document: number"), max_length=30, blank=True)
    second_reason = models.CharField(_("Why a second one"), max_length=200, blank=True)
    came_herself = models.BooleanField(_("The holder came herself"), default=True)
    representative_name = models.CharField(_("Representative"), max_length=120, blank=True)
    representative_document = models.CharField(
        _("Document of the representative"), max_length=60, blank=True
    )

    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_by_name = models.CharField(max_length=120, blank=True)
    grounds = ArrayField(models.CharField(max_length=16, choices=Ground), default=list)

    class Meta(ApplicationBase.Meta):
        indexes = (
            models.Index("office", "status", "submitted_at", name="passport_application_desk"),
            models.Index("birth", name="passport_application_by_birth"),
            GinIndex(fields=["name_keys"], name="passport_application_names"),
            models.Index(
                fields=("personal_number",),
                name="passport_application_by_number",
                condition=~Q(personal_number=""),
            ),
            models.Index("earlier_number", name="passport_application_earlier"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="passport_application_status"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PaperKind.values), name="passport_application_kind"
            ),
            shape_constraint("birth", "passport_application_birth_shape"),
            models.CheckConstraint(
                condition=~Q(surname="") & ~Q(birth=""), name="passport_application_says_who"
            ),
            # A refugee's paper names no state that she fled from, and a citizen's no other.
            models.CheckConstraint(
                condition=Q(kind__in=NATIONAL) & ~Q(nationality__startswith="XX")
                | Q(kind="refugee", nationality__in=NATIONALITIES[PaperKind.REFUGEE])
                | Q(kind="stateless", nationality__in=NATIONALITIES[PaperKind.STATELESS]),
                name="passport_application_nationality",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", submitted_at=None)
                | ~Q(status="draft")
                & Q(submitted_at__isnull=False, fee_due__isnull=False)
                & ~Q(reason=""),
                name="passport_application_sent_whole",
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None, checked_by_name="")
                | Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(checked_by_name=""),
                name="passport_application_checked_at_by",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=CHECKED) | Q(checked_by__isnull=False),
                name="passport_application_checked_by_somebody",
            ),
            two_people("checked", "decided", name="passport_application_two_people"),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(entered_by=None)
                | ~Q(decided_by=F("entered_by")),
                name="passport_application_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DECIDED, decided_by__isnull=False)
                | (~Q(status__in=DECIDED) & Q(decided_at=None)),
                name="passport_application_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(status="refused", grounds__len__gte=1)
                | (~Q(status="refused") & Q(grounds__len=0)),
                name="passport_application_refused_on_grounds",
            ),
            models.CheckConstraint(
                condition=Q(status__in=APPROVED, holder__isnull=False) | ~Q(status__in=APPROVED),
                name="passport_application_has_holder",
            ),
            models.UniqueConstraint(
                fields=("holder", "kind"),
                condition=Q(status__in=ON_ITS_WAY, second_reason=""),
                name="passport_application_one_on_its_way",
            ),
        )  # fmt: skip

    @property
    def is_national(self) -> bool:
        return self.kind in NATIONAL

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Her offices' applications; headquarters sees all."""
        if not actor.may("passports.read"):
            return Q(pk__in=[])
        return Q() if actor.nationwide else at_own(actor)


def of_application(actor: Actor) -> Q:
    """The condition of rows that belong to an application which the actor may see."""
    return Q(application_id__in=Application.objects.visible_to(actor).values("pk"))


class ApplicationMove(MoveBase):
    """One move of an application, or a judgement on it."""

    retention = RETENTION

    application = models.ForeignKey(Application, models.PROTECT, related_name="moves")

    class Meta(MoveBase.Meta):
        indexes = (models.Index("application", "at", name="passport_move_by_time"),)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_application(actor)
