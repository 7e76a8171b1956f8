"""How was the stay counted? Line by line, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from safar.lib.stay.counting import DAY, StayRule, Visit, window_start

SENTENCES: Final = {
    "no_limit": "No limit of days",
    "rule_window": "{limit} in any {window}: the window began on {start}",
    "rule_visit": "{limit} per visit",
    "visit": "Visit {entered} – {left}: {days}",
    "visit_part": "Visit {entered} – {left}: {days} inside the window",
    "visit_open": "Visit since {entered}: {days} up to today",
    "visit_assumed": "{entered}: entry or exit not on record, {days} counted",
    "used": "Used: {used} of {limit}",
    "until": "May stay until {until}: {days} left",
    "none_left": "No days left",
    "again": "A new visit may begin on {again}",
    "overstay": "Over the limit by {days} since {since}",
    "earlier_overstay": "Over the limit by {days} on earlier visits",
}
_DAYS: Final = frozenset({"days", "limit"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the calculation. `params` (numbers and dates) fill SENTENCES[code]."""

    code: str
    params: dict[str, int | date]

    @property
    def sentence(self) -> str:
        """The line in English."""
        return SENTENCES[self.code].format(**{k: _said(k, v) for k, v in self.params.items()})


def _said(name: str, value: int | date) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if name in _DAYS:
        return f"{value} day" if value == 1 else f"{value} days"
    return str(value)


def rule_line(rule: StayRule, today: date) -> Line:
    """The rule itself and, if it has a moving window, where that began."""
    if rule.days is None:
        return Line("no_limit", {})
    if rule.window is None:
        return Line("rule_visit", {"limit": rule.days})
    start = window_start(rule, today)
    return Line("rule_window", {"limit": rule.days, "window": rule.window, "start": start})


def visit_lines(visits: Sequence[Visit], start: date, today: date) -> list[Line]:
    """One line for each visit that touches the days from `start` to today."""
    touching = [v for v in visits if v.entered <= today and v.last_day(today) >= start]
    return [_visit_line(visit, start, today) for visit in sorted(touching, key=_entered)]


def _entered(visit: Visit) -> date:
    return visit.entered


def _visit_line(visit: Visit, start: date, today: date) -> Line:
    last = visit.last_day(today)
    days = (last - max(visit.entered, start) + DAY).days
    params: dict[str, int | date] = {"entered": visit.entered, "days": days}
    if visit.assumed:
        return Line("visit_assumed", params)
    if visit.is_open(today):
        return Line("visit_open", params)
    code = "visit_part" if visit.entered < start else "visit"
    return Line(code, params | {"left": last})
