"""Which files does a new chip carry? EF.COM, DG1, DG2 and EF.SOD (ICAO Doc 9303-10 §4.6 and §4.7).

The hashes and the signature are of the strength of the signing key's curve (Doc 9303-12 §4.1.3).
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, Protocol

from asn1crypto import algos, cms, core, x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from PIL import Image, UnidentifiedImageError

from safar.lib.chip.groups import LIMITS, TAGS
from safar.lib.chip.sod import KIND
from safar.lib.seal.curves import CURVES

LARGEST_PICTURE: Final = LIMITS["DG2"] - 4_096
"""Bytes; leaves room for what stands around the picture in DG2."""
_LDS, _UNICODE = b"0107", b"040000"
_SEXES: Final = {"": 0, "M": 1, "F": 2, "X": 0}
_ZONES: Final = {90, 72, 88}


class WritingError(ValueError):
    """What was given fits on no chip; the text says what and why."""


class Signer(Protocol):
    """The document signer's key: see `safar.lib.seal.keys`."""

    @property
    def curve(self) -> str: ...
    def sign(self, data: bytes) -> bytes:
        """r and s in equal halves."""
        ...


def write(
    zone: Sequence[str],
    picture: bytes,
    *,
    signer: Signer,
    certificate: bytes,
    at: datetime,
    sex: str = "",
) -> dict[str, bytes]:
    """The files of a chip by name: `EF.COM`, `EF.DG1`, `EF.DG2` and `EF.SOD`.

    `picture`: JPEG; its bytes go on the chip as they are. `certificate`: the document signer's,
    DER; it goes into EF.SOD. `at`: the moment of signing.

    Raises:
        WritingError: zone or picture fit on no chip.
        SealError: `key.*`, the key does not answer.
    """
    groups = {1: write_zone(zone), 2: write_face(picture, sex=sex)}
    sod = write_sod(groups, signer=signer, certificate=certificate, at=at)
    files = {f"EF.DG{number}": data for number, data in groups.items()}
    return {"EF.COM": write_com(groups), **files, "EF.SOD": sod}


def write_com(groups: Mapping[int, bytes]) -> bytes:
    """EF.COM: version of the layout (LDS 1.7), of Unicode, and the tags of the groups."""
    tags = bytes(TAGS[f"DG{number}"] for number in sorted(groups))
    return _tlv(TAGS["COM"], _tlv(0x5F01, _LDS), _tlv(0x5F36, _UNICODE), _tlv(0x5C, tags))


def write_zone(zone: Sequence[str]) -> bytes:
    """DG1: the machine zone without line feeds.

    Raises:
        WritingError: it is no zone of a travel document.
    """
    text = "".join(zone)
    if len(text) not in _ZONES or not text.isascii():
        raise WritingError("The machine zone has not the length of one.")
    return _tlv(TAGS["DG1"], _tlv(0x5F1F, text.encode("ascii")))


def write_face(picture: bytes, *, sex: str = "") -> bytes:
    """DG2: one face, full frontal, in a record of ISO/IEC 19794-5:2005.

    Raises:
        WritingError: no JPEG, or too large for a chip.
    """
    if len(picture) > LARGEST_PICTURE:
        raise WritingError(f"The picture has {len(picture)} bytes; {LARGEST_PICTURE} fit.")
    record = _face_record(picture, _SEXES.get(sex, 0))
    header = _tlv(
        0xA1,
        _tlv(0x80, b"\x01\x01"),
        _tlv(0x81, b"\x02"),  # a face
        _tlv(0x82, b"\x00"),
        _tlv(0x87, b"\x01\x01"),  # ISO/IEC JTC 1/SC 37
        _tlv(0x88, b"\x00\x08"),  # ISO/IEC 19794-5
    )
    template = _tlv(0x7F60, header, _tlv(0x5F2E, record))
    return _tlv(TAGS["DG2"], _tlv(0x7F61, _tlv(0x02, b"\x01"), template))


def _face_record(picture: bytes, sex: int) -> bytes:
    width, height = _size(picture)
    # no feature points; sex; colours, expression and pose are left unsaid
    facts = b"\x00\x00" + bytes((sex,)) + bytes(13)
    # full frontal, JPEG, size, 24-bit RGB, from where it is left unsaid
    image = b"\x01\x00" + _number(width, 2) + _number(height, 2) + b"\x01\x00" + bytes(4)
    face = _number(4 + len(facts) + len(image) + len(picture), 4) + facts + image + picture
    return b"FAC\x00010\x00" + _number(14 + len(face), 4) + _number(1, 2) + face


def _size(picture: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG",)) as opened:
            return opened.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise WritingError("The picture is no JPEG.") from None


def write_sod(
    groups: Mapping[int, bytes], *, signer: Signer, certificate: bytes, at: datetime
) -> bytes:
    """EF.SOD: the hashes of the groups, signed (RFC 5652) with the signer's certificate beside.

    Raises:
        SealError: `key.*`, the key does not answer.
    """
    curve = CURVES[signer.curve]
    listed = _security_object(groups, curve.hash)
    issued = x509.Certificate.load(certificate)
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": [KIND]},
            {"type": "message_digest", "values": [_digest(curve.hash, listed)]},
            {"type": "signing_time", "values": [_moment(at)]},
        ]
    )
    signature = signer.sign(attributes.dump())
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", _named(issued)),
            "digest_algorithm": {"algorithm": curve.hash},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": f"{curve.hash}_ecdsa"},
            "signature": _der_signature(signature),
        }
    )
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [{"algorithm": curve.hash}],
            "encap_content_info": {
                "content_type": KIND,
                "content": core.ParsableOctetString(listed),
            },
            "certificates": [issued],
            "signer_infos": [info],
        }
    )
    content = cms.ContentInfo({"content_type": "signed_data", "content": signed})
    return _tlv(TAGS["SOD"], content.dump())


def _security_object(groups: Mapping[int, bytes], name: str) -> bytes:
    """LDSSecurityObject, version 0."""
    rows = [
        _tlv(0x30, _tlv(0x02, bytes((number,))), _tlv(0x04, _digest(name, data)))
        for number, data in sorted(groups.items())
    ]
    algorithm = algos.DigestAlgorithm({"algorithm": name}).dump()
    return _tlv(0x30, _tlv(0x02, b"\x00"), algorithm, _tlv(0x30, *rows))


def _named(certificate: x509.Certificate) -> cms.IssuerAndSerialNumber:
    body = certificate["tbs_certificate"]
    return cms.IssuerAndSerialNumber(
        {"issuer": body["issuer"], "serial_number": body["serial_number"]}
    )


def _moment(at: datetime) -> cms.Time:
    """UTCTime to the second, until 2049 (RFC 5652 §11.3)."""
    return cms.Time("utc_time", core.UTCTime(at.astimezone(UTC).replace(microsecond=0)))


def _der_signature(raw: bytes) -> bytes:
    half = len(raw) // 2
    return encode_dss_signature(
        int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big")
    )


def _digest(name: str, data: bytes) -> bytes:
    return hashlib.new(name, data).digest()


def _number(value: int, size: int) -> bytes:
    return value.to_bytes(size, "big")


def _tlv(tag: int, *values: bytes) -> bytes:
    """Tag, length in its shortest form, value."""
    value = b"".join(values)
    size = len(value)
    if size < 0x80:
        length = bytes((size,))
    else:
        digits = _number(size, (size.bit_length() + 7) // 8)
        length = bytes((0x80 | len(digits),)) + digits
    return _number(tag, (tag.bit_length() + 7) // 8) + length + value
