"""What do OFAC's remarks say: births, sex, citizenships, documents, nicknames?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from safar.control.watchlist.choices import DocumentKind
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import SHORTEST_NUMBER, Birth, document_number

MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
_DATE: Final = r"(?:(?:(\d{1,2}) )?([A-Z][a-z]{2}) )?(\d{4})"
_SPAN: Final = re.compile(rf"(circa )?{_DATE}(?: to |-){_DATE}", re.ASCII)
_BIRTH: Final = re.compile(rf"(circa )?{_DATE}", re.ASCII)
_DOCUMENT: Final = re.compile(
    r"(Passport|National ID No\.)(?: Booklet:)? (?P<number>.+?)"
    r"(?: \((?P<country>[^()]+)\))?(?: (?:issued|expires) .*)?"
)
_NICKNAME: Final = re.compile(r"a\.k\.a\. '(.+)'")
_SEX: Final = {"Male": "M", "Female": "F"}


@dataclass(slots=True)
class Remarks:
    """What was read; `unread` holds (column, text) of what should have been readable."""

    births: tuple[Birth, ...] = ()
    sex: str = ""
    citizenships: tuple[str, ...] = ()
    documents: tuple[tuple[str, str, str], ...] = ()
    nicknames: tuple[str, ...] = ()
    unread: list[tuple[str, str]] = field(default_factory=list)


def read_remarks(text: str, countries: Mapping[str, str]) -> Remarks:
    """Read the remarks; parts about anything else are passed over."""
    found = Remarks()
    for part in text.split(";"):
        _read_part(part.strip().removesuffix(".").removeprefix("alt. "), countries, found)
    return found


def _read_part(part: str, countries: Mapping[str, str], found: Remarks) -> None:
    word, _space, rest = part.partition(" ")
    if word == "DOB":
        _add_birth(rest, found)
    elif word == "Gender":
        found.sex = _SEX.get(rest, found.sex)
    elif word in ("nationality", "citizen"):
        _add_citizenship(rest, countries, found)
    elif word == "Passport" or part.startswith("National ID No."):
        _add_document(part, countries, found)
    elif nickname := _NICKNAME.fullmatch(part):
        found.nicknames += (nickname[1],)


def _add_birth(text: str, found: Remarks) -> None:
    try:
        birth = read_birth(text)
    except (ValueError, KeyError):
        found.unread.append(("birth", text))
        return
    if birth not in found.births:
        found.births += (birth,)


def read_birth(text: str) -> Birth:
    """Read `10 Dec 1948`, `Dec 1948`, `1948`, `circa 1962`, `1960 to 1965`, `circa 1960-1962`.

    Raises:
        ValueError, KeyError: another shape, or no such day or month.
    """
    if span := _SPAN.fullmatch(text):
        circa, *parts = span.groups()
        first, last = _date(*parts[:3]), _date(*parts[3:])
        if first.year > last.year:
            raise ValueError(text)
        year_to = last.year if last.year > first.year else None
        return Birth(PartialDate(first.year), year_to, bool(circa))
    if not (one := _BIRTH.fullmatch(text)):
        raise ValueError(text)
    circa, *parts = one.groups()
    return Birth(_date(*parts), None, bool(circa))


def _date(day: str | None, month: str | None, year: str) -> PartialDate:
    return PartialDate(int(year), MONTHS[month] if month else None, int(day) if day else None)


def _add_citizenship(text: str, countries: Mapping[str, str], found: Remarks) -> None:
    name = text.removeprefix("possibly ")
    code = countries.get(name)
    if code is None:
        found.unread.append(("country", name))
    elif code not in found.citizenships:
        found.citizenships += (code,)


def _add_document(part: str, countries: Mapping[str, str], found: Remarks) -> None:
    match = _DOCUMENT.fullmatch(part)
    number = document_number(match["number"]) if match else ""
    if match is None or not SHORTEST_NUMBER <= len(number) <= 60:
        found.unread.append(("document", part))
        return
    kind = DocumentKind.PASSPORT if match[1] == "Passport" else DocumentKind.IDENTITY
    code = countries.get(match["country"] or "", "")
    if match["country"] and not code:
        found.unread.append(("country", match["country"]))
    document = (str(kind), code, number)
    if document not in found.documents:
        found.documents += (document,)
