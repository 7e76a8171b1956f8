"""What a person agreed to, what left on it, and who must be told when she takes it back."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.choices.sharing import (
    Channel,
    ConsentForm,
    ConsentKind,
    ConsentPrompt,
    DataKind,
    NoticeStatus,
    SharingPurpose,
    StandsAs,
)
from safar.assistance.cases.models.cases import RETENTION, Case
from safar.assistance.cases.models.partners import Partner
from safar.assistance.cases.models.people import Person
from safar.assistance.cases.sight import of_part
from safar.core.permissions import Actor
from safar.core.record import Event, Record


class Consent(Record):
    """A person agrees that partners learn something of her, for one purpose and for a time.

    Its terms never change (the database refuses it): who agrees to more gives another one.
    It can be withdrawn, once. All that happens on it stands in its compartment.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = (
        "kind", "purpose", "given_by", "stands_as", "language", "interpreter", "form",
        "form_version", "told", "obtained_on", "expires_on", "withdrawn_at",
    )  # fmt: skip

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    # Empty: the case's own.
    compartment = models.CharField(_("File"), max_length=12, choices=Compartment, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    kind = models.CharField(_("Kind"), max_length=10, choices=ConsentKind)
    purpose = models.CharField(_("Purpose"), max_length=14, choices=SharingPurpose)
    given_by = models.CharField(_("Given by"), max_length=120, blank=True)
    stands_as = models.CharField(_("Is the person’s"), max_length=10, choices=StandsAs, blank=True)
    language = models.CharField(_("Language"), max_length=30)
    interpreter = models.CharField(_("Interpreter"), max_length=120, blank=True)
    form = models.CharField(_("Form"), max_length=10, choices=ConsentForm)
    form_version = models.CharField(_("Version of the form"), max_length=20)
    told = ArrayField(models.CharField(max_length=14, choices=ConsentPrompt), default=list)
    obtained_on = models.DateField(_("Given on"))
    expires_on = models.DateField(_("Good until"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawal_reason = models.CharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        ordering = ("-obtained_on", "-recorded_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("obtained_on")), name="consent_dates"
            ),
            models.CheckConstraint(
                condition=Q(kind=ConsentKind.IMPLICIT) | Q(told__contains=ConsentPrompt.values),
                name="consent_after_all_prompts",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConsentKind.PROXY) & Q(stands_as="")
                | Q(kind=ConsentKind.PROXY) & ~Q(stands_as=""),
                name="consent_of_a_proxy",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="consent_withdrawn_by_somebody",
            ),
        )
        indexes = (models.Index(fields=("expires_on",), name="consent_by_expiry"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose} {self.obtained_on}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_part(actor)

    @property
    def is_good_today(self) -> bool:
        today = timezone.localdate()
        return self.withdrawn_at is None and self.obtained_on <= today <= self.expires_on


class ConsentRecipient(Event):
    """A partner whom a consent names, and the kinds of data that it may learn."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("may_know",)

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="recipients")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    may_know = ArrayField(models.CharField(max_length=12, choices=DataKind))

    class Meta:
        ordering = ("partner__name",)
        constraints = (
            models.UniqueConstraint("consent", "partner", name="consent_recipient_once"),
            models.CheckConstraint(
                condition=Q(may_know__len__gt=0), name="consent_recipient_learns_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.partner_id}: {', '.join(self.may_know)}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(consent__in=Consent.objects.visible_to(actor))

    @property
    def kinds(self) -> list[str]:
        """The kinds of data in words, in the order of the list."""
        return [str(kind.label) for kind in DataKind if kind in self.may_know]


class Disclosure(Event):
    """What left: which fields, to whom, on which consent. The snapshot is what was sent, sealed
    with the case's key, and kept for nothing but that."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("purpose", "fields", "channel", "sent_at")

    case = models.ForeignKey(Case, models.PROTECT, related_name="disclosures")
    compartment = models.CharField(max_length=12, choices=Compartment, blank=True)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="disclosures")
    recipient = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    purpose = models.CharField(_("Purpose"), max_length=14, choices=SharingPurpose)
    fields = ArrayField(models.CharField(max_length=60))
    snapshot = models.BinaryField()
    snapshot_sha256 = models.CharField(max_length=64)  # of what was sent; gone with it
    channel = models.CharField(_("How"), max_length=10, choices=Channel)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-sent_at",)
        constraints = (
            models.CheckConstraint(condition=Q(fields__len__gt=0), name="disclosure_of_something"),
            models.CheckConstraint(
                condition=Q(snapshot_sha256__regex=r"^([0-9a-f]{64})?$"), name="disclosure_hash"
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_part(actor)

    @property
    def reference(self) -> str:
        """By which partner and office know what was sent; it says nothing of the case."""
        return reference_of(self.pk.hex)


class WithdrawalNotice(Record):
    """A partner who got something must be told that the consent is withdrawn: at once."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("status", "due_at", "sent_at", "acknowledged_at")

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="notices")
    recipient = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    status = models.CharField(_("State"), max_length=14, choices=NoticeStatus, default="due")
    due_at = models.DateTimeField()
    channel = models.CharField(_("How"), max_length=10, choices=Channel, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    told_by = models.CharField(_("Who confirmed it"), max_length=120, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("due_at",)
        constraints = (
            models.UniqueConstraint("consent", "recipient", name="withdrawal_notice_once"),
            models.CheckConstraint(
                condition=Q(status="due", sent_at=None, sent_by=None)
                | ~Q(status="due") & Q(sent_at__isnull=False, sent_by__isnull=False),
                name="withdrawal_notice_sent",
            ),
            models.CheckConstraint(
                condition=~Q(status="acknowledged") & Q(acknowledged_at=None, acknowledged_by=None)
                | Q(status="acknowledged", acknowledged_at__isnull=False)
                & Q(acknowledged_by__isnull=False),
                name="withdrawal_notice_acknowledged",
            ),
        )
        indexes = (
            models.Index(
                fields=("consent",), condition=~Q(status="acknowledged"), name="open_notices"
            ),
        )

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.status}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(consent__in=Consent.objects.visible_to(actor))

    @property
    def case(self) -> Case:
        return self.consent.case


def reference_of(key: str) -> str:
    """The number under which partners know a paper of ours: the end of its key, hexadecimal."""
    return f"S-{key[-8:-4]}-{key[-4:]}".upper()
