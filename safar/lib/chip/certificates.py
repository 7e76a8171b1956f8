"""What does a certificate of a state or of a document signer say? (ICAO Doc 9303-12 §7)"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from asn1crypto import pem, x509

from safar.lib.chip import der
from safar.lib.chip.errors import ChipError
from safar.lib.chip.keys import PublicKey, Scheme, public_key, scheme_of
from safar.lib.chip.states import COUNTRIES

LIMIT: Final = 64 * 1024
"""Bytes of one certificate at most."""
_DOCUMENT_KINDS = "2.23.136.1.1.6.2"
_TEXT = 300


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, read; nothing of it is proved by that.

    `country` is two capital letters or empty; `serial`, `key_id` and `authority_key_id` are
    hexadecimal; `usage` is the first and last day on which the private key may sign, where given;
    `kinds` are the document codes that a signer may sign (Doc 9303-12 §7.1.1.6), empty for all.
    """

    raw: bytes
    fingerprint: str
    country: str
    subject: str
    issuer: str
    subject_name: str
    issuer_name: str
    serial: str
    first: date
    last: date
    usage: tuple[date | None, date | None]
    key_id: str
    authority_key_id: str
    authority: bool | None
    purposes: frozenset[str]
    kinds: frozenset[str]
    scheme: Scheme | None
    refusal: ChipError | None
    signature: bytes
    signed: bytes

    @property
    def self_issued(self) -> bool:
        return self.subject_name == self.issuer_name

    @property
    def key(self) -> PublicKey:
        """The public key.

        Raises:
            ChipError: it is broken, or of a kind that is not known here.
        """
        with der.reading("a certificate"):
            return public_key(x509.Certificate.load(self.raw).public_key)

    def check_issued_by(self, issuer: "Certificate") -> None:
        """Raise unless the issuer's key made this certificate's signature.

        Raises:
            ChipError: `chip.signature.wrong`, or what is the matter with key or algorithm.
        """
        if self.scheme is None:
            raise self.refusal or ChipError("chip.signature.wrong")
        issuer.key.check(self.scheme, self.signature, self.signed)

    def was_issued_by(self, issuer: "Certificate") -> bool:
        try:
            self.check_issued_by(issuer)
        except ChipError:
            return False
        return True

    def may_sign_certificates(self) -> bool:
        """Whether it is an authority's; old ones without that extension must be self-issued."""
        return self.self_issued if self.authority is None else self.authority

    def as_dict(self) -> dict[str, object]:
        return {
            "country": self.country,
            "subject": self.subject,
            "issuer": self.issuer,
            "serial": self.serial,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "key_id": self.key_id,
            "fingerprint": self.fingerprint,
        }


def read_certificate(data: bytes) -> Certificate:
    """Read one certificate, DER or PEM.

    Raises:
        ChipError: too large, broken, or two different signature algorithms in it.
    """
    der.within(data, 2 * LIMIT, "The certificate")
    if data.lstrip()[:10] == b"-----BEGIN":
        with der.reading("a certificate"):
            data = pem.unarmor(data)[2]
    der.within(data, LIMIT, "The certificate")
    outer = der.whole(data, 0x30, "a certificate")
    der.check(data)
    inner = next(der.parts(outer.value), None)
    if inner is None:
        raise ChipError("chip.der.shape", what="a certificate")
    with der.reading("a certificate"):
        return _read(x509.Certificate.load(data), data, inner.raw)


def _read(found: x509.Certificate, data: bytes, signed: bytes) -> Certificate:
    body = found["tbs_certificate"]
    if body["signature"].dump() != found["signature_algorithm"].dump():
        raise ChipError("chip.certificate.algorithms")
    if found["signature_value"].contents[:1] != b"\x00":  # a signature is whole bytes
        raise ChipError("chip.der.shape", what="a certificate")
    constraints = found.basic_constraints_value
    scheme, refusal = _scheme(found)
    return Certificate(
        raw=data,
        fingerprint=hashlib.sha256(data).hexdigest(),
        country=_country(body["subject"]) or _country(body["issuer"]),
        subject=body["subject"].human_friendly[:_TEXT],
        issuer=body["issuer"].human_friendly[:_TEXT],
        subject_name=body["subject"].hashable,
        issuer_name=body["issuer"].hashable,
        serial=f"{body['serial_number'].native:x}",
        first=day_of(body["validity"]["not_before"].native),
        last=day_of(body["validity"]["not_after"].native),
        usage=_usage(found.private_key_usage_period_value),
        key_id=(found.key_identifier or b"").hex(),
        authority_key_id=(found.authority_key_identifier or b"").hex(),
        authority=None if constraints is None else bool(constraints["ca"].native),
        purposes=_purposes(found),
        kinds=_kinds(body["extensions"]),
        scheme=scheme,
        refusal=refusal,
        signature=found["signature_value"].native,
        signed=signed,
    )


def _scheme(found: x509.Certificate) -> tuple[Scheme | None, ChipError | None]:
    try:
        return scheme_of(found["signature_algorithm"]), None
    except ChipError as error:
        return None, error


def day_of(moment: object) -> date:
    """The day of a time in a certificate, in UTC.

    Raises:
        ChipError: no time of the calendar.
    """
    if not isinstance(moment, datetime):
        raise ChipError("chip.der.shape", what="a date")
    return moment.date()


def _country(name: x509.Name) -> str:
    """Two capital letters (Doc 9303-12 §7.1.1.1); some states write small ones, some write three."""
    found = name.native.get("country_name", "")
    text = found.upper() if isinstance(found, str) else ""
    if len(text) == 3:
        return COUNTRIES.get(text, ("",))[0]
    return text if len(text) == 2 and text.isascii() and text.isalpha() else ""


def _usage(period: x509.PrivateKeyUsagePeriod | None) -> tuple[date | None, date | None]:
    if period is None:
        return None, None
    first, last = period["not_before"].native, period["not_after"].native
    return (day_of(first) if first else None), (day_of(last) if last else None)


def _purposes(found: x509.Certificate) -> frozenset[str]:
    purposes = found.extended_key_usage_value
    return frozenset(purpose.dotted for purpose in purposes) if purposes else frozenset()


def _kinds(extensions: x509.Extensions) -> frozenset[str]:
    """The documentTypeList: SEQUENCE { version, SET OF PrintableString }."""
    for extension in extensions:
        if extension["extn_id"].dotted == _DOCUMENT_KINDS:
            listed = list(der.parts(der.part(bytes(extension["extn_value"])).value, 100))
            return frozenset(
                kind.value.decode("ascii").rstrip("<")
                for group in listed
                if group.tag == 0x31
                for kind in der.parts(group.value, 100)
            )
    return frozenset()
