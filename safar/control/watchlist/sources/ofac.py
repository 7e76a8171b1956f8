"""Who is in OFAC's SDN.CSV and ALT.CSV? A reader of the two files: individuals only.

Layout (OFAC, "SDN list specification"): no header, comma separated, `-0-` for nothing.
SDN: number, name, type, program, title, six columns of vessels, remarks. ALT: number of the
entry, number of the alias, kind of alias, name, remarks.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from safar.control.watchlist.sources.parsed import ParsedEntry, ParsedList, Problems, TornFileError
from safar.control.watchlist.sources.remarks import read_remarks
from safar.control.watchlist.sources.rows import whole_rows

DATA: Final = Path(__file__).parents[1] / "data" / "ofac"
SDN_COLUMNS, ALT_COLUMNS = 12, 5
NUMBER, NAME, TYPE, PROGRAM, TITLE, REMARKS = 0, 1, 2, 3, 4, 11
ALT_KIND, ALT_NAME = 2, 3
NOTHING: Final = "-0-"
LONGEST_NAME: Final = 300
ORPHANS_ALLOWED: Final = 0.1

Aliases = Mapping[str, list[tuple[int, str]]]  # entry number -> (line, name)


@cache
def country_codes() -> Mapping[str, str]:
    """OFAC's country names with their ICAO codes."""
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name"]: row["code"] for row in csv.DictReader(lines)}


def read(sdn: bytes, alt: bytes, *, names: tuple[str, str] = ("SDN.CSV", "ALT.CSV")) -> ParsedList:
    """Return every individual of the two files.

    Raises:
        TornFileError: naming file and line, where either file is not whole or not OFAC's.
    """
    sdn_name, alt_name = names
    rows = _entries(sdn_name, sdn)
    aliases, alias_problems = _aliases(alt_name, alt, {row[NUMBER] for _line, row in rows})
    problems = Problems(sdn_name)
    entries = []
    people = [(line, row) for line, row in rows if row[TYPE].casefold() == "individual"]
    if not people:
        raise TornFileError(sdn_name, 0, "nobody")
    for line, row in people:
        if not _given(row[NAME]) or len(row[NAME]) > LONGEST_NAME:
            problems.add(line, "name", row[NAME], "long" if _given(row[NAME]) else "no_name")
            continue
        entries.append(_entry(line, row, aliases, problems))
    bad = len(people) - len(entries)
    return ParsedList(tuple(entries), (*problems.found, *alias_problems.found), bad)


def _entries(file: str, content: bytes) -> list[tuple[int, list[str]]]:
    seen: dict[str, int] = {}
    rows = []
    for line, row in whole_rows(file, content, SDN_COLUMNS):
        number = row[NUMBER]
        if not number.isascii() or not number.isdigit():
            raise TornFileError(file, line, "number", found=number[:40])
        if number in seen:
            raise TornFileError(file, line, "twice", found=number, earlier=seen[number])
        seen[number] = line
        rows.append((line, row))
    return rows


def _aliases(file: str, content: bytes, known: set[str]) -> tuple[Aliases, Problems]:
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    problems = Problems(file)
    total = 0
    for line, row in whole_rows(file, content, ALT_COLUMNS):
        if not row[NUMBER].isascii() or not row[NUMBER].isdigit():
            raise TornFileError(file, line, "number", found=row[NUMBER][:40])
        total += 1
        if row[NUMBER] not in known:
            problems.add(line, "number", row[NUMBER], "orphan")
        elif len(row[ALT_NAME]) > LONGEST_NAME:
            problems.add(line, "name", row[ALT_NAME], "long")
        elif _given(row[ALT_NAME]):
            found[row[NUMBER]].append((line, row[ALT_NAME]))
    if len(problems.found) > total * ORPHANS_ALLOWED:
        raise TornFileError(file, 0, "orphans", found=len(problems.found), of=total)
    return found, problems


def _entry(line: int, row: list[str], aliases: Aliases, problems: Problems) -> ParsedEntry:
    remarks = _given(row[REMARKS])
    said = read_remarks(remarks, country_codes())
    for column, text in said.unread:
        problems.add(line, column, text, column)
    names = [(row[NAME], False)]
    names += [(name, False) for _line, name in aliases.get(row[NUMBER], ())]
    names += [(name, True) for name in said.nicknames]
    about = (f"Program: {_given(row[PROGRAM])}", _given(row[TITLE]), remarks)
    return ParsedEntry(
        key=row[NUMBER],
        names=_each_once(names),
        births=said.births,
        sex=said.sex,
        citizenships=said.citizenships,
        documents=said.documents,
        remarks="\n".join(filter(None, about)),
    )


def _each_once(names: Iterable[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    once: dict[str, bool] = {}
    for name, weak in names:
        once[name] = once.get(name, True) and weak
    return tuple(once.items())


def _given(field: str) -> str:
    return "" if field == NOTHING else field
