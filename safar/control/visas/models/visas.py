"""Issued visas, each use of them, and how they ended before their time."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.offices.models import IssuingOffice, OfficePlacement
from safar.control.travellers.choices import Sex
from safar.control.visas.choices.issued import (
    EndingGround,
    VisaForm,
    VisaStatus,
    ZoneFormat,
)
from safar.control.visas.models.applications import Application
from safar.control.visas.models.certificates import SignerCertificate
from safar.control.visas.models.kinds import (
    VisaKind,
)
from safar.core.permissions import Actor
from safar.core.record import Event, Versioned
from safar.reference.partial_date_field import PartialDateField, shape_constraint

RETENTION = "ten years after the last day of validity"
MOST_ENTRIES, MOST_DAYS = 254, 3650


class Visa(Versioned):
    """A visa as it was printed and sealed: what it says is never corrected, only ended.

    `number` is the sticker's, or one of its own for what has no sticker. `entries` 0: no limit.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "number", "form", "surname", "given_names", "birth", "sex", "nationality",
        "document_issuer", "document_number", "valid_from", "valid_until", "entries",
        "stay_days", "status", "issued_at",
    )  # fmt: skip

    number = models.CharField(_("Number"), max_length=9, unique=True)
    application = models.ForeignKey(Application, models.PROTECT, related_name="visas")
    kind = models.ForeignKey(VisaKind, models.PROTECT, related_name="+")
    consulate = models.ForeignKey(IssuingOffice, models.PROTECT, null=True, related_name="visas")
    form = models.CharField(_("Form"), max_length=7, choices=VisaForm)
    zone_format = models.CharField(max_length=5, choices=ZoneFormat, default=ZoneFormat.MRV_B)
    surname = models.CharField(_("Surname"), max_length=80, blank=True)
    given_names = models.CharField(_("Given names"), max_length=80, blank=True)
    birth = PartialDateField(_("Born"), blank=True)
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex, blank=True)
    nationality = models.CharField(_("Citizen of"), max_length=3)
    document_issuer = models.CharField(_("Passport issued by"), max_length=3)
    document_number = models.CharField(_("Passport number"), max_length=30)
    zone = models.CharField(max_length=89)  # two lines with a line feed
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))
    entries = models.PositiveSmallIntegerField(_("Entries"))
    stay_days = models.PositiveSmallIntegerField(_("Days of stay"))
    seal = models.BinaryField()
    signer = models.ForeignKey(SignerCertificate, models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=VisaStatus, default=VisaStatus.VALID)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    issued_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("-issued_at",)
        indexes = (
            models.Index(fields=("document_number",), name="visa_by_document"),
            models.Index(fields=("status", "valid_until"), name="visa_by_status"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("application",), condition=Q(status="valid"), name="visa_one_valid"
            ),
            # `VisaUse` refers to all three, so that no use can claim more entries than were given.
            models.UniqueConstraint(fields=("id", "number", "entries"), name="visa_as_used"),
            models.CheckConstraint(condition=Q(status__in=VisaStatus.values), name="visa_status"),
            models.CheckConstraint(condition=Q(form__in=VisaForm.values), name="visa_form"),
            models.CheckConstraint(condition=Q(number__regex=r"^[A-Z0-9]{4,9}$"), name="visa_number"),
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_until")), name="visa_days"),
            models.CheckConstraint(condition=Q(entries__lte=MOST_ENTRIES), name="visa_entries"),
            models.CheckConstraint(
                condition=Q(stay_days__gte=1, stay_days__lte=MOST_DAYS), name="visa_stay"
            ),
            shape_constraint("birth", "visa_birth_shape"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given_names}".strip()

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Her consulates' visas; headquarters sees all."""
        if not actor.may("visas.read_issued") or actor.user_id is None:
            return Q() if "*" in actor.permissions else Q(pk__in=[])
        if actor.nationwide:
            return Q()
        mine = OfficePlacement.objects.filter(user_id=actor.user_id, ended_at=None)
        return Q(consulate_id__in=mine.values("office_id"))


class VisaUse(Event):
    """One entry on a visa. The database lets no entry be used twice, nor more than were given.

    `crossing_id` has no foreign key: crossings belong to the app above. Without `visa` where the
    post holds a list only; number and entries are then the sealed ones. `after` is set where this
    entry was used before and given back: each giving back is followed by one use at the most, so
    that of every entry one use stands.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("visa_number", "entered_on", "post")

    visa = models.ForeignKey(Visa, models.PROTECT, null=True, related_name="uses")
    visa_number = models.CharField(max_length=9)
    entries = models.PositiveSmallIntegerField()
    nth = models.PositiveSmallIntegerField()
    crossing_id = models.UUIDField(unique=True)
    post = models.CharField(max_length=8)
    entered_on = models.DateField()
    used_at = models.DateTimeField()
    after = models.OneToOneField(
        "UseGivenBack", models.PROTECT, null=True, related_name="used_again"
    )

    class Meta:
        ordering = ("visa_number", "nth", "used_at")
        constraints = (
            models.UniqueConstraint(
                fields=("visa_number", "nth"), condition=Q(after=None), name="visa_use_once"
            ),
            # `UseGivenBack` refers to all three: what is given back is the entry that was used.
            models.UniqueConstraint(fields=("id", "visa_number", "nth"), name="visa_use_as_taken"),
            models.CheckConstraint(
                condition=Q(nth__gte=1) & (Q(entries=0) | Q(nth__lte=F("entries"))),
                name="visa_use_within_entries",
            ),
        )

    def __str__(self) -> str:
        return f"{self.visa_number} {self.nth}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("visas.read_issued") else Q(pk__in=[])


class UseGivenBack(Event):
    """An entry that counts as not used, because its crossing was annulled by two people.

    `cause_id` names the annulment, which belongs to the app above.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("visa_number", "at")

    use = models.OneToOneField(VisaUse, models.PROTECT, related_name="given_back")
    visa_number = models.CharField(max_length=9)
    nth = models.PositiveSmallIntegerField()
    cause_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = (
            # `VisaUse.after` refers to all three: the next use is of the same visa and entry.
            models.UniqueConstraint(
                fields=("id", "visa_number", "nth"), name="use_given_back_as_taken"
            ),
        )

    def __str__(self) -> str:
        return f"{self.visa_number} {self.nth}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("visas.read_issued") else Q(pk__in=[])


class VisaEnding(Event):
    """Why and from when a visa is no more: annulled (it never was), or revoked (from a day on)."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "ground", "ended_on")

    visa = models.OneToOneField(Visa, models.PROTECT, related_name="ending")
    kind = models.CharField(max_length=8, choices=VisaStatus)
    ground = models.CharField(_("Ground"), max_length=14, choices=EndingGround)
    reason = models.CharField(_("Reason"), max_length=300)
    ended_on = models.DateField()
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("annulled", "revoked")), name="visa_ending_kind"
            ),
            models.CheckConstraint(
                condition=Q(ground__in=EndingGround.values), name="visa_ending_ground"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="visa_ending_reason"),
        )

    def __str__(self) -> str:
        return f"{self.visa_id} {self.kind}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("visas.read_issued") else Q(pk__in=[])
