"""How does a text from a foreign file become one that can be kept and compared?"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from safar.control.watchlist.choices import DocumentKind
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import SHORTEST_NUMBER, Birth, document_number

LONGEST_NAME: Final = 300
LONGEST_KEY: Final = 60
LONGEST_NUMBER: Final = 40
LONGEST_REMARKS: Final = 8000
FIRST_YEAR, LAST_YEAR = 1800, 2200
_JOINERS: Final = "\u200c\u200d"  # Persian names hold them
_UNSEEN: Final = ("Cc", "Cs", "Co", "Cn", "Cf")


def one_line(text: str) -> str:
    """The text without signs that nobody sees, its blanks as single ones."""
    if not text.isprintable():
        text = "".join(_seen(sign) for sign in text)
    return " ".join(text.split())


def _seen(sign: str) -> str:
    if sign.isspace():
        return " "
    hidden = unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS
    return "" if hidden else sign


def remarks(parts: Iterable[str]) -> str:
    """Several remarks, one a line; very long ones are cut."""
    return "\n".join(dict.fromkeys(line for part in parts if (line := one_line(part))))[
        :LONGEST_REMARKS
    ]


def each_once(names: Iterable[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    """Every (name, is weak) once, in order; a name that is also a good one is no weak one."""
    once: dict[str, bool] = {}
    for name, weak in names:
        if name:
            once[name] = once.get(name, True) and weak
    return tuple(once.items())


def birth(text: str, *, about: bool = False) -> Birth:
    """Read `1984-05-17`, `1984-05`, `1984`; whatever follows a whole date is passed over.

    Raises:
        ValueError: another shape, no such day, or a year that no traveller was born in.
    """
    date = PartialDate.parse(text[:10].strip())
    return checked(date, about=about)


def checked(date: PartialDate | None, year_to: int | None = None, *, about: bool = False) -> Birth:
    if date is None or not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise ValueError(date)
    if year_to is not None and not date.year <= year_to <= LAST_YEAR:
        raise ValueError(year_to)
    return Birth(date, year_to if year_to != date.year else None, about)


def document(kind: DocumentKind, issuer: str, text: str) -> tuple[str, str, str]:
    """A document as entries keep it: (kind, ICAO code or '', number in A-Z and 0-9).

    Raises:
        ValueError: it has no digit, or is too short or too long to be a number.
    """
    number = document_number(text.replace("№", " "))
    right_length = SHORTEST_NUMBER <= len(number) <= LONGEST_NUMBER
    if not right_length or not any(sign.isdigit() for sign in number):
        raise ValueError(text)
    return str(kind), issuer, number
