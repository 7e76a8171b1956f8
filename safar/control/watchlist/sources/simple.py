"""Who is in OpenSanctions' `targets.simple.csv`? A reader of the spreadsheet: persons only."""

import csv
from collections.abc import Iterator
from typing import Final

from safar.control.watchlist.choices import DocumentKind
from safar.control.watchlist.sources import countries, words
from safar.control.watchlist.sources.files import MB, Meter, SourceFile
from safar.control.watchlist.sources.lines import as_text, whole_lines
from safar.control.watchlist.sources.parsed import ParsedEntry, Report, TornFileError
from safar.lib.screening.entity import Birth

LARGEST: Final = 2048 * MB  # bytes, unpacked; the largest export has about 500 MB
NEEDED: Final = ("id", "schema", "name", "aliases", "birth_date", "countries", "identifiers")
PERSON: Final = "Person"
SAID: Final = {"sanctions": "Sanctions", "dataset": "Datasets", "addresses": "Addresses"}
Row = dict[str, str]


def entries(
    file: SourceFile, report: Report, *, meter: Meter | None = None
) -> Iterator[ParsedEntry]:
    """Yield every person of the file.

    Raises:
        TornFileError: the heading lacks a column, a line is torn, the file is not whole.
    """
    seen: dict[str, int] = {}
    for line, row in rows(file, meter):
        if row["schema"] != PERSON:
            report.others += 1
            continue
        key = words.one_line(row["id"])
        if key in seen:
            raise TornFileError(file.name, line, "twice", found=key[:60], earlier=seen[key])
        seen[key] = line
        entry = _entry(file.name, line, key, row, report)
        if entry is not None:
            yield entry
    if not seen:
        raise TornFileError(file.name, 0, "nobody")


def rows(file: SourceFile, meter: Meter | None = None) -> Iterator[tuple[int, Row]]:
    """Yield (line, cells by column) of a comma separated file whose first line names them."""
    lines = (as_text(file.name, number, raw) for number, raw in whole_lines(file, LARGEST, meter))
    reader = csv.reader(lines, strict=True)
    heading: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise TornFileError(file.name, line, "quote") from None
        if cells is None:
            break
        if not cells:
            continue
        if not heading:
            heading = _heading(file.name, cells)
        elif len(cells) != len(heading):
            raise TornFileError(file.name, line, "fewer", expected=len(heading), found=len(cells))
        else:
            yield line, dict(zip(heading, cells, strict=True))
    if not heading:
        raise TornFileError(file.name, 0, "empty")


def _heading(file: str, cells: list[str]) -> list[str]:
    heading = [cell.strip() for cell in cells]
    for name in NEEDED:
        if name not in heading:
            raise TornFileError(file, 1, "header", found=name)
        if heading.count(name) > 1:
            raise TornFileError(file, 1, "header_twice", found=name)
    return heading


def _entry(file: str, line: int, key: str, row: Row, report: Report) -> ParsedEntry | None:
    if not key or len(key) > words.LONGEST_KEY:
        report.leave_out(file, line, "id", key, "no_key")
        return None
    names = []
    for text in (row["name"], *row["aliases"].split(";")):
        if len(words.one_line(text)) > words.LONGEST_NAME:
            report.add(file, line, "aliases", text, "long")
        else:
            names.append((words.one_line(text), False))
    if not (once := words.each_once(names)):
        report.leave_out(file, line, "name", row["name"], "no_name")
        return None
    return ParsedEntry(
        key=key,
        names=once,
        births=_births(file, line, row["birth_date"], report),
        citizenships=_countries(file, line, row["countries"], report),
        documents=_documents(file, line, row["identifiers"], report),
        remarks=words.remarks(
            f"{head}: {row[name]}" for name, head in SAID.items() if row.get(name, "").strip()
        ),
    )


def _parts(text: str) -> list[str]:
    return [part for one in text.split(";") if (part := words.one_line(one))]


def _births(file: str, line: int, text: str, report: Report) -> tuple[Birth, ...]:
    found: dict[Birth, None] = {}
    for part in _parts(text):
        try:
            found[words.birth(part)] = None
        except ValueError:
            report.add(file, line, "birth_date", part, "birth")
    return tuple(found)


def _countries(file: str, line: int, text: str, report: Report) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for part in _parts(text):
        if code := countries.by_code(part):
            codes[code] = None
        else:
            report.add(file, line, "countries", part, "country")
    return tuple(codes)


def _documents(file: str, line: int, text: str, report: Report) -> tuple[tuple[str, str, str], ...]:
    """The file does not say of which kind or of which state a number is."""
    found: dict[tuple[str, str, str], None] = {}
    for part in _parts(text):
        try:
            found[words.document(DocumentKind.IDENTITY, "", part)] = None
        except ValueError:
            report.add(file, line, "identifiers", part, "document")
    return tuple(found)
