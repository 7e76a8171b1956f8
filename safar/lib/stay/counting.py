"""Which days of stay count under a rule? The first and the last day of a visit both do."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import Final

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StayRule:
    """How long one may stay: `days` in any `window` days (60 in any 120, 90 in any 180).

    Without a window the days are per visit; without days there is no limit (citizens, the EAEU).
    """

    days: int | None
    window: int | None = None

    def __post_init__(self) -> None:
        if self.days is not None and self.days < 0:
            raise ValueError("days of stay cannot be negative")
        if self.window is not None and (self.days is None or self.window <= self.days):
            raise ValueError("the window must be longer than the days allowed in it")


@dataclass(frozen=True, slots=True, order=True)
class Visit:
    """From the day of entry to the day of exit, in the calendar of the post; open without `left`.

    Both days are days of stay: Regulation (EU) 2016/399 Art. 6(2). `assumed` marks a visit of
    which one end is not on record; only the day that is on record counts.
    """

    entered: date
    left: date | None = None
    assumed: bool = False

    def __post_init__(self) -> None:
        if self.left is not None and self.left < self.entered:
            raise ValueError("a visit cannot end before it began")

    def is_open(self, today: date) -> bool:
        """Whether they are still in the country; on the day of exit they are not."""
        return self.left is None or self.left > today

    def last_day(self, today: date) -> date:
        """The last day of the visit as far as it is known today."""
        return today if self.left is None else min(self.left, today)


Span = tuple[date, date]


def spans(visits: Iterable[Visit], today: date) -> list[Span]:
    """The days of stay up to today as separate stretches, first and last day, in order."""
    merged: list[Span] = []
    known = [(v.entered, v.last_day(today)) for v in visits if v.entered <= today]
    for first, last in sorted(known):
        if merged and first <= merged[-1][1] + DAY:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def counted(stretches: Sequence[Span], first: date, last: date) -> int:
    """Days of stay from `first` to `last`, both included; `stretches` as from `spans`."""
    days = 0
    for at in range(bisect_left(stretches, first, key=itemgetter(1)), len(stretches)):
        start, end = stretches[at]
        if start > last:
            break
        days += (min(end, last) - max(start, first)).days + 1
    return days


def window_start(rule: StayRule, day: date) -> date:
    """The first day of the window that ends with this day: 180 days with the day itself."""
    return day - ((rule.window or 1) - 1) * DAY


def used_on(stretches: Sequence[Span], rule: StayRule, day: date) -> int:
    """Days of stay in the window that ends with this day (Regulation (EU) 2016/399 Art. 6(1))."""
    return counted(stretches, window_start(rule, day), day)


def first_day_over(
    stretches: Sequence[Span], rule: StayRule, first: date, last: date
) -> date | None:
    """The first day over the limit in a stretch of unbroken stay, or None.

    In such a stretch each day adds one and drops one at most, so the count never falls and
    can be bisected.
    """
    if rule.days is None:
        return None
    length = (last - first).days + 1
    if rule.window is None:
        return first + rule.days * DAY if length > rule.days else None
    if used_on(stretches, rule, last) <= rule.days:
        return None
    at = bisect_left(
        range(length),
        rule.days + 1,
        key=lambda n: used_on(stretches, rule, first + n * DAY),
    )
    return first + at * DAY
