"""Who is in a ministry's own table? A reader of CSV and XLSX by a mapping of its columns."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.choices import DocumentKind
from safar.control.watchlist.sources import countries, sheets, words
from safar.control.watchlist.sources.books import Cell
from safar.control.watchlist.sources.dates import read_birth
from safar.control.watchlist.sources.files import Meter, SourceFile
from safar.control.watchlist.sources.parsed import ParsedEntry, Report, TornFileError
from safar.control.watchlist.sources.sheets import Layout
from safar.lib.screening.entity import Birth

# What a column can be; the words by which a heading is recognised.
FIELDS: Final = {
    "key": (_("Number of the entry"), ("номер записи", "№", "n", "no", "id", "uid", "код", "key")),
    "surname": (_("Surname"), ("фамилия", "фамилиясы", "surname", "last name", "familiya")),
    "given": (_("Given names"), ("имя", "аты", "ысымы", "given", "given names", "first name")),
    "father": (_("Father’s name"), ("отчество", "атасынын аты", "patronymic", "father's name")),
    "name": (_("Whole name"), ("фио", "ф.и.о.", "ф. и. о.", "аты-жөнү", "name", "full name")),
    "alias": (_("Other names"), ("прозвище", "псевдоним", "другие имена", "alias", "aliases")),
    "birth": (
        _("Date of birth"),
        ("дата рождения", "туулган күнү", "birth", "born", "date of birth", "birth_date", "dob"),
    ),
    "sex": (_("Sex"), ("пол", "жынысы", "sex", "gender")),
    "citizenship": (
        _("Citizenship"),
        ("гражданство", "жарандыгы", "citizenship", "nationality", "country"),
    ),
    "document": (
        _("Document number"),
        ("паспорт", "номер паспорта", "документ", "passport", "document", "passport number"),
    ),
    "issuer": (_("State that issued it"), ("страна выдачи", "issuer", "issuing state")),
    "remarks": (_("Remarks"), ("примечание", "эскертүү", "remarks", "note", "notes")),
}
SEXES: Final = {
    "m": "M", "м": "M", "male": "M", "муж": "M", "муж.": "M", "мужской": "M", "эркек": "M",
    "f": "F", "ж": "F", "female": "F", "жен": "F", "жен.": "F", "женский": "F", "аял": "F",
}  # fmt: skip
NOTHING: Final = frozenset({"-", "–", "—", "нет", "н/д", "n/a", "null"})
PREVIEW: Final = 5
_SEVERAL: Final = re.compile(r"[;\n|]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table is what, by its heading; remembered with the list."""

    columns: Mapping[str, str] = field(default_factory=dict)  # field -> heading
    encoding: str = ""
    separator: str = ""
    dates: str = "dmy"
    sheet: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Preview:
    """A table's layout, headings and first rows, and the mapping that its headings suggest."""

    layout: Layout
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: Mapping[str, str]


def preview(
    file: SourceFile, *, encoding: str = "", separator: str = "", sheet: str = ""
) -> Preview:
    """Look at the beginning of a table.

    Raises:
        TornFileError: it cannot be read at all, or has one column only.
    """
    layout = _layout(file, encoding, separator, sheet)
    found: list[tuple[str, ...]] = []
    for _number, cells in sheets.rows(file, layout):
        found.append(tuple(words.one_line(cell.text)[:120] for cell in cells))
        if len(found) > PREVIEW:
            break
    if not found:
        raise TornFileError(file.name, 0, "empty")
    heading = _trimmed(found[0])
    if len(heading) < 2:
        raise TornFileError(file.name, 1, "no_columns")
    return Preview(layout, heading, tuple(found[1:]), guess(heading))


def guess(heading: tuple[str, ...]) -> dict[str, str]:
    """Which column is probably what."""
    plain = {text.casefold().strip(" .:"): text for text in reversed(heading) if text}
    found = {}
    for name, (_label, known) in FIELDS.items():
        for word in known:
            if word.strip(" .:") in plain:
                found[name] = plain[word.strip(" .:")]
                break
    return found


def entries(
    file: SourceFile, report: Report, mapping: Columns, *, meter: Meter | None = None
) -> Iterator[ParsedEntry]:
    """Yield every person of the table.

    Raises:
        TornFileError: it cannot be read, a column of the mapping is missing, a row is torn.
    """
    _refuse_incomplete(file.name, mapping)
    layout = _checked_layout(file, mapping)
    rows = sheets.rows(file, layout, meter)
    first, cells = next(rows, (0, []))
    heading = _trimmed(tuple(words.one_line(cell.text) for cell in cells))
    places = _places(file.name, first, heading, mapping)
    seen: dict[str, int] = {}
    for line, row in rows:
        if not layout.is_book and len(row) != len(cells):
            raise TornFileError(file.name, line, "fewer", expected=len(cells), found=len(row))
        entry = _Row(file.name, line, row, places, report).entry(mapping)
        if entry is None:
            continue
        if entry.key in seen:
            raise TornFileError(file.name, line, "twice", found=entry.key, earlier=seen[entry.key])
        seen[entry.key] = line
        yield entry
    if not seen and not report.bad:
        raise TornFileError(file.name, 0, "nobody")


def _refuse_incomplete(file: str, mapping: Columns) -> None:
    if not {"name", "surname", "given"} & set(mapping.columns):
        raise TornFileError(file, 0, "unmapped", found=str(FIELDS["name"][0]))


def _layout(file: SourceFile, encoding: str, separator: str, sheet: str) -> Layout:
    found = sheets.layout_of(file, encoding=encoding, separator=separator)
    return Layout(found.encoding, found.separator, sheet or "", found.sheets)


def _checked_layout(file: SourceFile, mapping: Columns) -> Layout:
    """A file in another encoding than the list's files so far is refused, not guessed at."""
    found = _layout(file, "", mapping.separator, mapping.sheet)
    expected = mapping.encoding
    if found.is_book or not expected or found.encoding == expected:
        return found
    if found.encoding == "utf-8" and sheets.is_ascii(file):
        return found
    raise TornFileError(file.name, 0, "other_encoding", found=found.encoding, expected=expected)


def _trimmed(heading: tuple[str, ...]) -> tuple[str, ...]:
    while heading and not heading[-1]:
        heading = heading[:-1]
    return heading


def _places(file: str, line: int, heading: tuple[str, ...], mapping: Columns) -> dict[str, int]:
    places = {}
    for name, column in mapping.columns.items():
        if column not in heading:
            raise TornFileError(file, line, "header", found=column[:60])
        if heading.count(column) > 1:
            raise TornFileError(file, line, "header_twice", found=column[:60])
        places[name] = heading.index(column)
    return places


class _Row:
    """One row of the table, while it is read."""

    def __init__(
        self, file: str, line: int, cells: list[Cell], places: Mapping[str, int], report: Report
    ) -> None:
        self.file, self.line, self.cells, self.report = file, line, cells, report
        self.places = places

    def entry(self, mapping: Columns) -> ParsedEntry | None:
        names, births = self._names(), self._births(mapping.dates)
        if not names:
            self.report.leave_out(self.file, self.line, "name", self._raw("name"), "no_name")
            return None
        named = "key" in self.places
        key = words.one_line(self._text("key")) if named else _own_key(names, births)
        if not key or len(key) > words.LONGEST_KEY:
            self.report.leave_out(self.file, self.line, "key", key, "no_key")
            return None
        return ParsedEntry(
            key=key,
            names=names,
            births=births,
            sex=self._sex(),
            citizenships=self._citizenships(),
            documents=self._documents(),
            remarks=words.remarks(self._text("remarks").splitlines()),
        )

    def _cell(self, name: str) -> Cell | None:
        at = self.places.get(name)
        return self.cells[at] if at is not None and at < len(self.cells) else None

    def _raw(self, name: str) -> str:
        cell = self._cell(name)
        return words.one_line(cell.text) if cell else ""

    def _text(self, name: str) -> str:
        """The cell's text; a formula is reported with its cell, and is no text."""
        cell = self._cell(name)
        if cell is None or cell.text.strip().casefold() in NOTHING:
            return ""
        if cell.is_formula:
            self._problem(cell.place, cell.text, "formula")
            return ""
        return cell.text.strip()

    def _problem(self, column: str, found: str, code: str) -> None:
        self.report.add(self.file, self.line, column, found, code)

    def _names(self) -> tuple[tuple[str, bool], ...]:
        whole = words.one_line(self._text("name"))
        surname, given = (words.one_line(self._text(name)) for name in ("surname", "given"))
        rest = " ".join(filter(None, (given, words.one_line(self._text("father")))))
        parts = f"{surname}, {rest}" if surname and rest else surname or rest
        others = _SEVERAL.split(self._text("alias"))
        names = [
            (whole, False),
            (parts, False),
            *((words.one_line(text), False) for text in others),
        ]
        for text, _weak in names:
            if len(text) > words.LONGEST_NAME:
                self._problem("name", text, "long")
        return words.each_once(pair for pair in names if len(pair[0]) <= words.LONGEST_NAME)

    def _births(self, order: str) -> tuple[Birth, ...]:
        text = self._text("birth")
        if not text:
            return ()
        try:
            return (read_birth(text, order),)
        except ValueError:
            self._problem("birth", text, "birth")
            return ()

    def _sex(self) -> str:
        text = self._text("sex").casefold()
        if text and text not in SEXES:
            self._problem("sex", text, "sex")
        return SEXES.get(text, "")

    def _citizenships(self) -> tuple[str, ...]:
        codes: dict[str, None] = {}
        for text in re.split(r"[;,/\n]", self._text("citizenship")):
            if code := countries.code_of(text):
                codes[code] = None
            elif text.strip():
                self._problem("citizenship", text, "country")
        return tuple(codes)

    def _documents(self) -> tuple[tuple[str, str, str], ...]:
        country = self._text("issuer")
        issuer = countries.code_of(country)
        if country and not issuer:
            self._problem("issuer", country, "country")
        found: dict[tuple[str, str, str], None] = {}
        for text in re.split(r"[;,\n]", self._text("document")):
            if not text.strip():
                continue
            try:
                found[words.document(DocumentKind.PASSPORT, issuer, text)] = None
            except ValueError:
                self._problem("document", text, "document")
        return tuple(found)


def _own_key(names: tuple[tuple[str, bool], ...], births: tuple[Birth, ...]) -> str:
    """A list without numbers: the person's name and date of birth are her number."""
    said = "|".join((names[0][0].casefold(), *map(str, births)))
    return f"P-{hashlib.sha256(said.encode()).hexdigest()[:24]}"
