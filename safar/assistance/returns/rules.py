"""What is lawful in a return, and when it is due. Plain values in, plain values out."""

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from safar.lib.partial_dates import PartialDate

ADULT_AGE = 18
PLAN_WITHIN_MONTHS = 1  # IOM reintegration handbook, module 2: the plan within a month of return
MONITORED_AFTER_MONTHS = (1, 6, 12)  # after arrival (MISSION B3)
EARLY, LATE = timedelta(days=14), timedelta(days=30)  # the window around a monitoring visit
FOLLOW_UP = "returns.month_{}"
ASSESSMENT = "returns.assessment"  # the follow-up after a yes to the questions on vulnerability
# Our own rules, until a mission's letter or the chief of mission says otherwise:
CLAIM_NEAR = timedelta(days=30)  # from here on the end of a claim is spoken of
REPORT_WITHIN = timedelta(days=14)  # of the day on which a visit was closed
ASSESS_WITHIN = timedelta(days=7)  # of the questions on vulnerability


@dataclass(frozen=True)
class Window:
    """When a monitoring visit may be made: not before, not after; `ideal` is the day itself."""

    months: int
    earliest: date
    ideal: date
    latest: date


@dataclass(frozen=True)
class Line:
    """A line of a donor's scheme: how much at the most, for whom, given how.

    `per` is the case, each adult, or each child; money has always its currency.
    """

    purpose: str
    given: str
    per: str
    ceiling: Decimal
    currency: str


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def monitoring_windows(arrived_on: date) -> list[Window]:
    """Return the windows of the visits at one, six and twelve months after arrival."""
    days = [(months, months_later(arrived_on, months)) for months in MONITORED_AFTER_MONTHS]
    return [Window(months, day - EARLY, day, day + LATE) for months, day in days]


def plan_due(arrived_on: date) -> date:
    """Return by when the reintegration plan is to be agreed."""
    return months_later(arrived_on, PLAN_WITHIN_MONTHS)


def claim_by(arrived_on: date, months: int) -> date:
    """Return the last day on which a scheme's help may be claimed."""
    return months_later(arrived_on, months)


def is_homeland(country: str, citizenships: Collection[str]) -> bool:
    """Whether a country is the person's own: nobody is returned anywhere else."""
    return bool(country) and country in citizenships


def is_child(birth: PartialDate | None, day: date) -> bool:
    """Whether she may be under 18 on a day: where the birth is known in part, the later counts.

    Whose age is not known at all is treated as a child: a guardian signs with her.
    """
    if birth is None:
        return True
    age = PartialDate.of(birth.latest()).age_on(day)
    return age is None or age < ADULT_AGE


def entitlement(lines: Sequence[Line], *, adults: int, children: int) -> list[Line]:
    """Return what a family may get at the most by a scheme's lines, line by line."""
    heads = {"case": 1, "adult": adults, "child": children}
    return [
        Line(line.purpose, line.given, line.per, line.ceiling * heads[line.per], line.currency)
        for line in lines
        if heads[line.per]
    ]


def months_of(code: str) -> int | None:
    """Return after how many months a follow-up of this code is; None where it is no such visit."""
    head, _dot, months = code.rpartition("_")
    return int(months) if f"{head}_{{}}" == FOLLOW_UP and months.isdecimal() else None
