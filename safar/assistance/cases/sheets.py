"""What stands in the cells of a spreadsheet that somebody hands in: XLSX, or CSV in any encoding?

Nothing is worked out, followed or run. Whatever cannot be read ends in one plain sentence.
"""

import csv
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from safar.core.errors import RuleBroken

MB: Final = 1024 * 1024
LARGEST: Final = 20 * MB
MOST_UNPACKED, MOST_RATIO, RATIO_FROM = 200 * MB, 150, 4 * MB
MOST_PARTS, MOST_SHEETS, MOST_COLUMNS, MOST_LINES = 500, 20, 200, 60_000
HEAD: Final = 20  # lines that say how wide the sheet is
MOST_BLANK: Final = 1000  # empty lines together; after so many the sheet is over
ERRORS: Final = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
SEPARATORS: Final = (";", ",", "\t", "|")
UNREADABLE: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, InvalidFileException, ParseError,
    DefusedXmlException, LookupError, ValueError, TypeError, AttributeError, EOFError, OSError,
    RuntimeError, NotImplementedError, AssertionError, ArithmeticError, MemoryError,
)  # fmt: skip
RUNS: Final = ("vbaproject", "/activex/", "/embeddings/", "/macrosheets/", "/externallinks/")

TOO_LARGE = _("The file is larger than it may be. Divide it, or leave out what is not needed.")
DAMAGED = _("The file cannot be read: it is damaged, locked, or no XLSX or CSV file.")
EMPTY = _("The file is empty.")
ALIVE = _("There is a macro, a control or another file inside. Save it as a plain XLSX file.")
NO_ENCODING = _("The letters of the file cannot be read. Save it as CSV in UTF-8, or as XLSX.")

Row = tuple[int, list[str]]  # line from 1, and its cells


class Formula(str):
    """A cell that is worked out, or an error of one: whoever reads decides what that means."""

    __slots__ = ()


def refused(why: object) -> RuleBroken:
    """The refusal of a file, to be raised."""
    return RuleBroken(why, field="file", code="E-541")


def table(content: bytes) -> Iterator[Row]:
    """Yield the lines of a CSV file, or of a workbook's first sheet; empty ones are passed over.

    Raises:
        RuleBroken: it is none, damaged, locked, too large, or something in it runs.
    """
    if content.startswith(b"PK"):
        sheets = book(content)
        if not sheets:
            raise refused(EMPTY)
        return iter(next(iter(sheets.values())))
    return _text_rows(_weighed(content))


def book(content: bytes) -> dict[str, list[Row]]:
    """Return the lines of every sheet of a workbook, by the sheet's name.

    Raises:
        RuleBroken: it is none, damaged, locked, too large, or something in it runs.
    """
    raw = io.BytesIO(_weighed(content))
    try:
        _weigh_parts(raw, len(content))
        found = load_workbook(raw, read_only=True, data_only=False, keep_links=False)
        pages = found.worksheets
        if len(pages) > MOST_SHEETS:
            raise refused(TOO_LARGE)
        return {str(page.title): list(_book_rows(page)) for page in pages}
    except UNREADABLE as error:
        raise refused(DAMAGED) from error


def _weighed(content: bytes) -> bytes:
    if not content.strip():
        raise refused(EMPTY)
    if len(content) > LARGEST:
        raise refused(TOO_LARGE)
    return content


def _weigh_parts(raw: io.BytesIO, packed: int) -> None:
    """Refuse what unpacks to more than a list can be: sizes stand in the archive's own table."""
    with zipfile.ZipFile(raw) as archive:
        parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or size > MOST_UNPACKED:
        raise refused(TOO_LARGE)
    if size > RATIO_FROM and size > packed * MOST_RATIO:
        raise refused(TOO_LARGE)
    if any(mark in f"/{part.filename.lower()}" for part in parts for mark in RUNS):
        raise refused(ALIVE)


def _book_rows(page: Any) -> Iterator[Row]:
    page.reset_dimensions()  # what the file says of its own size is not believed
    blank = 0
    head = page.iter_rows(max_row=HEAD, max_col=MOST_COLUMNS, values_only=True)
    width = max((_width(row) for row in head), default=0)
    if not width:
        return
    values = page.iter_rows(max_row=MOST_LINES + 1, max_col=width, values_only=True)
    for number, row in enumerate(values, start=1):
        cells = [_cell(_as_text(value)) for value in row]
        blank = 0 if any(cells) else blank + 1
        if blank > MOST_BLANK:
            return
        if blank:
            continue
        _not_too_many(number)
        yield number, cells


def _width(row: Sequence[Any]) -> int:
    """How many cells a row has, without the empty ones at its end."""
    return max((at for at, value in enumerate(row, start=1) if value is not None), default=0)


def _text_rows(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            found = next(reader, None)
        except csv.Error:
            why = _("Line %(line)d cannot be read: a quotation mark is not closed there.")
            raise refused(why % {"line": number}) from None
        if found is None:
            return
        _not_too_many(number)
        cells = [_cell(value) for value in found[:MOST_COLUMNS]]
        if any(cells):
            yield number, cells


def _not_too_many(number: int) -> None:
    if number > MOST_LINES:
        why = _("There are more than %(most)d lines. Divide the file.") % {"most": MOST_LINES}
        raise refused(why)


def _decoded(content: bytes) -> str:
    """UTF-16 by its mark, UTF-8 where all of it is, else Windows-1251."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise refused(NO_ENCODING)


def _encodings(content: bytes) -> Iterable[str]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    return ("utf-8-sig", "cp1251")


def _separator(text: str) -> str:
    """The separator that the first line has most of."""
    first = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=first.count) if any(map(first.count, SEPARATORS)) else ","


def _cell(text: str) -> str:
    """A cell's text in one line, without what no database keeps."""
    if text.isascii() and text.isprintable():
        plain = text.strip()
    else:
        kept = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
        spaced = (" " if unicodedata.category(one) == "Cc" else one for one in kept)
        plain = " ".join("".join(spaced).split())
    return Formula(plain) if plain.startswith(("=", "@")) or plain in ERRORS else plain


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
