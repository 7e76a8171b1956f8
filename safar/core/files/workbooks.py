"""Would reading a workbook (ISO/IEC 29500) fill the memory? Its tags are counted before it is read.

A library builds a tree of each row of a sheet, and of every other part whole: a few hundred bytes for
each tag, be the file ever so small.
"""

import re
import zipfile
from typing import IO, Final

from defusedxml.ElementTree import fromstring

SHEETS: Final = "xl/worksheets/"  # parts that are read row by row
TYPES: Final = "[Content_Types].xml"
STRINGS: Final = "sharedStrings+xml"
MOST_TAGS: Final = 250_000  # of a part that is read whole
MOST_TAGS_OF_STRINGS: Final = 1_800_000
MOST_TAGS_OF_ROW: Final = 20_000
LONGEST_TEXT: Final = 400_000  # bytes between two tags; a cell holds 32,767 signs
_CHUNK: Final = 1024 * 1024
_ROW_ENDS: Final = re.compile(rb"</(?:[\w.-]+:)?row\s*>")
_CELLS: Final = re.compile(rb"<(?:[\w.-]+:)?(?:row|c)[\s/>]")


def is_readable(archive: zipfile.ZipFile) -> bool:
    """Whether every part stays within its bounds, and is of one kind alone.

    Raises:
        KeyError, ParseError, ValueError, zipfile.BadZipFile, zlib.error: it is no workbook, a torn
            one, or one that declares entities.
    """
    strings = _strings(archive)
    if any(name.startswith(SHEETS) for name in strings):
        return False
    for member in archive.infolist():
        name = member.filename
        if member.is_dir() or not name.endswith((".xml", ".rels")):
            continue
        with archive.open(member) as part:
            if name.startswith(SHEETS):
                fits = _is_within(part, MOST_TAGS_OF_ROW, ends=_ROW_ENDS)
            elif name in strings:
                fits = _is_within(part, MOST_TAGS_OF_STRINGS, never=_CELLS)
            else:
                fits = _is_within(part, MOST_TAGS)
        if not fits:
            return False
    return True


def _strings(archive: zipfile.ZipFile) -> set[str]:
    """The parts that hold the texts of cells; they may lie under any name."""
    types = fromstring(archive.read(TYPES), forbid_dtd=True)
    found = (one for one in types if one.get("ContentType", "").endswith(STRINGS))
    return {one.get("PartName", "").lstrip("/") for one in found}


def _is_within(
    part: IO[bytes],
    most: int,
    *,
    ends: re.Pattern[bytes] | None = None,
    never: re.Pattern[bytes] | None = None,
) -> bool:
    """Whether there are at most so many tags (`ends`: since the last of these), and no long text.

    Raises:
        ValueError: a comment or section, which would hide from the count what it holds.
    """
    tags, held = 0, b""
    while chunk := part.read(_CHUNK):
        held += chunk
        cut = held.rfind(b"<")
        body, held = held[: max(cut, 0)], held[max(cut, 0) :]
        if b"<!" in body or held.startswith(b"<!"):
            raise ValueError("a declaration, comment or section in a workbook")
        if never and never.search(body):
            return False
        if len(held) > LONGEST_TEXT or max(map(len, body.split(b"<"))) > LONGEST_TEXT:
            return False
        for number, piece in enumerate(ends.split(body) if ends else [body]):
            tags = piece.count(b"<") + (0 if number else tags)
            if tags > most:
                return False
    return not (never and never.search(held))
