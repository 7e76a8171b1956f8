"""Who signed this, and does the signature hold? CMS SignedData (RFC 5652), with one signer."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

from asn1crypto import cms, core

from safar.lib.chip import der
from safar.lib.chip.certificates import Certificate, day_of, read_certificate
from safar.lib.chip.errors import ChipError
from safar.lib.chip.keys import Scheme, hash_name, scheme_of

_SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
_CERTIFICATES: Final = 200


@dataclass(frozen=True, slots=True)
class Signer:
    """The one signer. He is named by issuer and serial number, or by `key_id`."""

    issuer_name: str
    serial: str
    key_id: str
    digest: str
    content_kind: str
    content_digest: bytes
    signed_on: date | None
    scheme: Scheme | None
    refusal: ChipError | None
    signature: bytes
    message: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """Content, what kind it says it is (object identifier), certificates as they came."""

    kind: str
    content: bytes
    certificates: tuple[bytes, ...]
    signer: Signer

    def certificate(self) -> Certificate | None:
        """The signer's certificate, if it is among those that came."""
        return next((found for found in self.readable() if self._names(found)), None)

    def readable(self) -> list[Certificate]:
        """The certificates that can be read; broken ones can have signed nothing."""
        return [found for raw in self.certificates if (found := _perhaps(raw))]

    def _names(self, found: Certificate) -> bool:
        if self.signer.key_id:
            return found.key_id == self.signer.key_id
        return (found.issuer_name, found.serial) == (self.signer.issuer_name, self.signer.serial)

    def check(self, certificate: Certificate) -> None:
        """Raise unless the content was signed with the certificate's key.

        Raises:
            ChipError: the content's hash differs, the signature is wrong, or the signed
                attributes speak of another kind of content.
            Unsupported: key or algorithm cannot be checked here.
        """
        signer = self.signer
        if signer.content_kind != self.kind:
            raise ChipError("chip.cms.attributes")
        if digest(signer.digest, self.content) != signer.content_digest:
            raise ChipError("chip.cms.digest")
        if signer.scheme is None:
            raise signer.refusal or ChipError("chip.signature.wrong")
        certificate.key.check(signer.scheme, signer.signature, signer.message)


def _perhaps(raw: bytes) -> Certificate | None:
    try:
        return read_certificate(raw)
    except ChipError:
        return None


def digest(name: str, data: bytes) -> bytes:
    """The hash of data, by the name of the algorithm (`sha256`)."""
    return hashlib.new(name, data, usedforsecurity=False).digest()


def read_signed(data: bytes) -> Signed:
    """Read a ContentInfo with SignedData; nothing is verified yet.

    Raises:
        ChipError: it is broken, not signed data, or has not exactly one signer.
    """
    info = list(der.parts(der.whole(data, 0x30, "signed data").value, 3))
    if len(info) != 2 or oid(info[0]) != _SIGNED_DATA or info[1].tag != 0xA0:
        raise ChipError("chip.der.shape", what="signed data")
    body = list(der.parts(der.whole(info[1].value, 0x30, "signed data").value, 8))
    if len(body) < 4 or body[2].tag != 0x30 or body[-1].tag != 0x31:
        raise ChipError("chip.der.shape", what="signed data")
    kind, content = _content(body[2])
    held = [found for found in body[3:-1] if found.tag == 0xA0]
    raws = (part for found in held for part in der.parts(found.value, _CERTIFICATES))
    return Signed(
        kind, content, tuple(part.raw for part in raws if part.tag == 0x30), _signer(body[-1])
    )


def oid(found: der.Part) -> str:
    """The dotted form of an object identifier.

    Raises:
        ChipError: it is none.
    """
    if found.tag != 0x06 or not 1 <= len(found.value) <= 40:
        raise ChipError("chip.der.shape", what="an object identifier")
    with der.reading("an object identifier"):
        return str(core.ObjectIdentifier.load(found.raw).dotted)


def _content(found: der.Part) -> tuple[str, bytes]:
    rows = list(der.parts(found.value, 3))
    if len(rows) != 2 or rows[1].tag != 0xA0:
        raise ChipError("chip.der.shape", what="signed content")
    return oid(rows[0]), der.whole(rows[1].value, 0x04, "signed content").value


def _signer(found: der.Part) -> Signer:
    signers = list(der.parts(found.value, 10))
    if len(signers) != 1:
        raise ChipError("chip.cms.signers", count=len(signers))
    raw = signers[0].raw
    der.check(raw)
    rows = list(der.parts(signers[0].value, 8))
    if len(rows) < 4 or rows[3].tag != 0xA0:
        raise ChipError("chip.cms.attributes")
    with der.reading("a signer"):
        # The signature is over the attributes with the tag of a SET (RFC 5652 §5.4).
        return _read_signer(cms.SignerInfo.load(raw), b"\x31" + rows[3].raw[1:])


def _read_signer(info: cms.SignerInfo, message: bytes) -> Signer:
    named = info["sid"]
    by_key = named.name == "subject_key_identifier"
    attributes = _attributes(info["signed_attrs"])
    time = attributes.get("signing_time")
    hashed = hash_name(info["digest_algorithm"])
    scheme, refusal = _scheme(info, hashed)
    return Signer(
        issuer_name="" if by_key else named.chosen["issuer"].hashable,
        serial="" if by_key else f"{named.chosen['serial_number'].native:x}",
        key_id=named.chosen.native.hex() if by_key else "",
        digest=hashed,
        content_kind=attributes["content_type"].dotted,
        content_digest=attributes["message_digest"].native,
        signed_on=day_of(time.native) if time is not None else None,
        scheme=scheme,
        refusal=refusal,
        signature=info["signature"].native,
        message=message,
    )


def _scheme(info: cms.SignerInfo, hashed: str) -> tuple[Scheme | None, ChipError | None]:
    try:
        return scheme_of(info["signature_algorithm"], hashed), None
    except ChipError as error:
        return None, error


def _attributes(rows: cms.CMSAttributes) -> dict[str, core.Asn1Value]:
    """Each attribute once, with one value; the kind of content and its hash are a must."""
    found: dict[str, core.Asn1Value] = {}
    for row in rows:
        name = row["type"].native
        if name not in ("content_type", "message_digest", "signing_time"):
            continue
        if name in found or len(row["values"]) != 1:
            raise ChipError("chip.cms.attributes")
        found[name] = row["values"][0]
    if not {"content_type", "message_digest"} <= found.keys():
        raise ChipError("chip.cms.attributes")
    return found
