"""Which key seals here, and whose seals are believed?

The key in a file is for demonstrations and tests; a state's key lives in a device (PKCS #11).
"""

import threading
from datetime import date
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from safar.control.visas.choices_issued import CertificateKind, CertificateStatus
from safar.control.visas.models import SignerCertificate
from safar.core.errors import Unavailable
from safar.lib.seal import Certificate, FileSigner, SealError, Signer, Signers, read_certificate
from safar.lib.seal.pkcs11_key import Pkcs11Signer, pin_from, public_half

KEY_FILE: Final = "signer.pem"
BELIEVED: Final = (CertificateStatus.TRUSTED, CertificateStatus.REVOKED)
NO_KEY = _("There is no key that seals visas here. Its keeper has to set it up first.")
NO_CERTIFICATE = _("No certificate in force belongs to the key that seals visas.")

_lock = threading.Lock()
_held: dict[str, Any] = {}


def forget() -> None:
    """Read key and certificates anew: after a change of either, and between tests."""
    with _lock:
        _held.clear()


def signer(today: date) -> tuple[Signer, SignerCertificate]:
    """The key that seals today, with its certificate.

    Raises:
        Unavailable: there is no key, or no trusted certificate in force for it.
    """
    try:
        public = _public_key()
        held = _certificate_of(public, today)
        return _signer_of(held), held
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


def _build() -> Signers:
    rows = list(SignerCertificate.objects.filter(status__in=BELIEVED))
    return Signers.of(
        [bytes(row.der) for row in rows if row.kind == CertificateKind.SIGNER],
        [bytes(row.der) for row in rows if row.kind == CertificateKind.AUTHORITY
         and row.status == CertificateStatus.TRUSTED],
        {(row.signer_id, int(row.serial, 16)): row.revoked_on for row in rows if row.revoked_on},
    )  # fmt: skip


def _certificate_of(public: ec.EllipticCurvePublicKey, today: date) -> SignerCertificate:
    rows = SignerCertificate.objects.filter(
        kind=CertificateKind.SIGNER,
        status=CertificateStatus.TRUSTED,
        valid_from__lte=today,
        valid_until__gte=today,
    )
    wanted = _plain(public)
    for row in rows:
        if _plain(x509.load_der_x509_certificate(bytes(row.der)).public_key()) == wanted:
            return row
    raise Unavailable(NO_CERTIFICATE)


def _plain(key: Any) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return bytes(key.public_bytes(serialization.Encoding.DER, form))


def _public_key() -> ec.EllipticCurvePublicKey:
    if settings.SAFAR_SEAL_PKCS11_MODULE:
        with _lock:
            held: ec.EllipticCurvePublicKey | None = _held.get("public")
        if held is None:
            held = public_half(**_device())
            with _lock:
                _held["public"] = held
        return held
    path = _key_file()
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Unavailable(NO_KEY)
    return key.public_key()


def _key_file() -> Path:
    path = Path(settings.SAFAR_SEAL_FOLDER) / KEY_FILE
    if not settings.SAFAR_SEAL_KEY_IN_FILE or not path.is_file():
        raise Unavailable(NO_KEY)
    return path


def _signer_of(held: SignerCertificate) -> Signer:
    certificate = read_certificate(bytes(held.der))
    if settings.SAFAR_SEAL_PKCS11_MODULE:
        return _device_signer(held.sha256, certificate)
    return FileSigner.read(
        _key_file(),
        country=certificate.country,
        signer_id=certificate.signer_id,
        certificate_reference=certificate.reference,
    )


def _device_signer(mark: str, certificate: Certificate) -> Signer:
    """One session with the device for as long as its certificate is the same."""
    with _lock:
        held: Signer | None = _held.get(mark)
        if held is None:
            held = _held[mark] = Pkcs11Signer(**_device(), certificate=certificate)
        return held


def _device() -> dict[str, Any]:
    return {
        "module": settings.SAFAR_SEAL_PKCS11_MODULE,
        "token": settings.SAFAR_SEAL_PKCS11_TOKEN,
        "key": settings.SAFAR_SEAL_PKCS11_KEY,
        "pin": pin_from(Path(settings.SAFAR_SEAL_PKCS11_PIN_FILE)),
    }
