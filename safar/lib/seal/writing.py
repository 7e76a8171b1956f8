"""How is a visa sealed, and how is a seal built again with something changed?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from safar.lib.seal import c40, tlv
from safar.lib.seal import header as heads
from safar.lib.seal.errors import SealError
from safar.lib.seal.header import Header
from safar.lib.seal.keys import Signer
from safar.lib.seal.profiles import (
    ADDITIONAL,
    ENTRIES,
    PASSPORT,
    SECOND_LINE,
    STAY,
    VISA_TYPE,
    ZONE_A,
    ZONE_B,
)
from safar.lib.seal.reading import Seal
from safar.lib.seal.values import UNLIMITED, Stay, write_code, write_number, write_stay

_VISA: Final = (0x5D, 0x01)
_ZONES: Final = {44: ZONE_A, 36: ZONE_B}


@dataclass(frozen=True, slots=True)
class Visa:
    """What is sealed on a visa sticker (ICAO Doc 9303-13 §3).

    `zone`: the two printed lines, 44 signs each (MRV-A) or 36 (MRV-B). The visa's own number is
    sealed because it stands in the zone, as Doc 9303-7 allows: there is no private field for it,
    and `passport_number` binds the sticker to the booklet. `entries`: 1 to 254, None for no limit.
    `extra`: further fields of the issuer, tags 8 to 254.
    """

    zone: Sequence[str]
    passport_number: str
    stay: Stay
    entries: int | None
    issued_on: date
    signed_on: date
    visa_type: str = ""
    additional: bytes = b""
    extra: Mapping[int, bytes] = field(default_factory=dict)


def sign(visa: Visa, signer: Signer, *, version: int = heads.VARIABLE) -> bytes:
    """The bytes for the barcode; SealError `seal.cannot_write` where a field does not fit."""
    return write(_head(visa, signer, version), features_of(visa), signer)


def write(header: Header, features: Mapping[int, bytes], signer: Signer) -> bytes:
    """Any kind of seal: head, raw features, and the signer's signature over both."""
    signed = heads.write(header) + tlv.encode(features)
    return signed + tlv.encode_one(tlv.SIGNATURE, signer.sign(signed))


def _head(visa: Visa, signer: Signer, version: int) -> Header:
    return Header(
        country=signer.country,
        signer_id=signer.signer_id,
        reference=signer.certificate_reference.upper(),
        issued_on=visa.issued_on,
        signed_on=visa.signed_on,
        definition=_VISA[0],
        category=_VISA[1],
        version=version,
    )


def features_of(visa: Visa) -> dict[int, bytes]:
    """Tags and raw values of a visa, in the order of the standard."""
    if wrong := [tag for tag in visa.extra if tag <= ADDITIONAL]:
        raise SealError("seal.cannot_write", reason=f"field {wrong[0]} belongs to the standard.")
    entries = UNLIMITED if visa.entries is None else visa.entries
    if visa.entries == UNLIMITED:
        raise SealError("seal.cannot_write", reason="a visa of no entries at all.")
    features = _zone(visa.zone) | {
        ENTRIES: write_number(entries, "the number of entries"),
        STAY: write_stay(visa.stay),
        PASSPORT: c40.encode(visa.passport_number),
    }
    if visa.visa_type:
        features[VISA_TYPE] = write_code(visa.visa_type)
    if visa.additional:
        features[ADDITIONAL] = visa.additional
    return features | dict(visa.extra)


def _zone(lines: Sequence[str]) -> dict[int, bytes]:
    """The first line whole, and the second without its optional data."""
    width = len(lines[0]) if lines else 0
    if len(lines) != 2 or width not in _ZONES or len(lines[1]) != width:
        raise SealError("seal.cannot_write", reason="a visa's zone is two lines of 44 or 36.")
    return {_ZONES[width]: c40.encode(lines[0] + lines[1][:SECOND_LINE])}


def rebuild(
    seal: Seal,
    *,
    head: Mapping[str, Any] | None = None,
    features: Mapping[int, bytes | None] | None = None,
    signature: bytes | None = None,
    signer: Signer | None = None,
) -> bytes:
    """The seal with something changed: to try out forgeries.

    `head`: fields of `Header` to replace. `features`: raw values by tag, None to leave one out.
    Signed again where a `signer` is given (under whatever name the head says), with `signature`
    where that is given, and otherwise with the old signature, which then no longer fits.
    """
    header = replace(seal.header, **dict(head or {}))
    changed = dict(seal.features) | dict(features or {})
    kept = {tag: value for tag, value in changed.items() if value is not None}
    if signer is not None:
        return write(header, kept, signer)
    signed = heads.write(header) + tlv.encode(kept)
    return signed + tlv.encode_one(tlv.SIGNATURE, signature or seal.signature)
