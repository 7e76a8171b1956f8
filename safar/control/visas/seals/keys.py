"""A key in a file, with a state authority of its own: for demonstrations and tests.

The files lie in the data folder, readable by the service alone, never in the repository.
"""

import hashlib
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from safar.control.visas.actions.certificates import propose_certificate, trust_certificate
from safar.control.visas.models import SignerCertificate
from safar.control.visas.seals import signing
from safar.core import node
from safar.core.permissions import system
from safar.lib.seal import read_certificate
from safar.lib.seal.countries import ICAO_CODE
from safar.lib.seal.issuing import Authority, issue_csca, issue_signer, new_key
from safar.lib.seal.key_place import write_key

AUTHORITY_KEY, AUTHORITY_CERTIFICATE = "authority.pem", "authority.der"
SIGNER_NAME: Final = "VS"
AUTHORITY_DAYS, SIGNER_DAYS = 3650, 730
MAKER, SECOND = system("visas keys"), system("visas keys, agreed")


def make_keys(today: date) -> SignerCertificate:
    """A fresh signing key with its certificate, trusted; the authority is made where none is."""
    folder = Path(settings.SAFAR_SEAL_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority = _authority(folder, today)
    key = new_key()
    certificate = issue_signer(
        authority,
        name=SIGNER_NAME,
        serial=_next_serial(),
        public_key=key.public_key(),
        valid_from=today,
        valid_until=today + timedelta(days=SIGNER_DAYS),
    )
    held = _trusted(certificate.der)
    write_key(folder / signing.KEY_FILE, key)
    signing.forget()
    return held


def _authority(folder: Path, today: date) -> Authority:
    key_file, certificate_file = folder / AUTHORITY_KEY, folder / AUTHORITY_CERTIFICATE
    if key_file.is_file() and certificate_file.is_file():
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            der = certificate_file.read_bytes()
            _trusted(der)
            return Authority(key, read_certificate(der))
    made = issue_csca(
        _alpha2(), valid_from=today, valid_until=today + timedelta(days=AUTHORITY_DAYS)
    )
    _trusted(made.certificate.der)
    write_key(key_file, made.key)
    certificate_file.write_bytes(made.certificate.der)
    return made


def _alpha2() -> str:
    return next(two for two, three in ICAO_CODE.items() if three == node.country())


def _next_serial() -> int:
    serials = SignerCertificate.objects.values_list("serial", flat=True)
    return max((int(serial, 16) for serial in serials), default=0) + 1


def _trusted(der: bytes) -> SignerCertificate:
    held = SignerCertificate.objects.filter(sha256=hashlib.sha256(der).hexdigest()).first()
    if held is not None:
        return held
    return trust_certificate(SECOND, propose_certificate(MAKER, None, der=der))
