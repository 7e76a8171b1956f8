"""Whose seals are believed: proposed by one person, trusted by another, revoked at once."""

import hashlib
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.visas.choices.issued import CertificateKind
from safar.control.visas.models import SignerCertificate
from safar.control.visas.policies.issued import not_own_proposal
from safar.control.visas.seals import signing
from safar.control.visas.workflow.issued import CERTIFICATE
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.lib.seal import Certificate, SealError, read_certificate


@action("visas.propose_certificate", policies=(role_suffices,))
def propose_certificate(actor: Actor, target: None, *, der: bytes) -> SignerCertificate:
    """Proposed to believe a certificate: a state authority's, or a seal signer's."""
    try:
        read = read_certificate(der)
    except SealError as problem:
        raise RuleBroken(_("Not taken: {why}").format(why=problem.sentence), field="file") from None
    mark = hashlib.sha256(der).hexdigest()
    if SignerCertificate.objects.filter(sha256=mark).exists():
        raise InvalidMove(_("This certificate is here already."))
    proposed = SignerCertificate(
        **_fields(read),
        der=der,
        sha256=mark,
        proposed_at=timezone.now(),
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )
    proposed.save(force_insert=True)
    note(signer=proposed.signer_id, serial=proposed.serial, sha256=mark)
    return proposed


@action("visas.trust_certificate", policies=(not_own_proposal,))
def trust_certificate(actor: Actor, target: SignerCertificate) -> SignerCertificate:
    """Agreed to believe a certificate, as the second of two people."""
    return _decide(actor, target, "trust")


@action("visas.decline_certificate", policies=(not_own_proposal,))
def decline_certificate(actor: Actor, target: SignerCertificate) -> SignerCertificate:
    """Declined a certificate: nothing it sealed is believed."""
    return _decide(actor, target, "decline")


@action("visas.revoke_certificate", policies=(role_suffices,))
def revoke_certificate(
    actor: Actor, target: SignerCertificate, *, on: date, reason: str
) -> SignerCertificate:
    """Revoked a certificate: what was sealed from that day on is believed no more."""
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")
    CERTIFICATE.move(target, "revoke")
    target.revoked_on, target.reason = on, reason.strip()
    target.save()
    signing.forget()
    note(signer=target.signer_id, on=on.isoformat())
    return target


def _fields(read: Certificate) -> dict[str, object]:
    kind = CertificateKind.AUTHORITY if read.is_authority else CertificateKind.SIGNER
    return {
        "kind": kind,
        "country": read.country,
        "signer_id": read.signer_id[:32],
        "serial": read.reference,
        "valid_from": read.valid_from,
        "valid_until": read.valid_until,
    }


def _decide(actor: Actor, target: SignerCertificate, move: str) -> SignerCertificate:
    CERTIFICATE.move(target, move)
    target.decided_at = timezone.now()
    target.decided_by_id = actor.user_id
    target.decided_by_name = actor.name
    target.save()
    signing.forget()
    return target
