"""Which certificates of states does this Safar hold, and which two people decided on each?"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.documents.choices import CertificateAct, CertificateStatus, FileKind, Proof
from safar.core.permissions import Actor
from safar.core.record import Event, Record

RETENTION = "as long as documents that were signed under it may be shown"


def nothing() -> list[Any]:
    return []


class CertificateImport(Event):
    """A file of certificates that was put forward: a master list, or one certificate.

    `root_sha256`: the state certificate under which a list was signed; it came with the list.
    `root_trusted`: whether two people had trusted that one before. `signer_content`,
    `root_content`: of a list, both certificates (DER), since a state may revoke either while the
    list waits.
    """

    retention: ClassVar[str] = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("file_name", "imported_at")

    kind = models.CharField(max_length=11, choices=FileKind)
    file_name = models.CharField(_("File"), max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    signed_by = models.CharField(_("Signed by"), max_length=300, blank=True)
    root = models.CharField(max_length=300, blank=True)
    root_sha256 = models.CharField(max_length=64, blank=True)
    root_trusted = models.BooleanField(default=False)
    signer_content = models.BinaryField(default=b"")
    root_content = models.BinaryField(default=b"")
    source = models.CharField(_("How it came"), max_length=200)
    read = models.PositiveIntegerField()  # certificates
    proposed = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    problems = models.JSONField(default=nothing)  # [{"place", "code", "sentence", "subject"}]
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-imported_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=FileKind.values), name="certificate_import_kind"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="certificate_import_source"),
        )

    def __str__(self) -> str:
        return f"{self.file_name} {self.imported_at:%Y-%m-%d}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])


class StateCertificate(Record):
    """A state's certificate (CSCA): proposed by one person, trusted by another.

    `country`: two capital letters. While one that was distrusted waits for a second person once
    more, the reason stands and it stays distrusted.
    """

    retention: ClassVar[str] = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("status", "proposed_at", "trusted_at", "distrusted_at")

    country = models.CharField(_("State"), max_length=2)
    subject = models.CharField(_("Name"), max_length=300)
    issuer = models.CharField(_("Signed by"), max_length=300)
    serial = models.CharField(_("Serial number"), max_length=128)
    key_id = models.CharField(_("Key"), max_length=128, blank=True)
    not_before = models.DateField(_("Valid from"))
    not_after = models.DateField(_("Valid to"))
    proof = models.CharField(_("Proof"), max_length=11, choices=Proof)
    content = models.BinaryField()  # DER
    sha256 = models.CharField(_("Fingerprint"), max_length=64, unique=True)
    source = models.ForeignKey(CertificateImport, models.PROTECT, related_name="certificates")
    status = models.CharField(
        max_length=10, choices=CertificateStatus, default=CertificateStatus.PROPOSED
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    trusted_at = models.DateTimeField(null=True)
    trusted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    trusted_by_name = models.CharField(max_length=120, blank=True)
    distrusted_at = models.DateTimeField(null=True)
    distrusted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("Reason"), max_length=200, blank=True)  # why it is distrusted

    class Meta:
        ordering = ("country", "-not_before", "subject")
        indexes = (models.Index(fields=("country", "status"), name="certificate_by_country"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=CertificateStatus.values), name="certificate_status"
            ),
            two_people("proposed", "trusted", name="certificate_two_people"),
            models.CheckConstraint(
                condition=~Q(status="trusted")
                | Q(trusted_at__isnull=False, trusted_by__isnull=False, distrusted_at=None),
                name="certificate_trusted_by_second",
            ),
            models.CheckConstraint(
                condition=Q(distrusted_at=None, distrusted_by=None, reason="")
                | (Q(distrusted_at__isnull=False, distrusted_by__isnull=False) & ~Q(reason="")),
                name="certificate_distrusted_why",
            ),
            models.CheckConstraint(
                condition=~Q(status="distrusted") | Q(distrusted_at__isnull=False),
                name="certificate_distrusted_by",
            ),
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$"), name="certificate_country"
            ),
        )

    def __str__(self) -> str:
        return f"{self.country} {self.subject}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])


class CertificateEvent(Event):
    """What was done to a state's certificate: added once, never changed."""

    retention: ClassVar[str] = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("act", "at")

    certificate = models.ForeignKey(StateCertificate, models.PROTECT, related_name="events")
    act = models.CharField(max_length=10, choices=CertificateAct)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(act__in=CertificateAct.values), name="certificate_event_act"
            ),
        )

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.act}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])
