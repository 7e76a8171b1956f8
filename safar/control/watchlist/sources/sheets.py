"""What stands in the cells of a ministry's table: CSV in any usual encoding, or XLSX?

Nothing is ever worked out: a formula is handed on as one, and the reader refuses its cell.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter

from safar.control.watchlist.sources import books
from safar.control.watchlist.sources.books import Cell
from safar.control.watchlist.sources.files import (
    MB,
    Meter,
    SourceFile,
    unpacked,
)
from safar.control.watchlist.sources.parsed import TornFileError

LARGEST: Final = 256 * MB
SEPARATORS: Final = (";", ",", "\t", "|")
SAMPLE: Final = 256 * 1024
ENCODINGS: Final = ("utf-8", "windows-1251", "utf-16")
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"),
                 (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table file is laid out: encoding and separator of a CSV, or a workbook's sheet."""

    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def is_book(self) -> bool:
        return bool(self.sheets)


def layout_of(file: SourceFile, *, encoding: str = "", separator: str = "") -> Layout:
    """Find out how a file is laid out; what is given is taken as it is.

    Raises:
        TornFileError: empty, damaged, too large, in no encoding that is read here.
    """
    if books.is_book(file):
        with books.opened(file) as book:
            return Layout(sheets=tuple(book.sheetnames))
    encoding = encoding or encoding_of(file)
    return Layout(encoding, separator or _separator(file, encoding))


def rows(
    file: SourceFile, layout: Layout, meter: Meter | None = None
) -> Iterator[tuple[int, list[Cell]]]:
    """Yield (row from 1, its cells); rows without any text are passed over."""
    if books.is_book(file):
        return books.rows(file, layout.sheet, meter)
    return _text_rows(file, layout, meter)


def encoding_of(file: SourceFile) -> str:
    """UTF-8 or UTF-16 by its mark; UTF-8 where all of it is; else Windows-1251.

    Raises:
        TornFileError: it is none of them.
    """
    with unpacked(file, LARGEST) as stream:
        start = stream.peek(4)[:4]
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        utf8, cyrillic = codecs.getincrementaldecoder("utf-8")(), _Cyrillic()
        is_utf8 = True
        while piece := stream.read(SAMPLE):
            cyrillic.look_at(piece)
            try:
                is_utf8 = is_utf8 and utf8.decode(piece) is not None
            except UnicodeDecodeError:
                is_utf8 = False
    if is_utf8:
        return "utf-8"
    if cyrillic.is_likely:
        return "windows-1251"
    raise TornFileError(file.name, 0, "unknown_encoding")


def is_ascii(file: SourceFile) -> bool:
    """Whether every byte is below 128: such a text is the same in all encodings but UTF-16."""
    with unpacked(file, LARGEST) as stream:
        return all(piece.isascii() for piece in iter(lambda: stream.read(SAMPLE), b""))


class _Cyrillic:
    """Counts which bytes are letters in Windows-1251: text has next to nothing else up there."""

    def __init__(self) -> None:
        self.letters = self.high = self.nul = 0

    def look_at(self, piece: bytes) -> None:
        self.nul += piece.count(0)
        high = [byte for byte in piece if byte >= 0x80]
        self.high += len(high)
        self.letters += sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in high)

    @property
    def is_likely(self) -> bool:
        return not self.nul and self.letters >= self.high * 0.8


def _separator(file: SourceFile, encoding: str) -> str:
    """The separator that cuts the first lines into the same number of columns, the most of them."""
    with unpacked(file, LARGEST) as stream:
        text = stream.read(SAMPLE).decode(_codec(encoding), errors="replace").lstrip("\ufeff")
    lines = text.splitlines()[:20]
    best, most = ",", 1
    for separator in SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        except csv.Error:
            continue
        if widths and widths[0] > most and widths.count(widths[0]) >= len(widths) * 0.6:
            best, most = separator, widths[0]
    return best


def _codec(encoding: str) -> str:
    return {"utf-8": "utf-8-sig", "windows-1251": "cp1251"}.get(encoding, encoding)


def _text_rows(
    file: SourceFile, layout: Layout, meter: Meter | None
) -> Iterator[tuple[int, list[Cell]]]:
    with unpacked(file, LARGEST, meter) as stream:
        lines = _text_lines(file.name, stream, layout.encoding or "utf-8")
        reader = csv.reader(lines, delimiter=layout.separator or ",", strict=True)
        while True:
            number = reader.line_num + 1
            try:
                found = next(reader, None)
            except csv.Error:
                raise TornFileError(file.name, number, "quote") from None
            if found is None:
                return
            if any(text.strip() for text in found):
                yield number, [_text_cell(text, at) for at, text in enumerate(found, start=1)]


def _text_cell(text: str, column: int) -> Cell:
    is_formula = text.lstrip().startswith(("=", "@"))
    return Cell(text, get_column_letter(column), is_formula)


def _text_lines(name: str, stream: io.BufferedReader, encoding: str) -> Iterator[str]:
    text = io.TextIOWrapper(stream, _codec(encoding), newline="")
    number = 0
    try:
        for number, line in enumerate(text, start=1):
            if number == 1 and line.lstrip().startswith("<"):
                raise TornFileError(name, 1, "web_page")
            if not line.endswith(("\n", "\r")):
                raise TornFileError(name, number, "last_line")
            if "\0" in line:
                raise TornFileError(name, number, "control", found=0)
            yield line
    except UnicodeError as error:
        if getattr(error, "reason", "") == "unexpected end of data":
            raise TornFileError(name, number + 1, "last_line") from None
        found = (
            f"0x{error.object[error.start]:02X}" if isinstance(error, UnicodeDecodeError) else "?"
        )
        raise TornFileError(name, number + 1, "not_in", found=found, expected=encoding) from None
    if not number:
        raise TornFileError(name, 0, "empty")
