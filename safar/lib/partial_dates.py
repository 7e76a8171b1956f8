"""How is a date kept of which only the year, or the year and the month, are known?

Dates of birth in travel documents may lack day and month (ICAO Doc 9303-3 §4.8); they are
never filled in with 1 January.
"""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date
from typing import Self

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, order=False)
class PartialDate:
    """A year, perhaps with a month, perhaps with a day.

    Raises:
        ValueError: the parts make no date (month 13, 30 February, a day without a month).
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise ValueError("The year must be between 1 and 9999.")
        if self.month is None:
            if self.day is not None:
                raise ValueError("A day needs a month.")
        elif not 1 <= self.month <= 12:
            raise ValueError("The month must be between 1 and 12.")
        elif self.day is not None and not 1 <= self.day <= _days_in(self.year, self.month):
            raise ValueError("The month has no such day.")

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `1984-05-17`, `1984-05` or `1984`; an empty text is None, anything else raises.

        Raises:
            ValueError: the text is not of this shape, or names a day that does not exist.
        """
        text = text.strip()
        if not text:
            return None
        found = _ISO.fullmatch(text)
        if found is None:
            raise ValueError("Write the date as 1984-05-17, 1984-05 or 1984.")
        year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def of(cls, day: date) -> Self:
        """The whole date of a calendar day."""
        return cls(day.year, day.month, day.day)

    @property
    def is_full(self) -> bool:
        return self.day is not None

    def agrees(self, other: "PartialDate") -> bool:
        """Whether both may be the same day, as far as both are known."""
        if self.year != other.year:
            return False
        if self.month is None or other.month is None:
            return True
        if self.month != other.month:
            return False
        return self.day is None or other.day is None or self.day == other.day

    def earliest(self) -> date:
        """The first day that this date can be."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day that this date can be."""
        month = self.month or 12
        return date(self.year, month, self.day or _days_in(self.year, month))

    def age_on(self, day: date) -> int | None:
        """Completed years on a day; None where the known parts leave two answers, or before birth.

        Somebody born on 29 February completes a year on 1 March of a common year.
        """
        oldest = _years_between(self.earliest(), day)
        youngest = _years_between(self.latest(), day)
        return oldest if oldest == youngest and youngest >= 0 else None


def _days_in(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else _DAYS[month]


def _years_between(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
