"""What does one cell of a list of cases say?"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.utils import translation

from safar.assistance.cases import programmes
from safar.assistance.cases.case_list.shapes import Where, Wrong
from safar.assistance.cases.case_words import CLOSURES, ROLES, SEXES, plain
from safar.assistance.cases.choices.people import NumberOf
from safar.assistance.cases.numbers import external_number, phone_digits
from safar.core.errors import RuleBroken
from safar.reference.queries import COUNTRIES
from safar.ui.forms import DateField, PartialDateField

if TYPE_CHECKING:
    from safar.assistance.cases.models import CaseImportRow

LONGEST: Final = {"key": 60, "scheme": 30, "surname": 80, "given_names": 80, "patronymic": 80}
MOST_COUNTRIES, FEWEST_DIGITS, LONGEST_PHONE = 4, 5, 40


def take(row: "CaseImportRow", name: str, text: str, where: Where) -> None:
    """Keep a text on its line, as what it says.

    Raises:
        Wrong: it says nothing that could be kept.
    """
    if reads := _READ.get(name):
        reads(row, text, where)
        return
    if len(text) > LONGEST[name]:
        raise Wrong("too_long", text)
    setattr(row, name, text)


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
    def keep(row: "CaseImportRow", text: str, where: Where) -> None:
        if text and plain(text) not in words():
            raise Wrong(name, text)
        setattr(row, name, words().get(plain(text), ""))

    return keep


def _citizenships(row: "CaseImportRow", text: str, where: Where) -> None:
    parts = [one for one in text.replace(",", ";").replace("/", ";").split(";") if one.strip()]
    codes = [_countries().get(plain(one), "") for one in parts]
    if len(codes) > MOST_COUNTRIES or "" in codes:
        raise Wrong("country", text)
    row.citizenships = list(dict.fromkeys(codes))


def country(text: str) -> str:
    """The code of a country that is named in any language, or by a code; empty where unknown."""
    return _countries().get(plain(text), "")


def _countries() -> Mapping[str, str]:
    """Codes and names of countries, in every language that the reference data has.

    Made once for as long as the reference data are the same: a list asks ten thousand times.
    """
    rows = COUNTRIES.all()
    if _named.get("of") is not rows:
        every = sorted((row.code, row.alpha3, *row.names.values()) for row in rows.values())
        names = {plain(name): row[0] for row in every for name in reversed(row) if name}
        _named.update({"of": rows, "names": names})
    found: Mapping[str, str] = _named["names"]
    return found


_named: Final[dict[str, Any]] = {}


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

FIELDS: Final = (*LONGEST, *_READ)
