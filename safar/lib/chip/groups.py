"""Which file of the chip is this, and what is in it? (ICAO Doc 9303-10 §4.6 and §4.7)"""

import re
from collections.abc import Mapping
from typing import Final

from safar.lib.chip import der
from safar.lib.chip.errors import ChipError

TAGS: Final = {
    "COM": 0x60,
    "SOD": 0x77,
    **{
        f"DG{number}": tag
        for number, tag in enumerate(bytes.fromhex("61756376656667 68696A6B6C6D6E6F70"), start=1)
    },
}
"""File → the tag it begins with."""

LIMITS: Final = {"COM": 1_024, "SOD": 64 * 1_024, "DG1": 1_024, "DG2": 1_024 * 1_024}
LIMIT: Final = 1_024 * 1_024
"""Bytes of one file at most, where `LIMITS` says nothing smaller."""
_NAME = re.compile(r"(?:EF)?[._ -]?(SOD|COM|DG0?([1-9]|1[0-6]))(?:[._](?:BIN|DAT|DER))?")


def group_of(name: str) -> str | None:
    """`SOD`, `COM`, `DG1` … of what readers call their files: `EF.SOD`, `sod.bin`, `DG01.bin`."""
    found = _NAME.fullmatch(name.strip().upper())
    if found is None:
        return None
    return f"DG{found[2]}" if found[2] else found[1]


def gather(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """Files by group, and the names that are no file of a chip.

    Raises:
        ChipError: a file is too large, or one group came twice.
    """
    found: dict[str, bytes] = {}
    ignored: list[str] = []
    for name, data in files.items():
        group = group_of(name)
        if group is None:
            ignored.append(name[:60])
        elif group in found:
            raise ChipError("chip.name.twice", group=group)
        else:
            found[group] = der.within(data, LIMITS.get(group, LIMIT), group)
    return found, ignored


def cut(group: str, data: bytes) -> tuple[bytes, bool]:
    """The file's own bytes from its tag to its end, and whether others follow.

    Raises:
        ChipError: another file's tag, or cut short.
    """
    found = der.part(data)
    if found.tag != TAGS[group]:
        raise ChipError("chip.der.tag", expected=f"{TAGS[group]:02X}", found=f"{found.tag:02X}")
    return found.raw, found.end != len(data)


def read_zone(data: bytes) -> list[str]:
    """The lines of the machine zone in DG1: 90, 72 or 88 signs in three or two lines.

    Raises:
        ChipError: broken, or of another length.
    """
    inner = der.whole(der.whole(data, TAGS["DG1"], "DG1").value, 0x5F1F, "DG1").value
    size = {90: 30, 72: 36, 88: 44}.get(len(inner))
    if size is None or not inner.isascii():
        raise ChipError("chip.der.shape", what="a machine zone")
    text = inner.decode("ascii")
    return [text[at : at + size] for at in range(0, len(text), size)]


def read_com(data: bytes) -> list[str]:
    """The groups that EF.COM lists. It is not signed: it proves nothing.

    Raises:
        ChipError: broken.
    """
    by_tag = {tag: group for group, tag in TAGS.items()}
    for part in der.parts(der.whole(data, TAGS["COM"], "EF.COM").value, 20):
        if part.tag == 0x5C:
            return [by_tag[tag] for tag in dict.fromkeys(part.value[:32]) if tag in by_tag]
    raise ChipError("chip.der.shape", what="EF.COM")
