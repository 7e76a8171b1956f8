"""A traveller's stay and particulars in words and as a calendar, in the language of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from safar.control.border.queries.travellers import FileStay
from safar.control.border.screen import partial
from safar.control.travellers.choices import Sex
from safar.control.travellers.models import TravelDocument
from safar.lib.stay import CalendarDay, Irregularity, Line
from safar.reference import queries as reference
from safar.ui.days import written

STAY: dict[str, Any] = {
    "no_limit": gettext_lazy("No limit of days"),
    "rule_window": gettext_lazy("{limit} in any {window} days: the window began on {start}"),
    "rule_visit": gettext_lazy("{limit} per visit"),
    "visit": gettext_lazy("Visit {entered} – {left}: {days}"),
    "visit_part": gettext_lazy("Visit {entered} – {left}: {days} inside the window"),
    "visit_open": gettext_lazy("Visit since {entered}: {days} up to today"),
    "visit_assumed": gettext_lazy("{entered}: entry or exit not on record, {days} counted"),
    "used": gettext_lazy("Used: {used} of {limit}"),
    "until": gettext_lazy("May stay until {until}: {days} left"),
    "none_left": gettext_lazy("No days left"),
    "again": gettext_lazy("A new visit may begin on {again}"),
    "overstay": gettext_lazy("Over the limit by {days} since {since}"),
    "earlier_overstay": gettext_lazy("Over the limit by {days} on earlier visits"),
}
GAPS: dict[str, Any] = {
    "two_entries": gettext_lazy(
        "Two entries in a row, on {first} and {on}: no exit between them is on record"
    ),
    "open_entry": gettext_lazy("Entry on {on}: no exit is on record"),
    "exit_alone": gettext_lazy("Exit on {on}: no entry before it is on record"),
}
IN_DAYS = frozenset({"days", "limit"})
CELL, STEP, LEFT, TOP = 19, 21.5, 34, 22  # the day calendar's measures, in SVG units


@dataclass(frozen=True)
class Told:
    """A line of the calculation, with the tone it is shown in."""

    text: str
    tone: str


@dataclass(frozen=True)
class Cell:
    """A day; its place is ready for the page, because no language may write it with a comma."""

    x: str
    y: str
    look: str
    title: str


@dataclass(frozen=True)
class Calendar:
    """The window day by day: a row for each month, a column for each day of the month."""

    cells: tuple[Cell, ...]
    months: tuple[tuple[str, str], ...]
    days: tuple[tuple[str, int], ...]
    height: str
    counted: int
    over: int


def stay(counted: FileStay) -> list[Told]:
    """The calculation line by line, and the gaps in the record."""
    gaps = [Told(_gap(gap), "check") for gap in counted.gaps]
    if counted.is_citizen:
        return [Told(_("A citizen: no limit of days."), ""), *gaps]
    if counted.rule is None:
        country = reference.country_name(counted.citizenship)
        text = _("Citizens of {country} need a visa: no visa-free days are counted.")
        return [Told(text.format(country=country), ""), *gaps]
    if counted.stay is None:
        return [Told(str(STAY["no_limit"]), ""), *gaps]
    return [*(_line(line) for line in counted.stay.explanation), *gaps]


def _line(line: Line) -> Told:
    params = {name: _said(name, value) for name, value in line.params.items()}
    is_over = line.code in ("overstay", "none_left")
    return Told(str(STAY[line.code]).format(**params), "check" if is_over else "")


def _gap(gap: Irregularity) -> str:
    return str(GAPS[gap.code]).format(**{name: day(value) for name, value in gap.params.items()})


def _said(name: str, value: int | date) -> str:
    if isinstance(value, date):
        return day(value)
    if name in IN_DAYS:
        return ngettext("{n} day", "{n} days", value).format(n=value)
    return str(value)


def day(value: date) -> str:
    return written(value, "j M Y")


def calendar(days: Sequence[CalendarDay]) -> Calendar:
    """Place the days of the window on the grid of the picture."""
    months = sorted({(one.on.year, one.on.month) for one in days})
    rows = {month: TOP + number * STEP for number, month in enumerate(months)}
    cells = tuple(
        Cell(
            x=f"{_column(one.on.day):g}",
            y=f"{rows[one.on.year, one.on.month]:g}",
            look="c-over-bg" if one.over else "c-in" if one.counted else "c-dim",
            title=f"{day(one.on)}: {_state(one)}",
        )
        for one in days
    )
    return Calendar(
        cells=cells,
        months=tuple(
            (f"{rows[month] + 14:g}", str(MONTHS_3[month[1]]).capitalize()) for month in months
        ),
        days=tuple(
            (f"{_column(number) + CELL / 2:g}", number) for number in (1, 5, 10, 15, 20, 25, 30)
        ),
        height=f"{TOP + len(months) * STEP:g}",
        counted=sum(one.counted for one in days),
        over=sum(one.over for one in days),
    )


def _column(number: int) -> float:
    return LEFT + (number - 1) * STEP


def _state(one: CalendarDay) -> str:
    if one.over:
        return _("over the limit")
    return _("counted") if one.counted else _("not here")


def person(paper: TravelDocument, today: date) -> list[tuple[str, str, bool]]:
    """Who the traveller is, as her newest document says: label, text, whether it is a code."""
    age = paper.birth.age_on(today) if paper.birth else None
    years = ngettext("{n} year", "{n} years", age).format(n=age) if age is not None else ""
    rows = [
        (_("Born"), ", ".join(part for part in (partial(paper.birth), years) if part), False),
        (_("Sex"), str(Sex(paper.sex).label), False),
        (_("Citizen of"), reference.country_name(paper.nationality), False),
    ]
    if paper.personal_number:
        rows.append((_("Personal no."), paper.personal_number, True))
    return rows
