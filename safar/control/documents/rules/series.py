"""Which kinds of documents does a state issue, in which number series, for how many years?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from safar.control.travellers.read_document import ReadDocument
from safar.lib.partial_dates import PartialDate

PATTERN: Final = r"^[A-Z0-9#@?]{4,20}$"
TERMS: Final = r"^[0-9]{1,2}:[0-9]{1,2}(\|[0-9]{1,2})*( [0-9]{1,2}:[0-9]{1,2}(\|[0-9]{1,2})*)*$"
HIGH: Final = "high"
DAYS_OFF: Final = timedelta(days=2)  # the last day is the day of issue of a later year, or before
OLDEST: Final = 150  # years
_SIGNS: Final = {"#": "[0-9]", "@": "[A-Z]", "?": "[A-Z0-9]"}
_ALIKE: Final = ({"P", "PP"}, {"I", "ID"})


class Term(NamedTuple):
    """For how many years a document is issued to people from an age on; any of `years`."""

    from_age: int
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A kind of document that a state issues, in one series of numbers.

    `pattern`: `#` a digit, `@` a letter, `?` either, other signs themselves; empty: not known.
    `terms` empty: not known. `since`, `until`: first and last day of issue, None: not known.
    """

    code: str
    issuer: str
    kind: str
    pattern: str = ""
    terms: tuple[Term, ...] = ()
    personal_number: str = ""
    since: date | None = None
    until: date | None = None
    confidence: str = "low"

    @property
    def is_sure(self) -> bool:
        return self.confidence == HIGH

    def numbers(self, number: str) -> bool:
        """Whether a document number may be of this series; any, where the pattern is not known."""
        return not self.pattern or _form(self.pattern).fullmatch(number) is not None

    @property
    def longest(self) -> int | None:
        """The longest term in years, None where it is not known."""
        return max((max(term.years) for term in self.terms), default=None)

    def latest_expiry(self, birth: PartialDate | None, today: date) -> date | None:
        """The last day that a document issued by today may name; None where no term is known.

        The term goes by the holder's age at issue: the last days of each band of age count.
        """
        ends = []
        for place, term in enumerate(self.terms):
            last = today
            if birth and today < years_on(birth.earliest(), term.from_age):
                continue
            if birth and place + 1 < len(self.terms):
                last = min(today, years_on(birth.latest(), self.terms[place + 1].from_age))
            ends.append(years_on(last, max(term.years)) + DAYS_OFF)
        return max(ends, default=None)

    def runs_to(self, issued: date, expires: date, birth: PartialDate | None) -> bool:
        """Whether a document issued on a day may run to another; true where no term is known."""
        allowed = self._years(issued, birth)
        ends = [years_on(issued, years) for years in allowed]
        return not ends or any(abs(end - expires) <= DAYS_OFF for end in ends)

    def _years(self, issued: date, birth: PartialDate | None) -> set[int]:
        """The terms that may hold for the holder's age on a day; all where her age is unknown."""
        if birth is None:
            return {years for term in self.terms for years in term.years}
        oldest, youngest = birth.earliest(), birth.latest()
        found: set[int] = set()
        for place, term in enumerate(self.terms):
            later = self.terms[place + 1].from_age if place + 1 < len(self.terms) else OLDEST
            if years_on(oldest, term.from_age) <= issued < years_on(youngest, later):
                found.update(term.years)
        return found


def parse_terms(text: str) -> tuple[Term, ...]:
    """Read terms as they are written: `0:5 16:10` is five years, and ten from the age of 16 on.

    `5|10` names two terms that a state offers. Empty text: not known.

    Raises:
        ValueError: the text has another form, or ages do not begin with 0 and rise.
    """
    if not text:
        return ()
    if not re.fullmatch(TERMS, text):
        raise ValueError("Terms are written as 0:5 16:10.")
    found = tuple(_term(part) for part in text.split(" "))
    ages = [term.from_age for term in found]
    if ages[0] != 0 or ages != sorted(set(ages)) or any(0 in term.years for term in found):
        raise ValueError("The ages begin with 0 and rise; a term has at least one year.")
    return found


def _term(part: str) -> Term:
    age, _, years = part.partition(":")
    return Term(int(age), tuple(int(one) for one in years.split("|")))


def same_kind(document: str, series: str) -> bool:
    """Whether a zone's document code names a series' kind: `P` is `PP`, `I` is `ID`."""
    return document == series or any({document, series} <= alike for alike in _ALIKE)


def of_kind(document: ReadDocument, series: Sequence[Series]) -> list[Series]:
    """Those of a state's series that are of a document's issuer and kind."""
    return [
        one
        for one in series
        if one.issuer == document.issuer and same_kind(document.kind, one.kind)
    ]


def years_on(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th. Stays within the calendar."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


@cache
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_SIGNS.get(sign, re.escape(sign)) for sign in pattern))
