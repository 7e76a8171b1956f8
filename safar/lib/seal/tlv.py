"""How do features stand in a seal, and where does its signature begin? (ICAO Doc 9303-13 §2.3.2)"""

from collections.abc import Mapping
from typing import Final

from safar.lib.seal.errors import SealError

SIGNATURE: Final = 0xFF
LONGEST: Final = 4096
"""Bytes. A QR code holds 2,953, a DataMatrix 1,555: anything longer is not read at all."""


def encode_one(tag: int, value: bytes) -> bytes:
    """Tag, DER length, value. A tag is 0 to 254; 255 begins the signature."""
    if len(value) > LONGEST:
        raise SealError("seal.cannot_write", reason="a field is too long.")
    return bytes((tag,)) + _length(len(value)) + value


def encode(features: Mapping[int, bytes]) -> bytes:
    """All features in the order of the mapping."""
    if wrong := [tag for tag in features if not 0 <= tag < SIGNATURE]:
        raise SealError("seal.cannot_write", reason=f"there is no field number {wrong[0]}.")
    return b"".join(encode_one(tag, value) for tag, value in features.items())


def _length(length: int) -> bytes:
    if length < 0x80:
        return bytes((length,))
    size = (length.bit_length() + 7) // 8
    return bytes((0x80 | size,)) + length.to_bytes(size, "big")


def decode(data: bytes) -> tuple[dict[int, bytes], int, bytes]:
    """Features in their order, where the signed part ends, and the raw signature.

    SealError where a length is wrong or not the shortest, a tag comes twice, the signature is
    missing, or anything follows it.
    """
    features: dict[int, bytes] = {}
    at = 0
    while at < len(data):
        tag, value, after = _one(data, at)
        if tag == SIGNATURE:
            return features, at, _last(data, value, after)
        if tag in features:
            raise SealError("seal.repeated", tag=tag)
        features[tag] = value
        at = after
    raise SealError("seal.no_signature")


def _last(data: bytes, signature: bytes, after: int) -> bytes:
    if after != len(data):
        raise SealError("seal.after_signature")
    if not signature or len(signature) % 2:
        raise SealError("seal.no_signature")
    return signature


def _one(data: bytes, at: int) -> tuple[int, bytes, int]:
    tag, length, start = data[at], *_read_length(data, at + 1)
    if start + length > len(data):
        raise SealError("seal.truncated")
    return tag, data[start : start + length], start + length


def _read_length(data: bytes, at: int) -> tuple[int, int]:
    """The length, and where the value begins."""
    if at >= len(data):
        raise SealError("seal.truncated")
    first = data[at]
    if first < 0x80:
        return first, at + 1
    size = first & 0x7F
    if size not in (1, 2):
        raise SealError("seal.bad_length")
    if at + 1 + size > len(data):
        raise SealError("seal.truncated")
    length = int.from_bytes(data[at + 1 : at + 1 + size], "big")
    if _length(length) != data[at : at + 1 + size]:
        raise SealError("seal.bad_length")
    return length, at + 1 + size
