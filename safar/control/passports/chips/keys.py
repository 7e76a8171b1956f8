"""A document signer's key in a file, with a state certificate: for demonstrations and tests.

The files lie in the data folder, readable by the service alone, never in the repository.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.choices import GrantStatus
from safar.accounts.models import User
from safar.control.documents import actions as documents
from safar.control.documents.choices import CertificateStatus
from safar.control.documents.models import StateCertificate
from safar.control.passports.chips import signing
from safar.core import node
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor
from safar.lib.seal import read_certificate
from safar.lib.seal.countries import ICAO_CODE
from safar.lib.seal.issuing import Authority, issue_csca, issue_signer, new_key
from safar.lib.seal.key_place import write_key

AUTHORITY_KEY, AUTHORITY_CERTIFICATE = "authority.pem", "authority.der"
SIGNER_NAME: Final = "DS"
SIGNS: Final = ("P", "I")
KEY_DAYS: Final = 92
"""A signer's key signs three months at the most (Doc 9303-12 §4.1.1)."""
SIGNER_DAYS: Final = KEY_DAYS + 3660
AUTHORITY_DAYS: Final = SIGNER_DAYS + 5 * 365
SOURCE = "made for a demonstration"


def make_keys(today: date, first: Actor, second: Actor) -> Path:
    """A fresh key with its certificate; the state's is made where there is none.

    `first` and `second`: the two people in whose names the state certificate is trusted.

    Raises:
        RuleBroken: keys are kept in a device here.
    """
    if not settings.SAFAR_PASSPORT_KEY_IN_FILE:
        raise RuleBroken(_("Here chips are signed by a device (PKCS #11), not by a key in a file."))
    folder = Path(settings.SAFAR_PASSPORT_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority = _authority(folder, today)
    _trusted(authority.certificate.der, first, second)
    key = new_key()
    made = issue_signer(
        authority,
        name=SIGNER_NAME,
        serial=_serial(folder),
        public_key=key.public_key(),
        valid_from=today,
        valid_until=today + timedelta(days=SIGNER_DAYS),
        document_types=SIGNS,
        key_until=today + timedelta(days=KEY_DAYS),
    )
    write_key(folder / signing.KEY_FILE, key)
    path = folder / signing.CERTIFICATE_FILE
    path.write_bytes(made.der)
    signing.forget()
    return path


def _authority(folder: Path, today: date) -> Authority:
    key_file, certificate_file = folder / AUTHORITY_KEY, folder / AUTHORITY_CERTIFICATE
    if key_file.is_file() and certificate_file.is_file():
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return Authority(key, read_certificate(certificate_file.read_bytes()))
    alpha2 = next(two for two, three in ICAO_CODE.items() if three == node.country())
    made = issue_csca(alpha2, valid_from=today, valid_until=today + timedelta(days=AUTHORITY_DAYS))
    write_key(key_file, made.key)
    certificate_file.write_bytes(made.certificate.der)
    return made


def _serial(folder: Path) -> int:
    path = folder / signing.CERTIFICATE_FILE
    return read_certificate(path.read_bytes()).serial + 1 if path.is_file() else 2


def _trusted(der: bytes, first: Actor, second: Actor) -> None:
    """Put forward and trusted as on the page of state certificates, unless it is already."""
    held = StateCertificate.objects.filter(content=der).first()
    if held is None:
        documents.import_certificates(
            first, None, file_name=AUTHORITY_CERTIFICATE, content=der, source=SOURCE
        )
        held = StateCertificate.objects.get(content=der)
    if held.status == CertificateStatus.PROPOSED:
        documents.trust_certificate(second, held, compared=True)


def two_experts() -> list[User]:
    """Two people who may trust state certificates, or fewer."""
    held = Q(grants__status=GrantStatus.ACTIVE, grants__role="document_expert")
    return list(User.objects.filter(held, is_active=True).order_by("pk")[:2])
