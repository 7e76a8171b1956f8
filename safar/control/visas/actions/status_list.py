"""The list for posts that are cut off: exported where the register is, imported at the post."""

import hashlib
from datetime import date

from django.db import connection
from django.db.models import Count, F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.blanks.choices import NEVER_ISSUED, BlankKind
from safar.control.blanks.models import Blank
from safar.control.visas.choices.issued import (
    CertificateKind,
    CertificateStatus,
    ListedAs,
    VisaStatus,
)
from safar.control.visas.files import status_list
from safar.control.visas.files.status_list import Listed, StatusList
from safar.control.visas.models import (
    ListedNumber,
    SignerCertificate,
    Visa,
    VisaListVersion,
)
from safar.control.visas.seals import signing
from safar.core import node
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove
from safar.core.permissions import Actor
from safar.lib.seal import SealError, read_certificate

SLICE = 5000


@action("visas.export_list", policies=(role_suffices,))
def export_list(actor: Actor, target: None) -> bytes:
    """Made the next version of the list of visas for posts that are cut off, signed."""
    now = timezone.now()
    _one_at_a_time()  # two exports at once get two versions
    status = StatusList(
        version=_last_version(imported=False) + 1,
        origin=node.name(),
        made_at=now,
        numbers=must_not_pass(timezone.localdate(now)),
        certificates=_certificates(),
    )
    key, held = signing.signer(timezone.localdate(now))
    data = status_list.write(status, key, bytes(held.der))
    _remember(status, data, imported=False)
    note(version=status.version, rows=len(status.numbers))
    return data


@action("visas.import_list", policies=(role_suffices,))
def import_list(actor: Actor, target: None, *, data: bytes) -> VisaListVersion:
    """Imported a version of the list of visas: it stands in for the register at this post."""
    today = timezone.localdate()
    status = status_list.read(data, signing.known_signers(), today=today)
    _one_at_a_time()  # of two imports at once the newer stays
    if status.version <= _last_version(imported=True):
        raise InvalidMove(_("This post holds this version or a newer one already."))
    ListedNumber.objects.all().delete()
    rows = [
        ListedNumber(number=row.number, listed_as=row.listed_as, since=row.since)
        for row in {row.number: row for row in status.numbers}.values()
    ]
    ListedNumber.objects.bulk_create(rows, batch_size=SLICE)
    _take_certificates(actor, status)
    note(version=status.version, rows=len(rows))
    return _remember(status, data, imported=True)


def must_not_pass(today: date) -> list[Listed]:
    """Every number that is to be stopped; what has run out by its zone need not be listed."""
    found: dict[str, Listed] = {}
    blanks = Blank.objects.filter(kind=BlankKind.STICKER, state__in=NEVER_ISSUED)
    for number in blanks.values_list("number", flat=True):
        found[number] = Listed(number, ListedAs.BLANK.value, None)
    current = Visa.objects.filter(valid_until__gte=today)
    stands = Q(uses__given_back=None)
    used = current.filter(entries__gt=0).annotate(
        times=Count("uses", filter=stands), last=Max("uses__entered_on", filter=stands)
    )
    for number, last in used.filter(times__gte=F("entries")).values_list("number", "last"):
        found[number] = Listed(number, ListedAs.USED_UP.value, last)
    ended = current.exclude(status=VisaStatus.VALID).values_list(
        "number", "status", "ending__ended_on"
    )
    for number, status, ended_on in ended:
        found[number] = Listed(number, status, ended_on)
    return [found[number] for number in sorted(found)]


def _certificates() -> list[tuple[bytes, date | None]]:
    """Seal signers, and authorities that were revoked: no list makes a post trust an authority.

    A declined one goes along as revoked from its first day, where a trusted authority stands
    behind it: a post would believe it in an e-visa. Where none does, nobody believes it anyway,
    and under a name that another bears it would revoke that one.
    """
    signers = SignerCertificate.objects.filter(kind=CertificateKind.SIGNER).order_by("pk")
    rows = list(signers.filter(status__in=signing.BELIEVED))
    names = {(row.signer_id, row.serial) for row in rows}
    believed = [(bytes(row.der), row.revoked_on) for row in rows]
    declined = [
        (bytes(row.der), row.valid_from)
        for row in signers.filter(status=CertificateStatus.DECLINED)
        if (row.signer_id, row.serial) not in names and signing.has_authority(bytes(row.der))
    ]
    authorities = SignerCertificate.objects.filter(
        kind=CertificateKind.AUTHORITY, status=CertificateStatus.REVOKED
    )
    return believed + declined + [(bytes(row.der), row.revoked_on) for row in authorities]


def _take_certificates(actor: Actor, status: StatusList) -> None:
    """New signers and revocations of the list. Each signer must still lead to an authority here.

    An authority that the list calls revoked vouches no more, not for the signer of the list either:
    its successor is brought to the post and trusted there by two people.
    """
    for der, revoked_on in status.certificates:
        mark = hashlib.sha256(der).hexdigest()
        held = SignerCertificate.objects.filter(sha256=mark).first() or _add(actor, der, mark)
        if held and revoked_on and held.status == CertificateStatus.TRUSTED:
            held.status, held.revoked_on = CertificateStatus.REVOKED.value, revoked_on
            held.reason = f"list {status.origin} {status.version}"
            held.save()
    signing.forget()


def _add(actor: Actor, der: bytes, mark: str) -> SignerCertificate | None:
    try:
        read = read_certificate(der)
    except SealError:
        return None
    if read.is_authority:
        return None
    now = timezone.now()
    added = SignerCertificate(
        kind=CertificateKind.SIGNER,
        status=CertificateStatus.TRUSTED,
        der=der,
        sha256=mark,
        country=read.country,
        signer_id=read.signer_id[:32],
        serial=read.reference,
        valid_from=read.valid_from,
        valid_until=read.valid_until,
        proposed_at=now,
        proposed_by_name="safar:list of visas",
        decided_at=now,
        decided_by_name="safar:signature of the list",
    )
    added.save(force_insert=True)
    return added


def _one_at_a_time() -> None:
    """Until the commit nobody else makes or takes in a list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('visas list'))")


def _last_version(*, imported: bool) -> int:
    rows = VisaListVersion.objects.filter(imported=imported)
    return rows.aggregate(last=Max("version"))["last"] or 0


def _remember(status: StatusList, data: bytes, *, imported: bool) -> VisaListVersion:
    version = VisaListVersion(
        version=status.version,
        origin=status.origin,
        imported=imported,
        made_at=status.made_at,
        received_at=timezone.now(),
        rows=len(status.numbers),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    version.save(force_insert=True)
    return version
