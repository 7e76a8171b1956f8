"""Reads: the certificates of states, by state, and as passive authentication asks for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from safar.control.documents.choices import CertificateStatus
from safar.control.documents.models import CertificateImport, StateCertificate
from safar.control.documents.queries.revocations import revoked_signers
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet, get_visible
from safar.lib import chip

LIGHT = ("content",)  # the bytes of a certificate, which no list needs
LIGHT_FILE = ("signer_content", "root_content")


class HeldStates(chip.TrustedStates):
    """The certificates that two people decided on, and the signers revoked, anew for each chip.

    A distrust counts for the very next chip; a state has a few dozen certificates at the most.
    """

    def __init__(self) -> None:
        super().__init__(revoked=revoked_signers())

    def of(self, country: str) -> tuple[chip.Trusted, ...]:
        """All that count of a state: trusted ones, and distrusted ones with their reason."""
        rows = StateCertificate.objects.filter(_counting(), country=country) if country else ()
        return tuple(_as_trusted(row) for row in rows)

    @property
    def countries(self) -> frozenset[str]:
        rows = StateCertificate.objects.filter(status=CertificateStatus.TRUSTED)
        return frozenset(rows.values_list("country", flat=True))


@dataclass(frozen=True)
class StateCount:
    """How many certificates of a state are held, by what was decided."""

    country: str
    trusted: int
    waiting: int
    distrusted: int


def state_counts(actor: Actor) -> list[StateCount]:
    """Each state of which any certificate is held, in the order of the alphabet."""
    status = {
        name: Count("pk", filter=Q(status=value))
        for name, value in (
            ("trusted", CertificateStatus.TRUSTED),
            ("waiting", CertificateStatus.PROPOSED),
            ("distrusted", CertificateStatus.DISTRUSTED),
        )
    }
    rows: Any = StateCertificate.objects.visible_to(actor).order_by("country").values("country")
    return [StateCount(**row) for row in rows.annotate(**status)]


def state_certificates(actor: Actor, country: str = "") -> RecordQuerySet[StateCertificate]:
    """The certificates of a state, or all, without their bytes."""
    rows = StateCertificate.objects.visible_to(actor).defer(*LIGHT)
    return rows.filter(country=country) if country else rows


def state_certificate(actor: Actor, key: UUID) -> StateCertificate:
    """Return a certificate, or raise NotFound."""
    return get_visible(StateCertificate.objects.select_related("source"), actor, key)


def certificate_imports(actor: Actor) -> RecordQuerySet[CertificateImport]:
    """The files that were put forward, the newest first."""
    rows = CertificateImport.objects.visible_to(actor).defer(*LIGHT_FILE)
    return rows.select_related("imported_by")


def certificate_import(actor: Actor, key: UUID) -> CertificateImport:
    """Return a file that was put forward, or raise NotFound."""
    return get_visible(CertificateImport.objects.select_related("imported_by"), actor, key)


def known_certificates(fingerprints: Iterable[str]) -> dict[str, str]:
    """Those of these fingerprints (SHA-256) that are held, and their status."""
    rows = StateCertificate.objects.filter(sha256__in=list(fingerprints))
    return dict(rows.values_list("sha256", "status"))


def root_is_trusted(run: CertificateImport) -> bool:
    """Whether a list is signed under a certificate that two people trust at this moment."""
    held = known_certificates([run.root_sha256] if run.root_sha256 else [])
    return held.get(run.root_sha256) == CertificateStatus.TRUSTED


def trusted_certificates(actor: Actor) -> RecordQuerySet[StateCertificate]:
    """Those that count for a chip today, with their bytes."""
    return StateCertificate.objects.visible_to(actor).filter(_counting())


def _counting() -> Q:
    return Q(status=CertificateStatus.TRUSTED) | ~Q(reason="")


def _as_trusted(row: StateCertificate) -> chip.Trusted:
    return chip.Trusted(chip.read_certificate(bytes(row.content)), distrusted=row.reason)
