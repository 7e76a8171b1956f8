"""What does a list of cases say? One line a person; lines with the same key are one case.

Columns are found by their headings, in English or Russian. A line that cannot be taken says why,
and its whole case stays out: no case is half there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import programmes
from safar.assistance.cases.case_words import CLOSURES, ROLES, SEXES, plain
from safar.assistance.cases.choices import MemberRole, NumberOf, Phase
from safar.assistance.cases.name_keys import keys_of
from safar.assistance.cases.rules import external_number, phone_digits
from safar.assistance.cases.sheets import Formula, Row, refused
from safar.core.errors import RuleBroken
from safar.reference.queries import COUNTRIES
from safar.ui.forms import DateField, PartialDateField

if TYPE_CHECKING:
    from safar.accounts.models import Office
    from safar.assistance.cases.models import Case, CaseImportRow, CaseMember
    from safar.core.permissions import Actor

# field -> headings under which it is found
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "key": ("case", "case key", "case number", "дело", "номер дела", "ключ дела"),
    "office": ("office", "офис", "бюро"),
    "programme": ("programme", "program", "программа"),
    "scheme": ("scheme", "схема"),
    "opened_on": ("opened on", "opened", "date opened", "открыто", "дата открытия"),
    "status": ("state", "status", "состояние", "статус"),
    "closed_on": ("closed on", "closed", "date closed", "закрыто", "дата закрытия"),
    "closure": ("how it ended", "outcome", "итог", "чем закончилось"),
    "surname": ("surname", "last name", "family name", "фамилия"),
    "given_names": ("given names", "given name", "first name", "имя", "имена"),
    "patronymic": ("patronymic", "отчество"),
    "birth": ("birth", "born", "date of birth", "birth date", "дата рождения", "год рождения"),
    "sex": ("sex", "gender", "пол"),
    "citizenships": ("citizenship", "citizenships", "nationality", "гражданство"),
    "role": ("role", "relationship", "роль", "кем приходится"),
    "number": ("unhcr number", "unhcr", "unhcr no", "номер увкб", "номер увкб оон"),
    "phone": ("phone", "telephone", "phone number", "телефон"),
}
OF_CASE: Final = ("office", "programme", "scheme", "opened_on", "status", "closed_on", "closure")
LONGEST: Final = {"key": 60, "scheme": 30, "surname": 80, "given_names": 80, "patronymic": 80}
MOST_COUNTRIES, FEWEST_DIGITS, LONGEST_PHONE = 4, 5, 40


@dataclass(frozen=True)
class Imported:
    """A case that was opened from a list, and what the programme's own columns said of each."""

    case: "Case"
    members: "Sequence[tuple[CaseMember, Mapping[str, str]]]"


@dataclass(frozen=True)
class Importer:
    """A programme's own columns in a list of cases.

    Args:
        columns: its fields, each with the headings under which it is found.
        check: takes the texts of a line by field; the field and a sentence where one is wrong.
        write: keeps what the lines say, in the action that opens the cases. Many at once.
    """

    columns: Mapping[str, Sequence[str]]
    check: Callable[[Mapping[str, str]], "tuple[str, str] | None"]
    write: "Callable[[Actor, Sequence[Imported]], None]"


@dataclass(frozen=True)
class Where:
    """What holds where a line says nothing, and what she who hands it in may choose from."""

    programme: str
    office: "Office"
    programmes: Sequence[str]
    offices: "Sequence[Office]"
    today: date


class Wrong(Exception):
    """A cell that cannot be taken: the code of the sentence, and what stands there."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code)
        self.code, self.found = code, found


@dataclass
class Listed:
    """What a list came to: its lines as they would be kept, and headings that are not read."""

    rows: "list[CaseImportRow]" = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read(lines: Iterable[Row], where: Where) -> Listed:
    """Read a list; every line is checked by itself, and then with its case.

    Raises:
        RuleBroken: there are no headings, or not those without which there is no case.
    """
    found = iter(lines)
    first = next(found, None)
    if first is None:
        raise refused(_("The file is empty."))
    columns, own, unread = _columns(first[1])
    listed = Listed(unread=unread)
    listed.rows = [_row(number, cells, columns, own, where) for number, cells in found]
    if not listed.rows:
        raise refused(_("There is no line below the headings."))
    _check_cases(listed.rows, where)
    return listed


def _columns(head: list[str]) -> tuple[dict[str, int], dict[str, tuple[str, int]], list[str]]:
    """Where each field stands, where the programmes' own do, and what is not read."""
    known = {heading: name for name, headings in COLUMNS.items() for heading in headings}
    theirs = _own_headings()
    columns: dict[str, int] = {}
    own: dict[str, tuple[str, int]] = {}
    unread = []
    for at, text in enumerate(head):
        heading = plain(text)
        if name := known.get(heading):
            if name in columns:
                raise refused(_("Two columns say the same: “%(name)s”.") % {"name": text[:60]})
            columns[name] = at
        elif heading in theirs:
            own[f"{heading}"] = (text, at)
        elif heading:
            unread.append(text[:60])
    if "key" not in columns or not {"surname", "given_names"} & set(columns):
        raise refused(
            _("The first line needs headings; without “case” and “surname” there is no list.")
        )
    return columns, own, unread


def _own_headings() -> set[str]:
    importers = (one.importer for one in programmes.known() if one.importer)
    return {plain(h) for one in importers for names in one.columns.values() for h in names}


def _row(
    number: int,
    cells: list[str],
    columns: Mapping[str, int],
    own: Mapping[str, tuple[str, int]],
    where: Where,
) -> "CaseImportRow":
    from safar.assistance.cases.models import CaseImportRow

    row = CaseImportRow(line=number)
    texts = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
    for name in (*LONGEST, *(one for one in _READ if one not in LONGEST)):
        text = texts.get(name, "")
        try:
            if isinstance(text, Formula):
                raise Wrong("formula")
            _take(row, name, text, where)
        except Wrong as wrong:
            _refuse(row, wrong.code, name, wrong.found or text)
    if not row.key:
        _refuse(row, "no_key", "key", "")
    if not keys_of(row.name):
        _refuse(row, "no_name", "surname", row.name)
    _take_own(row, cells, own, where)
    return row


def _take(row: "CaseImportRow", name: str, text: str, where: Where) -> None:
    if reads := _READ.get(name):
        reads(row, text, where)
        return
    if len(text) > LONGEST[name]:
        raise Wrong("too_long", text)
    setattr(row, name, text)


def _take_own(
    row: "CaseImportRow", cells: list[str], own: Mapping[str, tuple[str, int]], where: Where
) -> None:
    importer = programmes.get(row.programme or where.programme).importer
    if importer is None:
        return
    at = {plain(h): name for name, headings in importer.columns.items() for h in headings}
    row.own = {
        at[heading]: cells[place][:300]
        for heading, (_text, place) in own.items()
        if heading in at and place < len(cells) and cells[place]
    }
    if why_not := importer.check(row.own):
        _refuse(row, "own", why_not[0], why_not[1])


def _refuse(row: "CaseImportRow", code: str, name: str, text: str) -> None:
    """Keep the first thing that is wrong with a line."""
    if not row.wrong:
        row.wrong, row.column, row.found = code, name[:60], text[:300]


def _programme(row: "CaseImportRow", text: str, where: Where) -> None:
    names = {plain(str(programmes.get(code).name)): code for code in where.programmes}
    code = {**names, **{one: one for one in where.programmes}}.get(plain(text))
    if text and code is None:
        raise Wrong("programme", text)
    row.programme = code or ""


def _office(row: "CaseImportRow", text: str, where: Where) -> None:
    found = [one for one in where.offices if plain(text) in (plain(one.code), plain(one.name))]
    if text and not found:
        raise Wrong("office", text)
    row.office = found[0].pk if found else None


def _opened(row: "CaseImportRow", text: str, where: Where) -> None:
    row.opened_on = _day(text, where)


def _closed(row: "CaseImportRow", text: str, where: Where) -> None:
    row.closed_on = _day(text, where)


def _day(text: str, where: Where) -> date | None:
    try:
        found: date | None = DateField(required=False).clean(text)
    except ValidationError:
        raise Wrong("date", text) from None
    if found and found > where.today:
        raise Wrong("ahead", text)
    return found


def _birth(row: "CaseImportRow", text: str, where: Where) -> None:
    try:
        row.birth = PartialDateField(required=False).clean(text)
    except ValidationError:
        raise Wrong("date", text) from None
    if row.birth and row.birth.earliest() > where.today:
        raise Wrong("ahead", text)


def _status(row: "CaseImportRow", text: str, where: Where) -> None:
    programme = row.programme or where.programme
    known = _statuses(programme)
    if text and plain(text) not in known:
        raise Wrong("status", text)
    row.status = known.get(plain(text), "")


@cache
def _statuses(programme: str) -> Mapping[str, str]:
    """What its states are called, in every language, and by their codes."""
    found = {}
    for language in ("ky", "ru", "en"):
        with translation.override(language):
            statuses = programmes.get(programme).statuses
            found.update({plain(str(name)): code for code, name in statuses.items()})
    return {**found, **{code: code for code in programmes.get(programme).statuses}}


def _by_word(name: str, words: Callable[[], Mapping[str, str]]) -> Callable[..., None]:
    def take(row: "CaseImportRow", text: str, where: Where) -> None:
        if text and plain(text) not in words():
            raise Wrong(name, text)
        setattr(row, name, words().get(plain(text), ""))

    return take


def _citizenships(row: "CaseImportRow", text: str, where: Where) -> None:
    parts = [one for one in text.replace(",", ";").replace("/", ";").split(";") if one.strip()]
    codes = [_countries().get(plain(one), "") for one in parts]
    if len(codes) > MOST_COUNTRIES or "" in codes:
        raise Wrong("country", text)
    row.citizenships = list(dict.fromkeys(codes))


def _countries() -> Mapping[str, str]:
    """Codes and names of countries, in every language that the reference data has."""
    rows = COUNTRIES.all().values()
    return _named(tuple(sorted((row.code, row.alpha3, *row.names.values()) for row in rows)))


@cache
def _named(rows: tuple[tuple[str, ...], ...]) -> Mapping[str, str]:
    return {plain(name): row[0] for row in rows for name in reversed(row) if name}


def _number(row: "CaseImportRow", text: str, where: Where) -> None:
    if not text:
        return
    for system in (NumberOf.UNHCR_PERSON, NumberOf.UNHCR_FILE):
        try:
            row.number, row.number_of = external_number(system, text), system
        except RuleBroken:
            continue
        return
    raise Wrong("number", text)


def _phone(row: "CaseImportRow", text: str, where: Where) -> None:
    if text and (len(text) > LONGEST_PHONE or len(phone_digits(text)) < FEWEST_DIGITS):
        raise Wrong("phone", text)
    row.phone = text


_READ: Final[Mapping[str, Callable[..., None]]] = {
    "programme": _programme,
    "office": _office,
    "opened_on": _opened,
    "closed_on": _closed,
    "status": _status,
    "closure": _by_word("closure", CLOSURES),
    "birth": _birth,
    "sex": _by_word("sex", SEXES),
    "citizenships": _citizenships,
    "role": _by_word("role", ROLES),
    "number": _number,
    "phone": _phone,
}


def _check_cases(rows: "list[CaseImportRow]", where: Where) -> None:
    cases: dict[str, list[CaseImportRow]] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        if row.key:
            cases.setdefault(row.key, []).append(row)
        if row.number_of == NumberOf.UNHCR_PERSON:
            if row.number in numbers:
                _refuse(row, "twice", "number", f"{row.number}, {numbers[row.number]}")
            numbers.setdefault(row.number, row.line)
    for lines in cases.values():
        _check_case(lines, where)


def _check_case(lines: "list[CaseImportRow]", where: Where) -> None:
    first, seen = lines[0], set()
    for row in lines[1:]:
        for name in OF_CASE:
            if getattr(row, name) and getattr(row, name) != getattr(first, name):
                _refuse(row, "differs", name, str(first.line))
    for row in lines:
        person = plain(row.name), str(row.birth or "")
        if person in seen:
            _refuse(row, "same_person", "surname", row.name)
        seen.add(person)
    _check_applicant(lines)
    _check_end(first, where)


def _check_applicant(lines: "list[CaseImportRow]") -> None:
    named = [row for row in lines if row.role == MemberRole.APPLICANT]
    if not named and not lines[0].role:
        lines[0].role = MemberRole.APPLICANT
    elif not named:
        _refuse(lines[0], "no_applicant", "role", lines[0].key)
    for row in named[1:]:
        _refuse(row, "two_applicants", "role", str(named[0].line))
    for row in lines:
        row.role = row.role or MemberRole.OTHER


def _check_end(first: "CaseImportRow", where: Where) -> None:
    """A closed state has its day and its how; any other has neither."""
    programme = programmes.get(first.programme or where.programme)
    status = first.status or programme.workflow.start
    ends = programme.phases[status] == Phase.CLOSED
    if ends and not (first.closed_on and first.closure):
        _refuse(first, "closing", "closed_on", "")
    if not ends and (first.closed_on or first.closure):
        _refuse(first, "not_closed", "status", programme.workflow.start)
    begun = first.opened_on or where.today
    if first.closed_on and first.closed_on < begun:
        _refuse(first, "before", "closed_on", str(first.closed_on))


def texts_of(row: Any) -> Mapping[str, str]:
    """What the programme's own columns say of a line."""
    return {str(name): str(text) for name, text in row.own.items()}
