"""Writes: a state's list of revoked signers is kept, and counts for every chip from then on."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import CertificateStatus
from safar.control.documents.files.revocations import read_revocation_file
from safar.control.documents.models import RevocationList, StateCertificate
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.lib import chip


@action("documents.import_revocations", policies=(role_suffices,))
def import_revocations(
    actor: Actor, target: None, *, file_name: str, content: bytes, source: str
) -> RevocationList:
    """Handed in a state's list of revoked certificates; it counts at once

    One person suffices: the state's own signature, under a certificate that two people trust,
    stands behind it, and what it revokes only stops.

    Raises:
        RuleBroken: the file cannot be read, is signed by no trusted state, or is only a part.
        InvalidMove: this list, or a newer one of its issuer, is held.
    """
    if not source.strip():
        raise RuleBroken(_("Write how the file came."), field="source")
    trusted = StateCertificate.objects.filter(status=CertificateStatus.TRUSTED)
    states = [chip.read_certificate(bytes(row.content)) for row in trusted.only("content")]
    read = read_revocation_file(content, states)
    issuer = StateCertificate.objects.select_for_update().get(sha256=read.issuer.fingerprint)
    if issuer.status != CertificateStatus.TRUSTED:  # distrusted while the list was being read
        raise RuleBroken(_("The state certificate is no longer trusted."), field="file")
    _refuse_older(issuer, read.issued_at)
    kept = RevocationList(
        certificate=issuer,
        country=issuer.country,
        issued_at=read.issued_at,
        due_at=read.due_at,
        serials=list(read.serials),
        number=len(read.serials),
        file_name=file_name[:120],
        sha256=read.sha256,
        source=source.strip()[:200],
        imported_at=timezone.now(),
        imported_by_id=actor.person_id,
    )
    kept.save(force_insert=True)
    note(country=issuer.country, revoked=kept.number, sha256=read.sha256)
    return kept


def _refuse_older(issuer: StateCertificate, issued_at: object) -> None:
    """The newest of each issuer counts: an older one would hide what was revoked since."""
    newer = RevocationList.objects.filter(certificate=issuer, issued_at__gte=issued_at).first()
    if newer is None:
        return
    if newer.issued_at == issued_at:
        raise InvalidMove(_("This list is held already."), field="file")
    raise InvalidMove(_("A newer list of this issuer is held already."), field="file")
