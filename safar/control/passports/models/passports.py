"""Passports and other travel papers that were made, what their chips hold, how they ended."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.offices.models import IssuingOffice
from safar.control.offices.queries import at_own
from safar.control.passports.choices.applications import PaperKind
from safar.control.passports.choices.making import (
    STANDING,
    TAKEN_BACK,
    CancelGround,
    PassportStatus,
    Receiver,
)
from safar.control.passports.models.applications import Application, Holder
from safar.control.travellers.choices import Sex
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned
from safar.reference.partial_date_field import PartialDateField, shape_constraint

RETENTION = "fifteen years after the last day of validity"


def _by_passport(actor: Actor) -> Q:
    """What belongs to the passports that the actor sees."""
    seen = Passport.objects.filter(Passport.scope(actor))
    return Q() if "*" in actor.permissions else Q(passport__in=seen.values("pk"))


class Passport(Versioned):
    """A document as it was printed: what it says is never corrected, only ended.

    `number`: of the blank that it was printed on. `zone`: its lines with line feeds.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "number", "kind", "surname", "given_names", "name_written", "birth", "birth_place", "sex",
        "nationality", "personal_number", "issued_on", "expires_on", "status",
    )  # fmt: skip

    number = models.CharField(_("Number"), max_length=9, unique=True)
    application = models.ForeignKey(Application, models.PROTECT, related_name="passports")
    holder = models.ForeignKey(Holder, models.PROTECT, related_name="passports")
    kind = models.CharField(_("Kind"), max_length=9, choices=PaperKind)
    second = models.BooleanField(default=False)  # beside a valid one, for a reason
    office = models.ForeignKey(IssuingOffice, models.PROTECT, related_name="+")
    surname = models.CharField(_("Surname"), max_length=60)
    given_names = models.CharField(_("Given names"), max_length=60, blank=True)
    name_written = models.CharField(_("Name in own letters"), max_length=120, blank=True)
    birth = PartialDateField(_("Born"))
    birth_place = models.CharField(_("Born at"), max_length=80, blank=True)
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex, blank=True)
    nationality = models.CharField(_("Citizen of"), max_length=3)
    personal_number = models.CharField(_("Personal number"), max_length=20, blank=True)
    zone = models.CharField(max_length=92)
    issued_on = models.DateField(_("Issued"))
    expires_on = models.DateField(_("Valid until"))
    status = models.CharField(
        max_length=9, choices=PassportStatus, default=PassportStatus.IN_MAKING
    )
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-issued_on", "number")
        indexes = (
            models.Index(fields=("office", "status"), name="passport_by_office"),
            models.Index(fields=("personal_number",), name="passport_by_person"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("application",), condition=Q(status__in=STANDING), name="passport_one_valid"
            ),
            models.UniqueConstraint(
                fields=("holder", "kind"),
                condition=Q(status="delivered", second=False),
                name="passport_one_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PassportStatus.values), name="passport_status"
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[A-Z0-9]{4,9}$"), name="passport_number"
            ),
            models.CheckConstraint(
                condition=Q(issued_on__lt=F("expires_on")), name="passport_days"
            ),
            # Nothing is delivered that no quality control let pass.
            models.CheckConstraint(
                condition=Q(status__in=("in_making", "spoiled"), made_at=None)
                | Q(status__in=("made", "delivered", "cancelled"), made_at__isnull=False),
                name="passport_made_by_control",
            ),
            shape_constraint("birth", "passport_birth_shape"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given_names}".strip()

    @property
    def lines(self) -> list[str]:
        return self.zone.split("\n")

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Her offices' documents; headquarters sees all."""
        if not actor.may("passports.read_issued") or actor.user_id is None:
            return Q() if "*" in actor.permissions else Q(pk__in=[])
        return Q() if actor.nationwide else at_own(actor)


class ChipContent(Event):
    """The files that were written for a chip, and who signed them. Never changed."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("signer", "signed_at")

    passport = models.OneToOneField(Passport, models.PROTECT, related_name="chip")
    com = models.BinaryField()
    dg1 = models.BinaryField()
    dg2 = models.BinaryField()
    sod = models.BinaryField()
    signer = models.CharField(max_length=300)
    signer_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ("-signed_at",)

    def __str__(self) -> str:
        return f"{self.passport_id} {self.signer}"

    @property
    def files(self) -> dict[str, bytes]:
        """By the names that readers use."""
        return {
            "EF.COM": bytes(self.com),
            "EF.DG1": bytes(self.dg1),
            "EF.DG2": bytes(self.dg2),
            "EF.SOD": bytes(self.sod),
        }

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return _by_passport(actor)


class Delivery(Event):
    """Into whose hands a document was given, against signature."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "receiver", "receiver_name", "document_shown", "authority", "old_number", "delivered_at",
    )  # fmt: skip

    passport = models.OneToOneField(Passport, models.PROTECT, related_name="delivery")
    receiver = models.CharField(max_length=14, choices=Receiver)
    receiver_name = models.CharField(_("Name"), max_length=160)
    document_shown = models.CharField(_("Document shown"), max_length=120)
    authority = models.CharField(_("Power of attorney"), max_length=160, blank=True)
    old_number = models.CharField(_("Old document handed back"), max_length=20, blank=True)
    signed_on_paper = models.BooleanField()
    delivered_at = models.DateTimeField()
    delivered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    delivered_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(receiver__in=Receiver.values), name="delivery_receiver"
            ),
            models.CheckConstraint(condition=Q(signed_on_paper=True), name="delivery_signed"),
            models.CheckConstraint(
                condition=~Q(receiver_name="") & ~Q(document_shown=""), name="delivery_to_whom"
            ),
            models.CheckConstraint(
                condition=~Q(receiver="representative") | ~Q(authority=""),
                name="delivery_with_authority",
            ),
        )

    def __str__(self) -> str:
        return f"{self.passport_id} {self.receiver}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return _by_passport(actor)


class Cancellation(Record):
    """Why a document is honoured no more; a false report of loss is withdrawn by another person.

    `report`: key of the report that the booths look up (`documents.ReportedDocument`), where this
    cancellation made it.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("ground", "cancelled_at", "withdrawn_at")

    passport = models.ForeignKey(Passport, models.PROTECT, related_name="cancellations")
    ground = models.CharField(_("Ground"), max_length=9, choices=CancelGround)
    reason = models.CharField(_("Reason"), max_length=300)
    report = models.UUIDField(null=True, unique=True)
    cancelled_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_by_name = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_by_name = models.CharField(max_length=120, blank=True)
    withdrawal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-cancelled_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("passport",), condition=Q(withdrawn_at=None), name="cancellation_once"
            ),
            models.CheckConstraint(
                condition=Q(ground__in=CancelGround.values), name="cancellation_ground"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="cancellation_reason"),
            two_people("cancelled", "withdrawn", name="cancellation_two_people"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None)
                | (Q(ground__in=[str(one) for one in TAKEN_BACK]) & ~Q(withdrawal_reason="")),
                name="cancellation_withdrawn_if_false",
            ),
        )

    def __str__(self) -> str:
        return f"{self.passport_id} {self.ground}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return _by_passport(actor)
