"""How many days have they used, how many are left, until when, and are they over?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safar.lib.stay.counting import (
    DAY,
    Span,
    StayRule,
    Visit,
    counted,
    first_day_over,
    spans,
    used_on,
    window_start,
)
from safar.lib.stay.explaining import Line, rule_line, visit_lines


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of the window: was it a day of stay, and one over the limit?"""

    on: date
    counted: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Stay:
    """The answer for one day.

    `used`: days of stay in the window that ends today (of the open visit, without a window).
    `left`: days they may still stay on without leaving; for one who is inside today is used
    already, for one who arrives it is the first. None means no limit.
    `until`: the last lawful day if they stay on; None without a limit or without a lawful day.
    `overstay`, `since`: days over the limit of the open visit, and the first of them.
    `earlier_overstay`: days over the limit on closed visits. `again`: the first day on which a
    new visit could begin, for one who is outside and has no days left.
    """

    used: int
    left: int | None
    until: date | None
    overstay: int
    since: date | None
    earlier_overstay: int
    again: date | None
    explanation: tuple[Line, ...]
    calendar: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True)
class Overstay:
    """Days after the permitted stay, and the first of them."""

    days: int
    since: date | None


def overstay_on_exit(entered: date, permitted_until: date, today: date) -> Overstay:
    """Overstay against the day that a decision set, whatever the general rule says."""
    since = max(permitted_until + DAY, entered)
    return Overstay(0, None) if today < since else Overstay((today - since).days + 1, since)


def stay(visits: Sequence[Visit], rule: StayRule, today: date) -> Stay:
    """The stay as of today: for one inside (a visit is open) or arriving today (none is).

    Visits that begin after today are left out; days are those of the post's own calendar.
    """
    past = [v for v in visits if v.entered <= today]
    inside = [v for v in past if v.is_open(today)]
    stretches = spans(past, today)
    entered = min((v.entered for v in inside), default=None)
    used = _used(stretches, rule, entered, today)
    over_days = _over_spans(past, stretches, rule, today)
    since = next((s for v, (s, _) in over_days if v.is_open(today)), None)
    overstay = (today - since).days + 1 if since else 0
    earlier = counted(
        _merged([span for v, span in over_days if not v.is_open(today)]), date.min, today
    )
    until = _until(stretches, rule, entered, since, today)
    left = _left(rule, entered, until, today)
    again = _again(stretches, rule, today) if left == 0 and not inside else None
    answer = Stay(used, left, until, overstay, since, earlier, again, (), ())
    start = _start(past, rule, today)
    calendar = _calendar(stretches, [span for _, span in over_days], start, today)
    lines = _lines(answer, past, rule, start, today)
    return Stay(used, left, until, overstay, since, earlier, again, lines, calendar)


def _merged(over: Sequence[Span]) -> list[Span]:
    return spans([Visit(first, last) for first, last in over], date.max)


def _used(stretches: Sequence[Span], rule: StayRule, entered: date | None, today: date) -> int:
    if rule.window is not None:
        return used_on(stretches, rule, today)
    return (today - entered).days + 1 if entered else 0


def _over_spans(
    visits: Sequence[Visit], stretches: Sequence[Span], rule: StayRule, today: date
) -> list[tuple[Visit, Span]]:
    """For each visit that went over the limit, its days over it."""
    found = []
    for visit in visits:
        last = visit.last_day(today)
        first = first_day_over(stretches, rule, visit.entered, last)
        if first:
            found.append((visit, (first, last)))
    return sorted(found, key=lambda pair: pair[1])


def _until(
    stretches: Sequence[Span],
    rule: StayRule,
    entered: date | None,
    since: date | None,
    today: date,
) -> date | None:
    """The last lawful day if they stay on from today (or came today) without leaving."""
    if rule.days is None:
        return None
    begun = entered or today
    if since:
        return since - DAY if since > begun else None
    if rule.window is None:
        return begun + (rule.days - 1) * DAY if rule.days else None
    horizon = today + (rule.days + 1) * DAY
    staying = _merged([*stretches, (today, horizon)])
    over = first_day_over(staying, rule, today, horizon)
    return over - DAY if over and over > begun else None


def _left(rule: StayRule, entered: date | None, until: date | None, today: date) -> int | None:
    if rule.days is None:
        return None
    if until is None:
        return 0
    return max(0, (until - today).days + (0 if entered else 1))


def _again(stretches: Sequence[Span], rule: StayRule, today: date) -> date | None:
    """The first day on which one more day of stay is within the limit; None if never."""
    if not rule.days or rule.window is None:
        return None
    day = today
    while counted(stretches, window_start(rule, day), day - DAY) >= rule.days:
        day += DAY
    return day


def _start(visits: Sequence[Visit], rule: StayRule, today: date) -> date:
    """Where calendar and explanation begin: with the window, or with the latest visit."""
    if rule.window is not None:
        return window_start(rule, today)
    inside = [v.entered for v in visits if v.is_open(today)]
    return min(inside) if inside else max((v.entered for v in visits), default=today)


def _calendar(
    stretches: Sequence[Span], over: Sequence[Span], start: date, today: date
) -> tuple[CalendarDay, ...]:
    stretches = [span for span in stretches if span[1] >= start]
    over = [span for span in over if span[1] >= start]
    days = (start + n * DAY for n in range((today - start).days + 1))
    return tuple(CalendarDay(day, _within(day, stretches), _within(day, over)) for day in days)


def _within(day: date, stretches: Sequence[Span]) -> bool:
    return any(first <= day <= last for first, last in stretches)


def _lines(
    answer: Stay, visits: Sequence[Visit], rule: StayRule, start: date, today: date
) -> tuple[Line, ...]:
    lines = [rule_line(rule, today), *visit_lines(visits, start, today)]
    if rule.days is None:
        return tuple(lines)
    lines.append(Line("used", {"used": answer.used, "limit": rule.days}))
    if answer.earlier_overstay:
        lines.append(Line("earlier_overstay", {"days": answer.earlier_overstay}))
    if answer.since:
        lines.append(Line("overstay", {"days": answer.overstay, "since": answer.since}))
    elif answer.until:
        lines.append(Line("until", {"until": answer.until, "days": answer.left or 0}))
    else:
        lines.append(Line("none_left", {}))
    if answer.again:
        lines.append(Line("again", {"again": answer.again}))
    return tuple(lines)
