"""Is every row of this PNG there (ISO/IEC 15948), each piece with its right sum, and no row more?

It is unpacked piece by piece, to the size that its header says and not a byte further.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES: Final = (  # Adam7: first column and row, steps across and down
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
)  # fmt: skip


def all_there(content: bytes) -> bool:
    """Whether the picture is whole; the size that its header names is checked before."""
    try:
        chunks = list(_chunks(content))
        width, height, depth, colour, *_rest, laced = struct.unpack(">IIBBBBB", chunks[0][1])
        if colour not in _CHANNELS or depth not in {1, 2, 4, 8, 16} or laced > 1:
            return False
        return _unpacks_to(
            b"".join(body for name, body in chunks if name == b"IDAT"),
            unpacked_size(width, height, depth * _CHANNELS[colour], laced=bool(laced)),
        )
    except (struct.error, zlib.error, ValueError):
        return False


def unpacked_size(width: int, height: int, bits: int, *, laced: bool) -> int:
    """How many bytes the rows have, each with its byte for the filter."""

    def rows(across: int, down: int) -> int:
        return down * (1 + (across * bits + 7) // 8) if across else 0

    if not laced:
        return rows(width, height)
    return sum(
        rows(-(-(width - left) // right) if width > left else 0, -(-(height - top) // down))
        for left, top, right, down in _PASSES
        if height > top
    )


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of each piece, to the last one."""
    at, name = 8, b""
    while name != b"IEND":
        first = not name
        size, name = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + size]
        (check,) = struct.unpack_from(">I", content, at + 8 + size)
        if zlib.crc32(name + body) != check or (first and name != b"IHDR"):
            raise ValueError(name)
        yield name, body
        at += 12 + size


def _unpacks_to(packed: bytes, whole: int) -> bool:
    unpack, came = zlib.decompressobj(), 0
    while packed and not unpack.eof and came <= whole:  # more is a bomb
        came += len(unpack.decompress(packed, 1 << 20))
        packed = unpack.unconsumed_tail
    return came == whole
