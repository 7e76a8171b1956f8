"""What stands in the cells of an XLSX workbook, weighed before it is unpacked?"""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from safar.control.watchlist.sources.files import MB, ZIP, Meter, SourceFile, refuse_too_much
from safar.control.watchlist.sources.parsed import TornFileError

LARGEST: Final = 128 * MB  # unpacked XML; a million short rows
MOST_ROWS, MOST_COLUMNS, MOST_MEMBERS = 1_048_576, 200, 1000
LARGEST_AT_ONCE: Final = 8 * MB  # unpacked; what openpyxl parses whole, rows are read one by one
AT_ONCE: Final = {
    "[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml",
    "xl/_rels/workbook.xml.rels", "xl/theme/theme1.xml", "docProps/core.xml", "docProps/custom.xml",
}  # fmt: skip
AT_ONCE_TYPES: Final = ("sharedStrings+xml", "main+xml")  # of members of any name
MOST_BLANK_ROWS: Final = 1000  # together; after so many the sheet is over
_ERRORS: Final = (
    zipfile.BadZipFile, InvalidFileException, ParseError, DefusedXmlException, KeyError, ValueError,
    TypeError, IndexError, AttributeError, EOFError, OSError, RuntimeError, NotImplementedError,
    AssertionError, OverflowError, LookupError, zipfile.LargeZipFile, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, where it stands (`C12`, or the column's name), and whether it is a formula."""

    text: str
    place: str
    is_formula: bool = False


def is_book(file: SourceFile) -> bool:
    """Whether this is an XLSX workbook: a zip that holds one."""
    with file.open() as raw:
        if raw.read(4) != ZIP:
            return False
        try:
            return "xl/workbook.xml" in zipfile.ZipFile(raw).namelist()
        except _ERRORS:
            return False


class opened:  # noqa: N801 - it is used as a context
    """An open workbook, once its members were weighed: what it unpacks to stands in its table."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file

    def __enter__(self) -> Any:
        self.raw = self.file.open()
        try:
            archive = zipfile.ZipFile(self.raw)
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise TornFileError(self.file.name, 0, "workbook")
            unpacked_size = sum(one.file_size for one in members)
            refuse_too_much(self.file.name, unpacked_size, self.file.size, LARGEST)
            _refuse_long_to_open(self.file.name, archive)
            self.book = load_workbook(self.raw, read_only=True, data_only=False, keep_links=False)
        except _ERRORS as error:
            self.raw.close()
            raise TornFileError(self.file.name, 0, "workbook") from error
        except TornFileError:
            self.raw.close()
            raise
        return self.book

    def __exit__(self, *_error: object) -> None:
        self.book.close()
        self.raw.close()


def _refuse_long_to_open(name: str, archive: zipfile.ZipFile) -> None:
    """Raise TornFileError where opening alone takes long: a request waits for it."""
    _refuse_large(name, archive, AT_ONCE)
    types = fromstring(archive.read("[Content_Types].xml"), forbid_dtd=True)
    others = {  # texts and workbook may lie under other names than the usual ones
        part.get("PartName", "")[1:]
        for part in types
        if part.get("ContentType", "").endswith(AT_ONCE_TYPES)
    }
    _refuse_large(name, archive, others)


def _refuse_large(name: str, archive: zipfile.ZipFile, members: set[str]) -> None:
    for one in archive.infolist():
        if one.filename in members and one.file_size > LARGEST_AT_ONCE:
            raise TornFileError(name, 0, "workbook_large")


def rows(file: SourceFile, sheet: str, meter: Meter | None) -> Iterator[tuple[int, list[Cell]]]:
    with opened(file) as book:
        page = _sheet(file.name, book, sheet)
        blank = 0
        try:
            for number, row in enumerate(_cells(page), start=1):
                cells = [_cell(cell, number, at) for at, cell in enumerate(row, start=1)]
                if not any(cell.text for cell in cells):
                    blank += 1
                    if blank > MOST_BLANK_ROWS:
                        return
                    continue
                blank = 0
                yield number, cells
                if meter and number % 500 == 0:
                    meter.at(file.name, int(file.size * number / max(page.max_row or 1, number)))
        except _ERRORS as error:
            raise TornFileError(file.name, 0, "workbook") from error


def _sheet(name: str, book: Any, sheet: str) -> Any:
    if sheet and sheet not in book.sheetnames:
        raise TornFileError(name, 0, "no_sheet", found=sheet[:40])
    pages = [page for page in book.worksheets if not sheet or page.title == sheet]
    if not pages:
        raise TornFileError(name, 0, "workbook")
    return pages[0]


def _cells(page: Any) -> Iterable[Any]:
    page.reset_dimensions()  # what the file says of its own size is not believed
    return page.iter_rows(min_row=1, max_row=MOST_ROWS, max_col=MOST_COLUMNS)  # type: ignore[no-any-return]


def _cell(cell: Any, row: int, column: int) -> Cell:
    place = f"{get_column_letter(column)}{row}"
    value = cell.value
    if cell.data_type == "f":
        return Cell(str(value)[:200], place, is_formula=True)
    if cell.data_type == "e":
        return Cell(str(value), place)
    return Cell(_as_text(value), place)


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
