"""Is this well-formed tag-length-value data, within bounds? (ITU-T X.690; definite lengths only)

Everything is walked once without recursion before any other library sees it, so that nesting,
lengths and counts are bounded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from safar.lib.chip.errors import ChipError

DEPTH: Final = 24
PARTS: Final = 6_000
_CONSTRUCTED = 0x20


class Part(NamedTuple):
    """One tag with its value; `raw` is all of it, `end` where it ends in what it was cut from."""

    tag: int
    value: bytes
    raw: bytes
    end: int

    @property
    def first(self) -> int:
        """The first byte of the tag, with class and form."""
        tag = self.tag
        while tag > 0xFF:
            tag >>= 8
        return tag


def head(data: bytes, at: int, end: int) -> tuple[int, int, int]:
    """Tag, start of the value and its end, of the part that begins at `at`.

    Raises:
        ChipError: cut short, a length without end, a tag of more than three bytes.
    """
    tag, at = _tag(data, at, end)
    if at >= end:
        raise ChipError("chip.der.cut")
    size, at = data[at], at + 1
    if size >= 0x80:
        count = size & 0x7F
        if not 1 <= count <= 4:
            raise ChipError("chip.der.length")
        size, at = int.from_bytes(data[at : min(at + count, end)], "big"), at + count
    if size > end - at:
        raise ChipError("chip.der.cut")
    return tag, at, at + size


def _tag(data: bytes, at: int, end: int) -> tuple[int, int]:
    if at >= end:
        raise ChipError("chip.der.cut")
    tag, at = data[at], at + 1
    if tag & 0x1F != 0x1F:
        return tag, at
    for _ in range(2):
        if at >= end:
            raise ChipError("chip.der.cut")
        tag, at = tag << 8 | data[at], at + 1
        if not tag & 0x80:
            return tag, at
    raise ChipError("chip.der.shape", what="a tag")


def part(data: bytes, at: int = 0) -> Part:
    """The part that begins at `at`.

    Raises:
        ChipError: it is cut short.
    """
    tag, start, end = head(data, at, len(data))
    return Part(tag, data[start:end], data[at:end], end)


def whole(data: bytes, expected: int, what: str) -> Part:
    """The one part that `data` consists of, with the tag that was expected.

    Raises:
        ChipError: another tag, or bytes that follow.
    """
    found = part(data)
    if found.tag != expected:
        raise ChipError("chip.der.tag", expected=f"{expected:02X}", found=f"{found.tag:02X}")
    if found.end != len(data):
        raise ChipError("chip.der.trailing")
    return found


def parts(data: bytes, limit: int = PARTS) -> Iterator[Part]:
    """The parts that stand one after the other in a value.

    Raises:
        ChipError: one is cut short, or there are more than `limit`.
    """
    at = count = 0
    while at < len(data):
        count += 1
        if count > limit:
            raise ChipError("chip.der.many")
        found = part(data, at)
        at = found.end
        yield found


def check(data: bytes, limit: int = PARTS) -> None:
    """Walk all parts, into constructed ones too.

    Raises:
        ChipError: more than 24 deep, more than `limit` parts, a part longer than its parent.
    """
    ends = [len(data)]
    at = count = 0
    while ends:
        if at >= ends[-1]:
            ends.pop()
            continue
        first = data[at]
        _, start, end = head(data, at, ends[-1])
        count += 1
        if count > limit:
            raise ChipError("chip.der.many")
        at = end
        if first & _CONSTRUCTED:
            if len(ends) > DEPTH:
                raise ChipError("chip.der.deep")
            ends.append(end)
            at = start


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn what the ASN.1 reader raises for data of another shape into a `ChipError`."""
    try:
        yield
    except ChipError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        raise ChipError("chip.der.shape", what=what) from None


def within(data: bytes, limit: int, what: str) -> bytes:
    """`data`, if it is not longer than `limit` bytes.

    Raises:
        ChipError: it is.
    """
    if len(data) > limit:
        raise ChipError("chip.large", what=what, size=len(data), limit=limit)
    return data
