"""Until which day must an address be registered, and how late was it?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
MOST_DAYS: Final = 366


@dataclass(frozen=True)
class Term:
    """How many days there are for the registration, by which act.

    `free`: citizens of these states need not register; where they do, they are never late.
    """

    days: int
    working: bool
    act: str = ""
    free: tuple[str, ...] = ()


# What the form for a first rule begins with: no law, and nobody is late by it.
DEFAULT: Final = Term(5, working=True)


def due(came: date, term: Term) -> date:
    """The last day for it; the day of coming does not count. Working days: Monday to Friday."""
    if not 0 < term.days <= MOST_DAYS:
        raise ValueError("a term has at least one day and at most a year")
    if not term.working:
        return came + term.days * DAY
    day, left = came, term.days
    while left:
        day += DAY
        left -= day.weekday() < SATURDAY
    return day


def days_late(came: date, registered: date, term: Term) -> int:
    """Calendar days after the last day for it; 0 in time."""
    return max(0, (registered - due(came, term)).days)
