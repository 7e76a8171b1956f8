"""What does a signer's certificate say, and does a state authority stand behind it?

ICAO Doc 9303-12 and 9303-13 §5: the subject is the state's two letters and two signs for the
signer; the serial number is the reference that stands in the seal; a CSCA signs it directly.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from asn1crypto import core, pem, x509
from cryptography import x509 as strict
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from safar.lib.seal.countries import icao_code
from safar.lib.seal.curves import PublicKey, raw_from_der
from safar.lib.seal.errors import SealError
from safar.lib.seal.public_keys import public_key

LONGEST: Final = 65_536
"""Bytes of one certificate; a list may hold many."""
LONGEST_SERIAL: Final = 160
"""Bits: RFC 5280 §4.1.2.2 allows twenty octets."""
_DOCUMENT_TYPES: Final = "2.23.136.1.1.6.2"
"""documentTypeList of Doc 9303-12 §7.1.1: which document codes the key may sign."""
_BROKEN: Final = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, read but not yet trusted. Days are UTC; `document_types` empty: any."""

    der: bytes
    country: str
    alpha2: str
    common_name: str
    serial: int
    valid_from: date
    valid_until: date
    subject: str
    issuer: str
    is_authority: bool
    document_types: frozenset[str]
    key: PublicKey | None
    parsed: Any

    @property
    def signer_id(self) -> str:
        """Four signs, as in the head of a seal."""
        return (self.alpha2 + self.common_name).upper()

    @property
    def reference(self) -> str:
        """The serial number in hex without leading zeros."""
        return f"{self.serial:X}"

    def may_sign(self, letter: str) -> bool:
        """Whether documents of this first letter (`V`: visas) are among those that it may sign."""
        return not self.document_types or letter in {one[:1] for one in self.document_types}


def read_certificates(data: bytes) -> list[Certificate]:
    """One DER certificate, or any number of them in PEM; SealError `certificate.broken`."""
    if not pem.detect(data):
        return [read_certificate(data)]
    try:
        ders = [der for kind, _, der in pem.unarmor(data, multiple=True) if kind == "CERTIFICATE"]
    except _BROKEN:
        raise SealError("certificate.broken") from None
    return [read_certificate(der) for der in ders]


def read_certificate(der: bytes) -> Certificate:
    """A DER certificate; SealError `certificate.*`. A key of RSA is kept for authorities only."""
    if len(der) > LONGEST:
        raise SealError("certificate.broken")
    try:
        return _read(x509.Certificate.load(der, strict=True), der)
    except _BROKEN:
        raise SealError("certificate.broken") from None


def _read(parsed: x509.Certificate, der: bytes) -> Certificate:
    body = parsed["tbs_certificate"]
    names = body["subject"].native
    info = body["subject_public_key_info"]
    alpha2 = str(names.get("country_name", "")).upper()
    basic = parsed.basic_constraints_value
    is_authority = bool(basic and basic["ca"].native)
    serial, name = int(body["serial_number"].native), str(names.get("common_name", ""))
    if serial.bit_length() > LONGEST_SERIAL or not name.isprintable():
        raise ValueError
    return Certificate(
        der=der,
        country=icao_code(alpha2),
        alpha2=alpha2,
        common_name=name,
        serial=serial,
        valid_from=body["validity"]["not_before"].native.date(),
        valid_until=body["validity"]["not_after"].native.date(),
        subject=body["subject"].hashable,
        issuer=body["issuer"].hashable,
        is_authority=is_authority,
        document_types=_document_types(body["extensions"]),
        key=None if is_authority and info.algorithm == "rsa" else public_key(info),
        parsed=parsed,
    )


class _Types(core.SetOf):  # type: ignore[misc]
    _child_spec = core.PrintableString


class TypeList(core.Sequence):  # type: ignore[misc]
    """The contents of the extension documentTypeList."""

    _fields = [("version", core.Integer), ("types", _Types)]  # noqa: RUF012


def _document_types(extensions: Any) -> frozenset[str]:
    for extension in extensions or ():
        if extension["extn_id"].dotted == _DOCUMENT_TYPES:
            listed = TypeList.load(extension["extn_value"].contents, strict=True)
            return frozenset(str(one) for one in listed["types"].native)
    return frozenset()


def refuse_unless_issued_by(child: Certificate, authorities: Iterable[Certificate]) -> None:
    """Nothing where one of the trusted authorities signed `child`; otherwise SealError.

    Name, state, right to sign certificates, time of issue, signature. An authority whose own
    time has ended still stands behind what it issued within it (Doc 9303-12 §5).
    """
    named = [one for one in authorities if one.subject == child.issuer]
    if not named:
        raise SealError("certificate.untrusted")
    problems: list[SealError] = []
    for authority in named:
        try:
            return _refuse_unless_by(child, authority)
        except SealError as problem:
            problems.append(problem)
    raise problems[-1]


def _refuse_unless_by(child: Certificate, authority: Certificate) -> None:
    if not authority.is_authority:
        raise SealError("certificate.not_authority")
    if child.alpha2 != authority.alpha2:
        raise SealError("certificate.untrusted")
    if not authority.valid_from <= child.valid_from <= authority.valid_until:
        raise SealError("certificate.issuer_period")
    if not _signed_by(child, authority):
        raise SealError("certificate.chain")


def _signed_by(child: Certificate, authority: Certificate) -> bool:
    if authority.key is None:
        return _signed_by_rsa(child, authority)
    try:
        algorithm = child.parsed["signature_algorithm"]
        said = child.parsed["tbs_certificate"]["signature"]
        body = child.parsed["tbs_certificate"].dump()
        if algorithm.signature_algo != "ecdsa" or algorithm.dump() != said.dump():
            return False
        signature = raw_from_der(authority.key.curve, child.parsed["signature_value"].native)
        return authority.key.is_right(signature, body, hash=algorithm.hash_algo)
    except _BROKEN:
        return False


def _signed_by_rsa(child: Certificate, authority: Certificate) -> bool:
    try:
        above, below = (strict.load_der_x509_certificate(one.der) for one in (authority, child))
        below.verify_directly_issued_by(above)
    except (*_BROKEN, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
