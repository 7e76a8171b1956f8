"""What does a reader of a list file hand on, whatever the file's format?"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.rules import Birth

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
}
PROBLEMS: Final = {
    "no_name": _("There is no name. The entry is left out."),
    "birth": _("This birth date cannot be read. It is left out of the entry."),
    "document": _("This document number cannot be read. It is left out of the entry."),
    "country": _("This country is not known. It is left out of the entry."),
    "orphan": _("The alias belongs to no entry of the other file. It is left out."),
    "long": _("The name is longer than 300 letters. It is left out."),
}


class TornFileError(Exception):
    """The file as a whole cannot be trusted; `line` counts from 1, 0 is the whole file."""

    def __init__(self, file: str, line: int, code: str, **params: str | int) -> None:
        super().__init__(f"{file}, line {line}: {TORN[code]}")
        self.file, self.line, self.code, self.params = file, line, code, params

    @property
    def sentence(self) -> str:
        return str(TORN[self.code]).format(**self.params)


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
        text = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ParsedList:
    """The whole file: persons, and what was left out (`bad` counts persons left out)."""

    entries: tuple[ParsedEntry, ...]
    problems: tuple[Problem, ...] = ()
    bad: int = 0


@dataclass(slots=True)
class Problems:
    """Gathers what is left out while a file is read."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, column: str, found: str, code: str) -> None:
        self.found.append(Problem(self.file, line, column, found[:120], code))
