"""Which picture of the face does the chip hold? (ICAO Doc 9303-10 §4.7.2, ISO/IEC 19794-5:2005)"""

from dataclasses import dataclass
from typing import Final

from safar.lib.chip import der
from safar.lib.chip.errors import ChipError

_HEADER = 14
_INFORMATION = 20
_POINT = 8
_IMAGE = 12
_POINTS = 500
_STARTS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
)
_TEMPLATES = frozenset({0x7F61, 0x7F60})
_DEPTH, _NEWER_DEPTH = 6, 12


@dataclass(frozen=True, slots=True)
class Face:
    """The picture's bytes as they stand on the chip, undecoded; treat them as hostile.

    `media_type` is `image/jpeg` or `image/jp2`; width and height in pixels are what the record
    says, 0 where it says nothing.
    """

    image: bytes
    media_type: str
    width: int
    height: int


def read_face(data: bytes) -> Face:
    """The first face of DG2.

    Raises:
        ChipError: broken, a record of another kind, or no JPEG or JPEG 2000 in it.
    """
    blocks = list(_blocks(der.whole(data, 0x75, "DG2").value))
    for block in blocks:
        if block[:8] == b"FAC\x00010\x00":
            return _face(block)
    for block in blocks:
        if newer := _newer(block):
            return newer
    raise ChipError("chip.face.newer")


def _blocks(value: bytes) -> list[bytes]:
    """The biometric data blocks (tags 5F2E and 7F2E) inside the nested templates."""
    found: list[bytes] = []
    waiting = [(value, 1)]
    while waiting:
        inner, depth = waiting.pop(0)
        for part in der.parts(inner, 20):
            if part.tag in (0x5F2E, 0x7F2E):
                found.append(part.value)
            elif part.tag in _TEMPLATES and len(waiting) < 20:
                waiting.append((part.value, _deeper(depth, _DEPTH)))
    return found


def _deeper(depth: int, most: int) -> int:
    """Each level is read anew, so that depth costs as much as breadth.

    Raises:
        ChipError: deeper than any template.
    """
    if depth >= most:
        raise ChipError("chip.der.deep")
    return depth + 1


def _face(record: bytes) -> Face:
    """One face record: header, facial information, feature points, image information, image."""
    start = _HEADER
    if len(record) < start + _INFORMATION:
        raise ChipError("chip.der.cut")
    size = int.from_bytes(record[start : start + 4], "big")
    points = int.from_bytes(record[start + 4 : start + 6], "big")
    image = start + _INFORMATION + points * _POINT
    if points > _POINTS or size > len(record) - start or image + _IMAGE > start + size:
        raise ChipError("chip.der.length")
    width = int.from_bytes(record[image + 2 : image + 4], "big")
    height = int.from_bytes(record[image + 4 : image + 6], "big")
    return _picture(record[image + _IMAGE : start + size], width, height)


def _picture(image: bytes, width: int, height: int) -> Face:
    for start, media_type in _STARTS:
        if image.startswith(start):
            return Face(image, media_type, width, height)
    raise ChipError("chip.face.picture")


def _newer(block: bytes) -> Face | None:
    """ISO/IEC 39794-5 is nested tags: the first value in it that begins as a picture does."""
    waiting, seen = [(block, 1)], 0
    while waiting:
        inner, depth = waiting.pop(0)
        for part in der.parts(inner, 200):
            seen += 1
            if seen > 1_000:
                raise ChipError("chip.der.many")
            if part.first & 0x20:
                waiting.append((part.value, _deeper(depth, _NEWER_DEPTH)))
            elif part.value.startswith(tuple(start for start, _ in _STARTS)):
                return _picture(part.value, 0, 0)
    return None
