"""Writes: certificates of states are put forward, trusted by a second person, distrusted."""

from dataclasses import asdict

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.documents.actions.turns import one_at_a_time
from safar.control.documents.choices import (
    CertificateAct,
    CertificateStatus,
    FileKind,
    Proof,
)
from safar.control.documents.files.certificates import CertificateFile, read_file
from safar.control.documents.models import (
    CertificateEvent,
    CertificateImport,
    StateCertificate,
)
from safar.control.documents.policies import not_own_certificate
from safar.control.documents.queries import HeldStates, known_certificates, root_is_trusted
from safar.control.documents.wording.chips import sentence
from safar.control.documents.workflow import CERTIFICATE
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor
from safar.lib import chip

REASON = _("Write why.")
PROBLEMS = 200  # that are kept of a file


@action("documents.import_certificates", policies=(role_suffices,))
def import_certificates(
    actor: Actor, target: None, *, file_name: str, content: bytes, source: str
) -> CertificateImport:
    """Put a file of state certificates forward; none counts until a second person trusts it

    `content`: a master list, whose own signature is verified, or one certificate. `source`: by
    which way the file came.

    Raises:
        RuleBroken: the file cannot be read, is wrongly signed, or by a signer whom its state
            revoked; nothing is kept of it.
    """
    if not source.strip():
        raise RuleBroken(_("Write how the file came."), field="source")
    read = read_file(content, HeldStates())
    one_at_a_time("certificates")
    known = known_certificates(each.certificate.fingerprint for each in read.listed)
    fresh = [each for each in read.listed if each.certificate.fingerprint not in known]
    run = _kept(actor, read, file_name, source, proposed=len(fresh), known=len(known))
    rows = [_row(actor, each, run) for each in fresh]
    StateCertificate.objects.bulk_create(rows)
    _remember(actor, rows, CertificateAct.PROPOSED)
    note(read=run.read, proposed=run.proposed, known=run.known, sha256=run.sha256)
    return run


@action("documents.trust_certificates", policies=(not_own_certificate,))
def trust_certificates(actor: Actor, target: CertificateImport, *, compared: bool = False) -> int:
    """Trusted, as second person, every certificate of a file that waits and is signed within it

    Those whose signer did not come with the file are left to be decided one at a time, and so are
    those that were put forward again by somebody else.

    Args:
        compared: the fingerprint of the list's own state certificate was compared with one that
            came by another way; needed unless that one is trusted already.

    Raises:
        RuleBroken: it was not compared, or the list's signer was revoked while it waited.
    """
    _refuse_uncompared(target, compared)
    _refuse_revoked(target)
    waiting = StateCertificate.objects.select_for_update().filter(
        source=target,
        status=CertificateStatus.PROPOSED,
        proposed_by_id=target.imported_by_id,
        reason="",
    )
    rows = list(waiting.exclude(proof=Proof.UNPROVED).defer("content"))
    for row in rows:
        _trust(actor, row)
    _remember(actor, rows, CertificateAct.TRUSTED)
    note(trusted=len(rows))
    return len(rows)


@action("documents.trust_certificate", policies=(not_own_certificate,))
def trust_certificate(
    actor: Actor, target: StateCertificate, *, compared: bool = False
) -> StateCertificate:
    """Trusted a state's certificate, as second person: chips are judged by it from now on

    Args:
        compared: its fingerprint was compared with one that came by another way; needed unless
            it came in a list whose own state certificate is trusted already.

    Raises:
        RuleBroken: it was not compared, or the list's signer was revoked while it waited.
    """
    _refuse_uncompared(target.source, compared)
    _refuse_revoked(target.source)
    _trust(actor, target)
    _remember(actor, [target], CertificateAct.TRUSTED)
    return target


@action("documents.decline_certificate", policies=(role_suffices,))
def decline_certificate(actor: Actor, target: StateCertificate, *, reason: str) -> StateCertificate:
    """Declined a state's certificate that waits, or withdrew one's own proposal

    One that had been distrusted is distrusted as before.
    """
    _refuse_silence(reason)
    CERTIFICATE.move(target, "distrust" if target.reason else "decline")
    target.save()
    _remember(actor, [target], CertificateAct.DECLINED, reason)
    return target


@action("documents.distrust_certificate", policies=(role_suffices,))
def distrust_certificate(
    actor: Actor, target: StateCertificate, *, reason: str
) -> StateCertificate:
    """Distrusted a state's certificate: it counts for no chip from this moment on

    One person suffices: a wrong distrust stops a traveller for a check, a wrong trust lets one in.
    """
    _refuse_silence(reason)
    CERTIFICATE.move(target, "distrust")
    target.distrusted_at, target.distrusted_by_id = timezone.now(), actor.person_id
    target.reason = reason.strip()[:200]
    _undecide(target)
    target.save()
    _remember(actor, [target], CertificateAct.DISTRUSTED, reason)
    return target


@action("documents.propose_certificate", policies=(role_suffices,))
def propose_certificate(actor: Actor, target: StateCertificate, *, reason: str) -> StateCertificate:
    """Put a declined or distrusted certificate forward once more, for a second person to decide"""
    _refuse_silence(reason)
    CERTIFICATE.move(target, "propose_again")
    target.proposed_at = timezone.now()
    target.proposed_by_id, target.proposed_by_name = actor.person_id, actor.name
    _undecide(target)
    target.save()
    _remember(actor, [target], CertificateAct.PROPOSED, reason)
    return target


def _kept(
    actor: Actor, read: CertificateFile, file_name: str, source: str, *, proposed: int, known: int
) -> CertificateImport:
    """The file as it is kept: what it was, not its bytes."""
    signed = read.signed_by
    root = signed.root.fingerprint if signed else ""
    return CertificateImport.objects.create(
        kind=FileKind.LIST if signed else FileKind.CERTIFICATE,
        file_name=file_name[:120],
        sha256=read.sha256,
        size=read.size,
        signed_by=signed.signer.subject if signed else "",
        root=signed.root.subject if signed else "",
        root_sha256=root,
        root_trusted=known_certificates([root]).get(root) == CertificateStatus.TRUSTED,
        signer_content=signed.signer.raw if signed else b"",
        root_content=signed.root.raw if signed else b"",
        source=source.strip()[:200],
        read=len(read.listed) + len(read.problems),
        proposed=proposed,
        known=known,
        problems=[asdict(each) for each in read.problems[:PROBLEMS]],
        imported_at=timezone.now(),
        imported_by_id=actor.person_id,
    )


def _row(actor: Actor, listed: chip.Listed, run: CertificateImport) -> StateCertificate:
    found: chip.Certificate = listed.certificate
    return StateCertificate(
        country=found.country,
        subject=found.subject,
        issuer=found.issuer,
        serial=found.serial[:128],
        key_id=found.key_id[:128],
        not_before=found.first,
        not_after=found.last,
        proof=listed.proof,
        content=found.raw,
        sha256=found.fingerprint,
        source=run,
        proposed_at=run.imported_at,
        proposed_by_id=actor.person_id,
        proposed_by_name=actor.name,
    )


def _trust(actor: Actor, row: StateCertificate) -> None:
    CERTIFICATE.move(row, "trust")
    row.trusted_at = timezone.now()
    row.trusted_by_id, row.trusted_by_name = actor.person_id, actor.name
    row.distrusted_at, row.distrusted_by_id, row.reason = None, None, ""
    row.save()


def _undecide(row: StateCertificate) -> None:
    row.trusted_at, row.trusted_by_id, row.trusted_by_name = None, None, ""


def _remember(
    actor: Actor, rows: list[StateCertificate], act: CertificateAct, reason: str = ""
) -> None:
    now = timezone.now()
    CertificateEvent.objects.bulk_create(
        CertificateEvent(
            certificate=row,
            act=act,
            at=now,
            by_id=actor.person_id,
            by_name=actor.name,
            reason=reason.strip()[:200],
        )
        for row in rows
    )


def _refuse_uncompared(run: CertificateImport, compared: bool) -> None:
    if not compared and not root_is_trusted(run):
        raise RuleBroken(
            _("Compare the fingerprint with one that came by another way first."), field="compared"
        )


def _refuse_revoked(run: CertificateImport) -> None:
    """A list whose signer, or the state certificate behind it, is revoked by now vouches for nothing."""
    states = HeldStates()
    for content in (run.signer_content, run.root_content):
        if content and states.has_revoked(chip.read_certificate(bytes(content))):
            code = "chip.list.revoked"
            raise RuleBroken(sentence(code, {}), reason=code)


def _refuse_silence(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(REASON, field="reason")
