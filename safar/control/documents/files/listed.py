"""What stands in an owner's file of lost and stolen documents? Read by the million, in flat memory."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

from safar.control.documents.files import books
from safar.control.documents.files.columns import FIELDS, day_of, heading_of, kind_of
from safar.control.documents.files.reports import LONGEST_LINE
from safar.control.documents.rules import in_standard_form
from safar.control.documents.wording.refusals import TornList
from safar.reference import queries as reference

BLOCK: Final = 20_000  # rows that are handed to COPY together
LEFT_OUT_AT_MOST: Final = 0.01  # more lines than this that say nothing: it is not this list
LEAST: Final = 1000  # lines before that share is looked at
SHOWN: Final = 100
NUMBER: Final = re.compile(r"[A-Z0-9]{3,30}", re.ASCII)
FORMULA: Final = ("=", "@")
MOST_KNOWN: Final = 100_000  # texts of a column; a list that has more is read slower
SEPARATORS: Final = ",;\t"
STARTS: Final = (
    (b"<", "web_page"), (b"\xd0\xcf\x11\xe0", "old_book"), (b"\x1f\x8b", "packed"),
    (b"\xff\xfe", "encoding"), (b"\xfe\xff", "encoding"),
)  # fmt: skip
Block = tuple[str, int]
Tell = Callable[[int, int], None]
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line was left out; `code` is a key of `refusals.PROBLEMS`."""

    line: int
    column: str
    found: str
    code: str


@dataclass(slots=True)
class Outcome:
    """How many lines were read and left out; `wrong`: the first of these."""

    read: int = 0
    left_out: int = 0
    figures: int = 0  # numbers of kept lines that a workbook holds as figures: zeros may be lost
    undated: int = 0  # kept lines whose day cannot be read: the number counts all the same
    position: int = 0  # bytes of the file
    unread: tuple[str, ...] = ()  # headings of columns that were not read
    wrong: list[Problem] = field(default_factory=list)

    def problems(self) -> list[dict[str, Any]]:
        return [asdict(one) for one in self.wrong]


def blocks(path: Path, number: int, outcome: Outcome, tell: Tell) -> Iterator[Block]:
    """Return text for COPY, block by block, with how many rows each holds.

    The file is a CSV in UTF-8 (comma, semicolon or tabulator) or an XLSX workbook. Its first line
    names the columns: issuer and number, perhaps kind and day, see `columns`. A line whose issuer,
    number or kind cannot be is left out and counted; one whose day cannot be read is kept without
    it, for the day is told only, and its holder would pass. `tell` hears lines and bytes.

    Raises:
        TornList: a line is torn, the file breaks off, or too many lines say nothing.
    """
    # Read before the first block is asked for: whoever asks holds the connection in a COPY.
    issuers = {
        code: row.code
        for row in reference.countries()
        for code in (row.alpha2, row.alpha3, row.code)
        if code
    }
    return _blocks(path, number, issuers, outcome, tell)


class Known(dict[str, str | None]):
    """What a cell says, by its text: a list has a few thousand texts, millions of times."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self.read = read

    def __missing__(self, text: str) -> str | None:
        said = self.read(text.strip())
        if len(self) < MOST_KNOWN:
            self[text] = said
        return said


def _blocks(
    path: Path, source: int, states: Mapping[str, str], outcome: Outcome, tell: Tell
) -> Iterator[Block]:
    places, rows = _rows(path, outcome)
    at_issuer, at_number, at_kind, at_day = places
    issuers, kinds = Known(lambda text: states.get(text.upper())), Known(kind_of)
    days, fits = Known(lambda text: day_of(text) if text else ""), NUMBER.fullmatch
    held: list[str] = []
    for line, row in rows:
        outcome.read += 1
        number = row[at_number]
        figure = number if isinstance(number, books.Figure) else None
        if not fits(number):
            number = in_standard_form(number.strip())
        issuer, kind, day = issuers[row[at_issuer]], kinds[row[at_kind]], days[row[at_day]]
        wrong = figure.wrong if figure else ""
        if issuer is None or kind is None or wrong or not fits(number):
            said = [row[place].strip() for place in places]
            read = (issuer, None if wrong or not fits(number) else number, kind)
            _leave_out(outcome, _problem(line, said, read, wrong))
            continue
        outcome.figures += figure is not None
        outcome.undated += day is None
        held.append(f"{number}\t{issuer}\t{kind}\t{day or ''}\t{source}\n")
        if len(held) >= BLOCK:
            yield "".join(held), len(held)
            held.clear()
            tell(outcome.read, outcome.position)
    if held:
        yield "".join(held), len(held)
    _refuse_too_many(outcome)


def _problem(line: int, said: Sequence[str], read: Sequence[str | None], wrong: str) -> Problem:
    """What is wrong with a line of which something is; `wrong`: with the cell of its number."""
    for column, text in zip(FIELDS, said, strict=True):
        if text.startswith(FORMULA):
            return Problem(line, column, _short(text), "formula")
    place = read.index(None)
    code = wrong if wrong and FIELDS[place] == "number" else FIELDS[place]
    return Problem(line, FIELDS[place], _short(said[place]), code)


def _short(text: str) -> str:
    return " ".join(text.split())[:80]


def _leave_out(outcome: Outcome, wrong: Problem) -> None:
    outcome.left_out += 1
    if len(outcome.wrong) < SHOWN:
        outcome.wrong.append(wrong)
    if outcome.read >= LEAST:
        _refuse_too_many(outcome)


def _refuse_too_many(outcome: Outcome) -> None:
    if outcome.left_out > max(outcome.read * LEFT_OUT_AT_MOST, outcome.read < LEAST):
        problems = outcome.problems()
        raise TornList("many_bad", problems=problems, found=outcome.left_out, of=outcome.read)


def _rows(path: Path, outcome: Outcome) -> tuple[Sequence[int], Iterator[Row]]:
    """Where each of FIELDS stands in a row, and the rows under the heading."""
    table = _table(path, outcome)
    line, first = next(table, (0, []))
    if not line:
        raise TornList("empty")
    heading = heading_of(first)
    outcome.unread = heading.unread
    return heading.places, _whole(table, heading.width)


def _whole(table: Iterator[Row], width: int) -> Iterator[Row]:
    for line, row in table:
        if len(row) != width:
            raise TornList("fewer", line, expected=width, found=len(row))
        row.append("")  # what a column says that is not there, at place -1
        yield line, row


def _table(path: Path, outcome: Outcome) -> Iterator[Row]:
    def far(position: int) -> None:
        outcome.position = position

    with path.open("rb") as file:
        start = file.read(4).removeprefix(codecs.BOM_UTF8)
        for mark, code in STARTS:
            if start.startswith(mark):
                raise TornList(code, found="0xFF")
        if start.startswith(b"PK"):
            return books.rows(path, far)
        return _text_rows(path, far)


def _text_rows(path: Path, far: Callable[[int], None]) -> Iterator[Row]:
    with path.open("rb") as file:
        first = file.readline(LONGEST_LINE).removeprefix(codecs.BOM_UTF8)
        heading = [_text(1, first)] if first else []
        separator = max(SEPARATORS, key=heading[0].count) if heading else ","
        reader = csv.reader(chain(heading, _lines(file, far)), delimiter=separator, strict=True)
        while True:
            try:
                row = next(reader, None)
            except csv.Error:
                raise TornList("quote", max(reader.line_num, 1)) from None
            if row is None:
                return
            if row:
                yield reader.line_num, row


def _lines(file: BinaryIO, far: Callable[[int], None]) -> Iterator[str]:
    for number, raw in enumerate(iter(partial(file.readline, LONGEST_LINE), b""), start=2):
        yield _text(number, raw)
        if number % BLOCK == 0:
            far(file.tell())


def _text(number: int, raw: bytes) -> str:
    if not raw.endswith(b"\n"):
        if len(raw) >= LONGEST_LINE:
            raise TornList("long", number, limit=LONGEST_LINE)
        raise TornList("last_line", number)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise TornList("encoding", number, found=f"0x{raw[error.start]:02X}") from None
    if "\0" in text:
        raise TornList("control", number, found=0)
    return text
