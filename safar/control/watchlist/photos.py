"""Is this file a small photograph, and what is left of it without all that it says besides?

By content, never by name. A JPEG (ITU-T T.81) keeps the segments that draw the picture; a PNG
(W3C PNG, ISO/IEC 15948) its header, palette and pixels. Places, cameras, thumbnails, comments
and whatever follows the picture's end are gone.
"""

import hashlib
import struct
import zlib
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.choices import PhotoType
from safar.core.errors import RuleBroken

LARGEST: Final = 300 * 1024
LEAST_SIDE, MOST_SIDE = 40, 3000
JPEG_START, PNG_START = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
NO_PHOTO = _("This is no JPEG or PNG picture, or it is damaged.")
_FRAMES: Final = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive
_DRAWING: Final = _FRAMES | {0xC4, 0xDA, 0xDB, 0xDD, 0xEE}  # with Adobe's word on the colours
_SCAN, _END = 0xDA, 0xD9
_PNG_KEPT: Final = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND"}
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


@dataclass(frozen=True, slots=True)
class Photo:
    """A cleaned picture: `kind` of `PhotoType`."""

    content: bytes
    kind: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class _Damaged(Exception):
    pass


def cleaned(file: bytes) -> Photo:
    """Return the picture of a file without its metadata.

    Raises:
        RuleBroken: the file is larger than LARGEST, no JPEG or PNG, damaged, or of odd size.
    """
    if len(file) > LARGEST:
        raise RuleBroken(_("The photo is larger than 300 kB. Make it smaller."), field="photo")
    try:
        if file.startswith(JPEG_START):
            return Photo(_jpeg(file), PhotoType.JPEG.value)
        if file.startswith(PNG_START):
            return Photo(_png(file), PhotoType.PNG.value)
    except (_Damaged, struct.error, zlib.error, IndexError):
        pass
    raise RuleBroken(NO_PHOTO, field="photo")


def _check_sides(width: int, height: int) -> None:
    if not (LEAST_SIDE <= width <= MOST_SIDE and LEAST_SIDE <= height <= MOST_SIDE):
        raise RuleBroken(
            _("The photo must measure from 40 to 3,000 pixels on each side."), field="photo"
        )


def _jpeg(file: bytes) -> bytes:
    kept, at = [file[:2]], 2
    seen: set[int] = set()
    while True:
        if file[at] != 0xFF:
            raise _Damaged
        marker = file[at + 1]
        if marker == _END:
            if not {_SCAN, 0xDB} <= seen or not seen & _FRAMES:
                raise _Damaged
            return b"".join([*kept, b"\xff\xd9"])
        (size,) = struct.unpack_from(">H", file, at + 2)
        end = at + 2 + size
        if size < 2 or end > len(file):
            raise _Damaged
        if marker in _FRAMES:
            _check_frame(file, at, seen)
        stop = _scan_end(file, end) if marker == _SCAN else end
        if marker in _DRAWING:
            kept.append(file[at:stop])
            seen.add(marker)
        at = stop


def _check_frame(file: bytes, at: int, seen: set[int]) -> None:
    height, width = struct.unpack_from(">HH", file, at + 5)
    if seen & _FRAMES:
        raise _Damaged  # one picture, not a series
    _check_sides(width, height)


def _scan_end(file: bytes, at: int) -> int:
    """Where the coded pixels end: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        at = file.find(b"\xff", at)
        if at < 0:
            raise _Damaged
        after = file[at + 1]
        if after != 0 and not 0xD0 <= after <= 0xD7:
            return at
        at += 2


def _png(file: bytes) -> bytes:
    chunks: list[tuple[bytes, bytes, bytes]] = []
    at = len(PNG_START)
    while True:
        size, name = struct.unpack_from(">I4s", file, at)
        end = at + 12 + size
        body = file[at + 8 : at + 8 + size]
        (check,) = struct.unpack_from(">I", file, end - 4)
        if zlib.crc32(name + body) != check or (not chunks and name != b"IHDR"):
            raise _Damaged
        if name in _PNG_KEPT:
            chunks.append((name, body, file[at:end]))
        elif name[:1].isupper():
            raise _Damaged  # a critical chunk that nobody knows
        if name == b"IEND":
            break
        at = end
    _check_pixels(chunks[0][1], b"".join(body for name, body, _raw in chunks if name == b"IDAT"))
    return PNG_START + b"".join(raw for _name, _body, raw in chunks)


def _check_pixels(header: bytes, data: bytes) -> None:
    width, height, depth, colour, method, filters, laced = struct.unpack(">IIBBBBB", header)
    _check_sides(width, height)
    if colour not in _CHANNELS or depth not in {1, 2, 4, 8, 16} or method or filters or laced:
        raise _Damaged
    whole = height * (1 + (width * depth * _CHANNELS[colour] + 7) // 8)
    unpacked = zlib.decompressobj()
    if len(unpacked.decompress(data, whole + 1)) != whole:  # neither torn nor a bomb
        raise _Damaged
