"""Which key seals here, and whose seals are believed?

The key in a file is for demonstrations and tests; a state's key lives in a device (PKCS #11).
"""

import threading
from datetime import date
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from safar.control.visas.choices.issued import CertificateKind, CertificateStatus
from safar.control.visas.models import SignerCertificate
from safar.core import node
from safar.core.errors import Unavailable
from safar.lib.seal import SealError, Signer, Signers, read_certificate
from safar.lib.seal.key_place import KeyHolder, KeyPlace, plain

KEY_FILE: Final = "signer.pem"
BELIEVED: Final = (CertificateStatus.TRUSTED, CertificateStatus.REVOKED)
NO_KEY = _("There is no key that seals visas here. Its keeper has to set it up first.")
NO_CERTIFICATE = _("No certificate in force belongs to the key that seals visas.")

_lock = threading.Lock()
_held: dict[str, Any] = {}
_key = KeyHolder()


def forget() -> None:
    """Read key and certificates anew: after a change of either, and between tests."""
    with _lock:
        _held.clear()
    _key.forget()


def signer(today: date) -> tuple[Signer, SignerCertificate]:
    """The key that seals today, with its certificate.

    Raises:
        Unavailable: there is no key, or no trusted certificate in force for it.
    """
    try:
        place = _place()
        held = _certificate_of(_key.public_key(place), today)
        return _key.signer(place, read_certificate(bytes(held.der))), held
    except SealError as problem:
        raise Unavailable(
            _("The key that seals visas: {why}").format(why=problem.sentence)
        ) from None


def known_signers() -> Signers:
    """Every signer that was ever trusted, with its path to a trusted authority. Read once a change."""
    state = SignerCertificate.objects.aggregate(Count("pk"), Sum("version"))
    mark = tuple(state.values())
    with _lock:
        if _held.get("mark") == mark:
            found: Signers = _held["signers"]
            return found
    built = _build()
    with _lock:
        _held.update(mark=mark, signers=built)
    return built


def has_authority(der: bytes) -> bool:
    """Whether a trusted authority of this state stands behind a certificate, whoever declined it."""
    authorities = SignerCertificate.objects.filter(
        kind=CertificateKind.AUTHORITY, status=CertificateStatus.TRUSTED, country=node.country()
    )
    return len(Signers.of([der], [bytes(row.der) for row in authorities])) == 1


def _build() -> Signers:
    rows = list(SignerCertificate.objects.filter(status__in=BELIEVED))
    declined = SignerCertificate.objects.filter(status=CertificateStatus.DECLINED)
    return Signers.of(
        [bytes(row.der) for row in rows if row.kind == CertificateKind.SIGNER],
        [bytes(row.der) for row in rows if row.kind == CertificateKind.AUTHORITY
         and row.status == CertificateStatus.TRUSTED],
        {(row.signer_id, int(row.serial, 16)): row.revoked_on for row in rows if row.revoked_on},
        declined=[bytes(der) for der in declined.values_list("der", flat=True)],
    )  # fmt: skip


def _certificate_of(public: ec.EllipticCurvePublicKey, today: date) -> SignerCertificate:
    rows = SignerCertificate.objects.filter(
        kind=CertificateKind.SIGNER,
        status=CertificateStatus.TRUSTED,
        valid_from__lte=today,
        valid_until__gte=today,
    )
    wanted = plain(public)
    for row in rows:
        if _certified(row) == wanted:
            return row
    raise Unavailable(NO_CERTIFICATE)


def _certified(held: SignerCertificate) -> bytes:
    key = x509.load_der_x509_certificate(bytes(held.der)).public_key()
    return plain(key) if isinstance(key, ec.EllipticCurvePublicKey) else b""


def _place() -> KeyPlace:
    """Where the key is; a file only in demonstrations, and where there is one."""
    path = Path(settings.SAFAR_SEAL_FOLDER) / KEY_FILE
    module = settings.SAFAR_SEAL_PKCS11_MODULE
    if not module and not (settings.SAFAR_SEAL_KEY_IN_FILE and path.is_file()):
        raise Unavailable(NO_KEY)
    return KeyPlace(
        path,
        module=module,
        token=settings.SAFAR_SEAL_PKCS11_TOKEN,
        key=settings.SAFAR_SEAL_PKCS11_KEY,
        pin_file=settings.SAFAR_SEAL_PKCS11_PIN_FILE,
    )
