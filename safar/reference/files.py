"""What does a data file say, and if it cannot be read: in which line and column?"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from safar.core.errors import RuleBroken

MAX_BYTES = 5_000_000
LONGEST_CELL = 400
_JOINERS = {0x200C: None, 0x200D: None}  # Persian names hold them


@dataclass(frozen=True)
class Column:
    """A column of a file: its heading, and how a cell becomes a value.

    `parse` raises ValueError with a sentence. A required cell is never empty; an empty
    optional cell gives `empty`. `refers` names the file whose codes the value must be among.
    """

    heading: str
    parse: Callable[[str], Any] = str
    required: bool = False
    empty: Any = ""
    refers: str = ""


@dataclass(frozen=True)
class Line:
    number: int
    values: dict[str, Any]


class BadFile(RuleBroken):
    """A file that cannot be loaded: `data` holds file, line and column."""

    code = "E-REF-FILE"

    def __init__(self, problem: str, *, file: str, line: int = 0, column: str = "") -> None:
        where = file
        if line:
            where = _("%(file)s, line %(line)d") % {"file": file, "line": line}
        if column:
            where = _("%(where)s, column %(column)s") % {"where": where, "column": column}
        super().__init__(f"{where}: {problem}", file=file, line=line, column=column)


def read(path: Path, columns: tuple[Column, ...]) -> list[Line]:
    """Return the lines of a file, each cell checked; the first column is the key.

    Raises:
        BadFile: for the first thing that is wrong; nothing is guessed.
    """
    file = path.name
    rows = _rows(_text(path), file)
    headings = [column.heading for column in columns]
    number, found = next(rows, (1, []))
    if found != headings:
        raise BadFile(_headings_differ(found, headings), file=file, line=number)
    lines = [_line(file, number, cells, columns) for number, cells in rows]
    _no_key_twice(file, headings[0], lines)
    return lines


def _text(path: Path) -> str:
    file = path.name
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadFile(_("It cannot be opened (%s).") % error.strerror, file=file) from None
    if len(raw) > MAX_BYTES:
        raise BadFile(_("It is larger than 5 MB. That is no code list."), file=file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadFile(_("This is not UTF-8 text."), file=file, line=line) from None
    if not text.endswith("\n"):
        line = text.count("\n") + 1
        raise BadFile(_("The last line is cut off."), file=file, line=line)
    return text


def _rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    first = 1
    try:
        for cells in reader:
            yield first, cells
            first = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(_("It is not valid CSV (%s).") % error, file=file, line=first) from None


def _headings_differ(found: list[str], expected: list[str]) -> str:
    missing = ", ".join(h for h in expected if h not in found)
    unknown = ", ".join(h for h in found if h not in expected)
    if missing:
        return _("The heading lacks: %s.") % missing
    if unknown:
        return _("The heading has columns that are not known: %s.") % unknown
    return _("The columns must come in this order: %s.") % ", ".join(expected)


def _line(file: str, number: int, cells: list[str], columns: tuple[Column, ...]) -> Line:
    if len(cells) != len(columns):
        problem = _("It has %(found)d cells; the heading has %(expected)d.")
        counts = {"found": len(cells), "expected": len(columns)}
        raise BadFile(problem % counts, file=file, line=number)
    values = {}
    for column, cell in zip(columns, cells, strict=True):
        try:
            values[column.heading] = _value(column, cell)
        except ValueError as error:
            raise BadFile(str(error), file=file, line=number, column=column.heading) from None
    return Line(number, values)


def _value(column: Column, cell: str) -> Any:
    if cell != cell.strip() or not cell.translate(_JOINERS).isprintable():
        raise ValueError(_("Spaces at the ends and control characters are not allowed."))
    if len(cell) > LONGEST_CELL:
        raise ValueError(_("The text is longer than %d characters.") % LONGEST_CELL)
    if cell:
        return column.parse(cell)
    if column.required:
        raise ValueError(_("It must not be empty."))
    return column.empty


def _no_key_twice(file: str, heading: str, lines: list[Line]) -> None:
    seen: dict[str, int] = {}
    for line in lines:
        key = line.values[heading]
        if key in seen:
            problem = _("%(key)s is already in line %(line)d.") % {"key": key, "line": seen[key]}
            raise BadFile(problem, file=file, line=line.number, column=heading)
        seen[key] = line.number
