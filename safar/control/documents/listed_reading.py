"""What stands in an owner's file of lost and stolen documents? Read by the million, in flat memory."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from safar.control.documents.choices import ListedKind
from safar.control.documents.file_reading import LONGEST_LINE, TornFile
from safar.control.documents.rules import in_standard_form
from safar.core.errors import RuleBroken
from safar.reference import queries as reference

NEEDED, OPTIONAL = ("issuer", "number"), ("kind", "reported_on")
BLOCK: Final = 20_000  # rows that are handed to COPY together
LEFT_OUT_AT_MOST: Final = 0.01  # more lines than this that say nothing: it is not this list
LEAST: Final = 1000  # lines before that share is looked at
SHOWN: Final = 20
NUMBER: Final = re.compile(r"[A-Z0-9]{3,30}", re.ASCII)
KINDS: Final = {
    "": ListedKind.LOST, "lost": ListedKind.LOST, "stolen": ListedKind.STOLEN,
    "void": ListedKind.VOID, "stolen_blank": ListedKind.STOLEN_BLANK,
}  # fmt: skip
Block = tuple[str, int]
Tell = Callable[[int], None]


@dataclass(slots=True)
class Outcome:
    """How many lines were read and left out; `wrong`: the first of these, (line, what)."""

    read: int = 0
    left_out: int = 0
    wrong: list[tuple[int, str]] = field(default_factory=list)


def blocks(path: Path, number: int, outcome: Outcome, tell: Tell) -> Iterator[Block]:
    """Return text for COPY, block by block, with how many rows each holds.

    The first line names the columns issuer and number, perhaps kind and reported_on, separated
    by comma, semicolon or tabulator. A line whose issuer, number, kind or day cannot be is left
    out and counted.

    Raises:
        TornFile: a line is torn, or the file breaks off. RuleBroken: too many lines say nothing.
    """
    # Read before the first block is asked for: whoever asks holds the connection in a COPY.
    issuers = {
        code: row.code
        for row in reference.countries()
        for code in (row.alpha2, row.alpha3, row.code)
        if code
    }
    return _blocks(path, str(number), issuers, outcome, tell)


def _blocks(
    path: Path, source: str, issuers: dict[str, str], outcome: Outcome, tell: Tell
) -> Iterator[Block]:
    held: list[str] = []
    for line, issuer, number, kind, day in _rows(path):
        outcome.read += 1
        code = issuers.get(issuer)
        number = in_standard_form(number)
        if code is None or not NUMBER.fullmatch(number) or kind not in KINDS or not _is_day(day):
            _leave_out(outcome, line, f"{issuer} {number} {kind} {day}")
        else:
            held.append(f"{number}\t{code}\t{KINDS[kind].value}\t{day}\t{source}\n")
        if len(held) >= BLOCK:
            yield "".join(held), len(held)
            held.clear()
            tell(outcome.read)
    if held:
        yield "".join(held), len(held)
    _refuse_too_many(outcome)


def _leave_out(outcome: Outcome, line: int, what: str) -> None:
    outcome.left_out += 1
    if len(outcome.wrong) < SHOWN:
        outcome.wrong.append((line, " ".join(what.split())[:80]))
    if outcome.read >= LEAST:
        _refuse_too_many(outcome)


def _refuse_too_many(outcome: Outcome) -> None:
    if outcome.left_out > max(outcome.read * LEFT_OUT_AT_MOST, outcome.read < LEAST):
        line, what = outcome.wrong[0]
        raise RuleBroken(
            f"{outcome.left_out} of {outcome.read} lines name no document, the first in line "
            f"{line}: “{what}”. Nothing was changed.",
            code="E-432",
            line=line,
        )


_DAYS: dict[str, bool] = {"": True}  # a list names a few thousand days, millions of times


def _is_day(text: str) -> bool:
    if text not in _DAYS:
        try:
            found = len(text) == 10 and date.fromisoformat(text) is not None
        except ValueError:
            found = False
        if len(_DAYS) > 100_000:
            _DAYS.clear()
        _DAYS[text] = found
    return _DAYS[text]


def _rows(path: Path) -> Iterator[tuple[int, str, str, str, str]]:
    """Yield line, issuer, number, kind, day: as they stand there, without blanks around them."""
    with path.open("rb") as file:
        heading = _heading(file.readline(LONGEST_LINE))
        separator, columns = heading
        places = [columns.index(name) if name in columns else -1 for name in NEEDED + OPTIONAL]
        width = len(columns)
        reader = csv.reader(_lines(file), delimiter=separator, strict=True)
        while True:
            try:
                row = next(reader, None)
            except csv.Error:
                raise TornFile(reader.line_num + 1, 0, "a quotation mark is not closed") from None
            if row is None:
                return
            if len(row) != width:
                if not row:
                    continue
                what = f"{len(row)} columns stand where {width} are needed"
                raise TornFile(reader.line_num + 1, 0, what)
            issuer, number, kind, day = (row[at].strip() if at >= 0 else "" for at in places)
            yield reader.line_num + 1, issuer.upper(), number, kind.lower(), day


def _heading(raw: bytes) -> tuple[str, list[str]]:
    if not raw:
        raise TornFile(1, 0, "the file is empty")
    text = _text(1, raw.removeprefix(b"\xef\xbb\xbf"))
    separator = max(",;\t", key=text.count)
    columns = [name.strip().strip('"').lower() for name in text.split(separator)]
    for name in NEEDED:
        if name not in columns:
            raise TornFile(1, 0, f"the first line does not name the column “{name}”")
    for name in columns:
        if name not in NEEDED + OPTIONAL or columns.count(name) > 1:
            what = (
                f"the first line names the column “{name[:30]}”, which is not known or twice there"
            )
            raise TornFile(1, 0, what)
    return separator, columns


def _lines(file: "Iterator[bytes]") -> Iterator[str]:
    for number, raw in enumerate(file, start=2):
        if len(raw) > LONGEST_LINE:
            raise TornFile(number, 0, "the line is too long")
        yield _text(number, raw)


def _text(number: int, raw: bytes) -> str:
    if not raw.endswith(b"\n"):
        raise TornFile(number, 0, "the file breaks off here, or the line is too long")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise TornFile(number, 0, "these bytes are no UTF-8 text") from None
    if "\0" in text:
        raise TornFile(number, 0, "a zero byte stands here")
    return text
