"""What does a reader of a list file hand on, whatever the file's format?"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safar.lib.screening.entity import Birth

TORN: Final = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than {limit} MB: it is not this list."),
    "web_page": _("This is a web page, not the list's CSV file. Download the file again."),
    "encoding": _("The file is not in UTF-8 text: the byte {found} cannot be read."),
    "control": _("The file holds signs that no text has (code {found}): it is damaged."),
    "columns": _("{expected} columns were expected, {found} are there: the line is torn."),
    "quote": _("A quotation mark is not closed: the file is torn, or is not this list."),
    "last_line": _("The last line has no line end: the file was cut off."),
    "after_end": _("There is text after the end mark: the file is damaged."),
    "number": _("A number was expected in the first column, not “{found}”."),
    "twice": _("The number {found} was already used in line {earlier}."),
    "orphans": _(
        "{found} of {of} aliases belong to no entry of the other file: "
        "one of the two was cut off, or they are of different days."
    ),
    "nobody": _("No person is in the file."),
    "bomb": _("The file unpacks to more than {limit} MB: it is not this list."),
    "many": _("The file holds more than {limit} persons or documents: it is not this list."),
    "ratio": _("The file unpacks to more than {times} times its size: it is not this list."),
    "packed": _("The packed file is damaged, or was cut off."),
    "members": _("A packed file must hold one file; this one holds {found}."),
    "doctype": _("The file holds a DOCTYPE or entities, which the list never does: it is refused."),
    "xml": _("This is not whole XML: the file is damaged, or was cut off."),
    "not_un": _("This is not the Security Council's list: it begins with <{found}>."),
    "deep": _("The elements stand in one another too deep: it is not this list."),
    "json": _("This line is not whole JSON: the file is damaged, or was cut off."),
    "not_ftm": _("This line is no entity with id, schema and properties: it is not this list."),
    "long_line": _("The line is longer than {limit} MB: it is not this list."),
    "header": _("The first line does not name the column “{found}”."),
    "header_twice": _("The first line names the column “{found}” twice."),
    "fewer": _("The first line names {expected} columns, {found} are here: the line is torn."),
    "no_columns": _("One column only was found: this is no table, or its separator is unknown."),
    "other_encoding": _("The file is in {found}, but this list's files are in {expected}."),
    "unknown_encoding": _("The file is in none of UTF-8, UTF-16 and Windows-1251."),
    "not_in": _("The file is not in {expected}: the byte {found} cannot be read."),
    "workbook": _("The workbook is damaged, or is none."),
    "workbook_large": _("The workbook is too large to read here: save the sheet as CSV."),
    "no_sheet": _("The workbook has no sheet “{found}”."),
    "unmapped": _("It is not said which column is the {found}."),
}
FAILED: Final = {
    "stale": _("The list changed since this dry run. Decline the import and propose it again."),
    "damaged": _("The kept file was damaged. Propose the import again."),
    "killed": _(
        "The work ended its process three times. Nothing was changed. Call the administrator: "
        "the machine may lack memory or disk."
    ),
    "unforeseen": _(
        "The work broke off. Nothing was changed. Start it again; if it breaks off again, call the administrator."
    ),
}
PROBLEMS: Final = {
    "no_name": _("There is no name. The entry is left out."),
    "birth": _("This birth date cannot be read. It is left out of the entry."),
    "document": _("This document number cannot be read. It is left out of the entry."),
    "country": _("This country is not known. It is left out of the entry."),
    "orphan": _("The alias belongs to no entry of the other file. It is left out."),
    "long": _("The name is longer than 300 letters. It is left out."),
    "no_key": _("There is no number, or it is longer than 60 signs. The entry is left out."),
    "twice": _("The number stands in the file before. The entry is left out."),
    "formula": _("This cell is a formula. It was not worked out, and is left out."),
    "sex": _("This is neither male nor female. It is left out of the entry."),
}
KEPT_PROBLEMS: Final = 100


class TornFileError(Exception):
    """The file as a whole cannot be trusted; `line` counts from 1, 0 is the whole file."""

    def __init__(self, file: str, line: int, code: str, **params: str | int) -> None:
        super().__init__(f"{file}, line {line}: {TORN[code]}")
        self.file, self.line, self.code, self.params = file, line, code, params

    @property
    def sentence(self) -> str:
        return str(TORN[self.code]).format(**self.params)

    def as_json(self) -> dict[str, Any]:
        """What `sentence_of` says again in the language of whoever reads it."""
        return {"file": self.file, "line": self.line, "code": self.code, "params": self.params}


def sentence_of(failure: Mapping[str, Any] | None) -> str:
    """Why an import was not done; `failure` as its run keeps it."""
    if not failure:
        return ""
    if failure["code"] not in TORN:
        return str(FAILED.get(failure["code"], failure.get("text", "")))
    facts = {**failure, "wrong": str(TORN[failure["code"]]).format(**failure["params"])}
    if failure["line"]:
        return str(_("%(file)s, line %(line)d: %(wrong)s Nothing was changed.") % facts)
    return str(_("%(file)s: %(wrong)s Nothing was changed.") % facts)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of one line that was left out; `code` is a key of PROBLEMS."""

    file: str
    line: int
    column: str
    found: str
    code: str


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """A person of the file. `names`: (text, is weak), the first is the primary one;
    `documents`: (kind, ICAO code or '', normalised number)."""

    key: str
    names: tuple[tuple[str, bool], ...]
    births: tuple[Birth, ...] = ()
    sex: str = ""
    citizenships: tuple[str, ...] = ()
    documents: tuple[tuple[str, str, str], ...] = ()
    remarks: str = ""

    def fingerprint(self) -> str:
        """SHA-256 over everything that the source says of the person."""
        said = {
            "key": self.key,
            "names": self.names,
            "births": [
                {
                    "date": {"year": one.date.year, "month": one.date.month, "day": one.date.day},
                    "year_to": one.year_to,
                    "approximate": one.approximate,
                }
                for one in self.births
            ],
            "sex": self.sex,
            "citizenships": self.citizenships,
            "documents": self.documents,
            "remarks": self.remarks,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ParsedList:
    """The whole file: persons, and what was left out (`bad` counts persons left out)."""

    entries: tuple[ParsedEntry, ...]
    problems: tuple[Problem, ...] = ()
    bad: int = 0
    others: int = 0  # organisations, ships and the like: no persons


@dataclass(slots=True)
class Report:
    """What a reader has to say besides the persons, gathered while they stream by."""

    problems: list[Problem] = field(default_factory=list)  # the first ones
    bad: int = 0  # persons left out
    others: int = 0  # organisations, ships and the like, left out

    def add(self, file: str, line: int, column: str, found: str, code: str) -> None:
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(Problem(file, line, column, found[:120], code))

    def leave_out(self, file: str, line: int, column: str, found: str, code: str) -> None:
        """Count a person of whom nothing is kept."""
        self.bad += 1
        self.add(file, line, column, found, code)


@dataclass(slots=True)
class Problems:
    """Gathers what is left out while a file is read."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, column: str, found: str, code: str) -> None:
        self.found.append(Problem(self.file, line, column, found[:120], code))
