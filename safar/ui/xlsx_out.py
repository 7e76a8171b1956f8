"""How do tables leave Safar as a workbook, so that no cell of it runs where it is opened?"""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = (
    "s"  # a cell of this type is shown as it stands, whatever it begins with (ECMA-376 §18.3.1.4)
)
LONGEST_NAME = 31
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
WIDE, NARROW = 34, 16

Sheet = tuple[str, Sequence[Sequence[object]]]  # its name, and its rows: the first is the header


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """A workbook of these sheets. Numbers stay numbers; anything else is its text."""
    book = Workbook(write_only=True)
    for name, rows in sheets:
        sheet: Any = book.create_sheet(name.translate(NOT_IN_NAMES)[:LONGEST_NAME])
        sheet.column_dimensions["A"].width = WIDE
        for at in range(2, max(map(len, rows), default=1) + 1):
            sheet.column_dimensions[get_column_letter(at)].width = NARROW
        for number, row in enumerate(rows):
            sheet.append([_cell(sheet, value, bold=number == 0) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: object, *, bold: bool) -> WriteOnlyCell:
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        cell = WriteOnlyCell(sheet, value)
    else:
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
        cell.data_type = TEXT
    if bold:
        cell.font = Font(bold=True)
    return cell
