"""Reading a list of reported documents from a CSV file, line by line, in flat memory."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from safar.control.documents.choices import Report
from safar.control.documents.rules import COLUMNS, fault, in_standard_form
from safar.core.errors import RuleBroken
from safar.reference import queries as reference

LONGEST_LINE = 8000  # bytes; a right one has about 60


class Reader(Protocol):
    """What `csv.reader` gives: rows, and the number of the line read last."""

    @property
    def line_num(self) -> int: ...

    def __next__(self) -> list[str]: ...


class TornFile(RuleBroken):
    """The file is torn or wrong; `line` and `column` say where. Nothing was changed."""

    def __init__(self, line: int, column: int, what: str) -> None:
        name = f" ({COLUMNS[column - 1]})" if 0 < column <= len(COLUMNS) else ""
        where = f"Line {line}, column {column}{name}" if column else f"Line {line}"
        super().__init__(
            f"{where}: {what}. Nothing was changed.",
            code="E-431",
            line=line,
            column=column,
        )


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Return line number and fields of each document of the file, checked one by one.

    The file is UTF-8 with the columns issuer, number, report, reference, named in its first line,
    and ends with a line break: a file that does not was cut off.

    Raises:
        TornFile: at the first line that is wrong.
    """
    # Read before the first row is asked for: whoever asks may hold the connection in a COPY.
    issuers = frozenset(row.code for row in reference.countries())
    return _checked_rows(path, issuers)


def _checked_rows(path: Path, issuers: frozenset[str]) -> Iterator[tuple[int, list[str]]]:
    reports = frozenset(Report.values)
    reader = csv.reader(_lines(path), strict=True)
    _check_head(reader)
    for row in _rows(reader):
        if not row:
            continue
        row[1:2] = [in_standard_form(text) for text in row[1:2]]
        if wrong := fault(row, issuers, reports):
            raise TornFile(reader.line_num, wrong.column, wrong.what)
        yield reader.line_num, row


def _check_head(reader: Reader) -> None:
    head = next(_rows(reader), [])
    for number, wanted in enumerate(COLUMNS, start=1):
        if len(head) < number or head[number - 1].strip() != wanted:
            raise TornFile(1, number, f"the first line must name the column “{wanted}” here")
    if len(head) > len(COLUMNS):
        raise TornFile(1, len(COLUMNS) + 1, "there is one column too many")


def _rows(reader: Reader) -> Iterator[list[str]]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            what = "a quotation mark is not closed, or stands in the wrong place"
            raise TornFile(max(reader.line_num, 1), 1, what) from None


def _lines(path: Path) -> Iterator[str]:
    number = 0
    with path.open("rb") as file:
        for number, raw in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), start=1):
            yield _text(number, raw)
    if not number:
        raise TornFile(1, 1, "the file is empty")


def _text(number: int, raw: bytes) -> str:
    if not raw.endswith(b"\n"):
        column = min(raw.count(b",") + 1, len(COLUMNS))
        raise TornFile(number, column, "the file breaks off here, or the line is too long")
    if number == 1:
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        column = raw[: error.start].count(b",") + 1
        raise TornFile(number, column, "these bytes are no UTF-8 text") from None
    if "\0" in text:
        raise TornFile(number, text[: text.index("\0")].count(",") + 1, "a zero byte stands here")
    return text
