"""Whose seals are believed? State authorities and seal signers; ended and revoked ones stay."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.two_people import two_people
from safar.control.visas.choices.issued import CertificateKind, CertificateStatus
from safar.core.permissions import Actor
from safar.core.record import Versioned


class SignerCertificate(Versioned):
    """A certificate that two people decided to trust (ICAO Doc 9303-12). `serial` is in hex."""

    kind = models.CharField(max_length=9, choices=CertificateKind)
    status = models.CharField(
        max_length=8, choices=CertificateStatus, default=CertificateStatus.PROPOSED
    )
    der = models.BinaryField()
    sha256 = models.CharField(max_length=64, unique=True)
    country = models.CharField(_("State"), max_length=3)
    signer_id = models.CharField(_("Signer"), max_length=32)
    serial = models.CharField(_("Certificate number"), max_length=64)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=120, blank=True)
    revoked_on = models.DateField(null=True)  # nothing sealed from this day on is believed
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        ordering = ("-valid_until", "signer_id")
        constraints = (
            two_people("proposed", "decided", name="signer_two_people"),
            models.CheckConstraint(
                condition=~Q(status__in=("trusted", "revoked")) | ~Q(decided_at=None),
                name="signer_trusted_by_second",
            ),
            models.CheckConstraint(
                condition=(~Q(status="revoked") & Q(revoked_on=None))
                | (Q(status="revoked", revoked_on__isnull=False) & ~Q(reason="")),
                name="signer_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CertificateStatus.values), name="signer_status"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CertificateKind.values), name="signer_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.signer_id} {self.serial}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("visas.read_signers") else Q(pk__in=[])
