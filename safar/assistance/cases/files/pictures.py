"""Is this one whole picture, of a size that a scan has?

A JPEG (ITU-T T.81) is walked from segment to segment, a PNG (ISO/IEC 15948) unpacked to its last
row. Neither is changed: a scanned paper is kept as it was handed in.
"""

import struct
import zlib
from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices import FileType
from safar.assistance.cases.files.refused import refused

MOST_PIXELS: Final = 60_000_000  # A4 at 600 dpi has 35 million, a telephone's photo 50
TOO_MANY = _("The picture has more than 60 million pixels. Scan it with 300 dpi. Nothing was kept.")
_FRAMES: Final = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive
_QUANTISED, _SCAN, _END = 0xDB, 0xDA, 0xD9
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES: Final = (  # Adam7: first column and row, steps across and down
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
)  # fmt: skip


class _DamagedError(Exception):
    pass


def jpeg(content: bytes) -> tuple[FileType, int | None]:
    """Return JPEG; damaged or too large, it is refused (RuleBroken)."""
    try:
        _walk(content)
    except (_DamagedError, struct.error, IndexError):
        raise refused() from None
    return FileType.JPEG, None


def png(content: bytes) -> tuple[FileType, int | None]:
    """Return PNG; damaged or too large, it is refused (RuleBroken)."""
    try:
        _unpack(content)
    except (_DamagedError, struct.error, zlib.error, IndexError):
        raise refused() from None
    return FileType.PNG, None


def _walk(file: bytes) -> None:
    at, seen = 2, set[int]()
    while (marker := _marker(file, at)) != _END:
        (size,) = struct.unpack_from(">H", file, at + 2)
        end = at + 2 + size
        if size < 2 or end > len(file):
            raise _DamagedError
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", file, at + 5)
            _limit(width, height)
        seen.add(marker)
        at = _scan_end(file, end) if marker == _SCAN else end
    if not {_SCAN, _QUANTISED} <= seen or not seen & _FRAMES:
        raise _DamagedError


def _marker(file: bytes, at: int) -> int:
    if file[at] != 0xFF:
        raise _DamagedError
    return file[at + 1]


def _scan_end(file: bytes, at: int) -> int:
    """Where the coded pixels end: at a marker that is neither a stuffed byte nor a restart."""
    while (at := file.find(b"\xff", at)) >= 0:
        after = file[at + 1]
        if after not in (0, 0xFF) and not 0xD0 <= after <= 0xD7:
            return at
        at += 1 if after == 0xFF else 2
    raise _DamagedError


def _unpack(file: bytes) -> None:
    at, chunks = 8, list[tuple[bytes, bytes]]()
    while not chunks or chunks[-1][0] != b"IEND":
        size, name = struct.unpack_from(">I4s", file, at)
        body = file[at + 8 : at + 8 + size]
        (check,) = struct.unpack_from(">I", file, at + 8 + size)
        if zlib.crc32(name + body) != check or (not chunks and name != b"IHDR"):
            raise _DamagedError
        chunks.append((name, body))
        at += 12 + size
    width, height, depth, colour, *_rest, laced = struct.unpack(">IIBBBBB", chunks[0][1])
    _limit(width, height)
    if colour not in _CHANNELS or depth not in {1, 2, 4, 8, 16} or laced > 1:
        raise _DamagedError
    data = b"".join(body for name, body in chunks if name == b"IDAT")
    _all_there(data, _unpacked_size(width, height, depth * _CHANNELS[colour], bool(laced)))


def _unpacked_size(width: int, height: int, bits: int, laced: bool) -> int:
    def rows(across: int, down: int) -> int:
        return down * (1 + (across * bits + 7) // 8) if across else 0

    if not laced:
        return rows(width, height)
    return sum(
        rows(-(-(width - left) // right) if width > left else 0, -(-(height - top) // down))
        for left, top, right, down in _PASSES
        if height > top
    )


def _all_there(data: bytes, whole: int) -> None:
    unpack, came = zlib.decompressobj(), 0
    while data and not unpack.eof:
        came += len(unpack.decompress(data, 1 << 20))
        data = unpack.unconsumed_tail
        if came > whole:  # a bomb
            raise _DamagedError
    if came != whole:  # torn
        raise _DamagedError


def _limit(width: int, height: int) -> None:
    if not width or not height:
        raise _DamagedError
    if width * height > MOST_PIXELS:
        raise refused(TOO_MANY)
