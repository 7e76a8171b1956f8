"""Reads: the signers that states revoked, by the newest list of each issuer."""

from datetime import datetime

from safar.control.documents.choices import CertificateStatus
from safar.control.documents.models import RevocationList
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet
from safar.lib import chip


def revoked_signers() -> frozenset[chip.Revoked]:
    """Whom the newest list of each issuer revokes, as `chip.TrustedStates` takes them."""
    rows = _newest(RevocationList.objects.all()).select_related("certificate")
    return frozenset(
        chip.Revoked(row.country, issuer, serial)
        for row in rows
        for issuer in [chip.read_certificate(bytes(row.certificate.content)).subject_name]
        for serial in row.serials
    )


def overdue_list(country: str, now: datetime) -> RevocationList | None:
    """The newest list of a state, where the state promised a newer one for before this moment."""
    rows = _counting(RevocationList.objects.filter(country=country)) if country else None
    newest = rows.order_by("-issued_at").first() if rows is not None else None
    return newest if newest and newest.due_at and newest.due_at < now else None


def newest_lists(actor: Actor) -> RecordQuerySet[RevocationList]:
    """The newest list of each issuer that counts today, by state."""
    keys = _newest(RevocationList.objects.visible_to(actor)).values("pk")
    rows = RevocationList.objects.visible_to(actor).filter(pk__in=keys)
    return rows.select_related("certificate", "imported_by").defer("certificate__content")


def revocation_lists(actor: Actor) -> RecordQuerySet[RevocationList]:
    """Every list that came, the newest import first."""
    rows = RevocationList.objects.visible_to(actor).order_by("-imported_at").defer("serials")
    return rows.select_related("certificate", "imported_by").defer("certificate__content")


def _newest(rows: RecordQuerySet[RevocationList]) -> RecordQuerySet[RevocationList]:
    return _counting(rows).order_by("certificate_id", "-issued_at").distinct("certificate_id")


def _counting(rows: RecordQuerySet[RevocationList]) -> RecordQuerySet[RevocationList]:
    """Only under certificates that are trusted now: who was distrusted revokes nobody."""
    return rows.filter(certificate__status=CertificateStatus.TRUSTED)
