"""What stands in the cells of an XLSX workbook's first sheet, weighed before it is unpacked?"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from safar.control.documents.wording.refusals import TornList
from safar.core.files.workbooks import is_readable

MB: Final = 1024 * 1024
LARGEST, LARGEST_AT_ONCE = 256 * MB, 48 * MB  # unpacked: all of it; what is held in memory
LARGEST_RATIO, RATIO_FROM = 150, 4 * MB  # honest sheets pack to a tenth or a twentieth
MOST_MEMBERS, MOST_ROWS, MOST_COLUMNS, MOST_BLANK_ROWS = 1000, 1_048_576, 100, 1000
SHEETS: Final = "xl/worksheets/"  # members that are read row by row
FIRST_INEXACT: Final = (
    10**15
)  # a spreadsheet keeps fifteen digits of a number; from here on it makes some up
_ZEROS: Final = re.compile("0+", re.ASCII)  # a format that shows so many digits
_ERRORS: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, InvalidFileException, ParseError,
    DefusedXmlException, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
    AssertionError, EOFError, OSError, RuntimeError,
)  # fmt: skip


class Figure(str):
    """What a cell holds that is no text: it may say less than what was typed into it.

    `wrong`: why it cannot be a document's number, a key of `refusals.PROBLEMS`; empty for a whole
    number, of which only zeros at the beginning may be lost.
    """

    wrong = ""


class Inexact(Figure):
    wrong = "digits"


class NoText(Figure):
    wrong = "no_text"


def rows(path: Path, far: Callable[[int], None]) -> Iterator[tuple[int, list[str]]]:
    """Yield (row from 1, its cells as texts); rows without any text are passed over.

    A number is padded to the zeros of its cell's format, as the owner sees it; any other cell that
    is no text is a `Figure`. A formula is handed on as it is written, never worked out. `far` hears how many bytes of the
    file are about done.

    Raises:
        TornList: damaged, no workbook, or one that unpacks to more than a list has.
    """
    try:
        _weigh(path)
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            yield from _rows(book.worksheets[0], path.stat().st_size, far)
    except TornList:
        raise
    except _ERRORS as error:
        raise TornList("workbook") from error


def _weigh(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    unpacked = sum(one.file_size for one in members)
    if len(members) > MOST_MEMBERS:
        raise TornList("workbook")
    if unpacked > RATIO_FROM and unpacked > path.stat().st_size * LARGEST_RATIO:
        raise TornList("ratio", times=LARGEST_RATIO)
    if unpacked > LARGEST:
        raise TornList("bomb", limit=LARGEST // MB)
    if any(m.file_size > LARGEST_AT_ONCE for m in members if not m.filename.startswith(SHEETS)):
        raise TornList("workbook_large")
    with zipfile.ZipFile(path) as archive:
        if not is_readable(archive):
            raise TornList("workbook_large")


def _rows(page: Any, size: int, far: Callable[[int], None]) -> Iterator[tuple[int, list[str]]]:
    expected, blank, width = max(page.max_row or 1, 1), 0, 0
    page.reset_dimensions()  # what the file says of its own size is for the progress only
    cells = page.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    for number, row in enumerate(cells, start=1):
        texts = [_as_text(cell) for cell in row]
        if any(map(str.strip, texts)):
            width = width or _without_blanks_at_its_end(texts)
            yield number, (texts + [""] * width)[:width]
        elif (blank := blank + 1) > MOST_BLANK_ROWS:
            return
        if number % 1000 == 0:
            far(min(size * number // expected, size))


def _without_blanks_at_its_end(texts: list[str]) -> int:
    return max(place for place, text in enumerate(texts, start=1) if text.strip())


def _as_text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return NoText(value.date().isoformat())
    if isinstance(value, date):
        return NoText(value.isoformat())
    return _figure(value, cell.number_format)


def _figure(value: Any, shown: str) -> str:
    """What a figure says, `shown` being the format in which its owner sees it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is not int or value < 0:
        return NoText(value)
    if value >= FIRST_INEXACT:
        return Inexact(value)
    digits = str(value)
    if len(shown) >= max(len(digits), 2) and _ZEROS.fullmatch(shown):
        return digits.zfill(len(shown))
    return Figure(digits)
