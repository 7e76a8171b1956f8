"""Which panels does the page of crossings show, with which chart over which tables?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from safar.insight.statistics.queries import places, times, traits
from safar.insight.statistics.queries.sources import Sources
from safar.insight.statistics.queries.words import Written, span
from safar.insight.statistics.rules.tables import Row, Table, Value
from safar.ui.charts import Chart, Number, bars, heat, pyramid, time_series

MOST_BARS = 12


@dataclass(frozen=True)
class Panel:
    """A heading, what is counted, a chart, and under it the tables that it was drawn from."""

    slug: str
    title: str
    counted: str
    chart: Chart | None
    tables: tuple[Written, ...]
    is_wide: bool = False


def crossings(sources: Sources) -> list[Panel]:
    """All panels of the page. Whatever is drawn is read from the tables: nothing else leaves."""
    when, one_way = span(sources.asked.period), traits.one_way(sources)
    movements = _("movements, not persons")
    days, weeks = times.by_day(sources), times.by_week(sources)
    posts, hours = places.by_post(sources), times.by_weekday_and_hour(sources)
    citizenships, ages = traits.by_citizenship(sources), traits.by_age_and_sex(sources)
    matrix, refusals = traits.by_citizenship_and_post(sources), places.refusals_by_ground(sources)
    return [
        _panel("by-day", _("Entries and exits by day"), movements, _lines(days, when), weeks, days,
               is_wide=True),
        _panel("by-post", str(posts.title), movements, _bars(posts, 4, when), posts),
        _panel("by-citizenship", str(citizenships.title), f"{one_way}: {movements}",
               _bars(citizenships, 2, when), citizenships),
        _panel("by-age", str(ages.title), f"{one_way}: {movements}", _pyramid(ages, when), ages),
        _panel("by-ground", str(refusals.title), _("times a ground was given"),
               _bars(refusals, 2, when, name=1), refusals),
        _panel("by-pair", str(matrix.title), f"{one_way}: {movements}",
               _heat(matrix, when, skewed=True), matrix, is_wide=True),
        _panel("by-hour", str(hours.title), movements, _heat(hours, when), hours, is_wide=True),
    ]  # fmt: skip


def _panel(
    slug: str, title: str, counted: str, chart: Chart | None, *tables: Table, is_wide: bool = False
) -> Panel:
    return Panel(slug, title, counted, chart, tuple(map(Written, tables)), is_wide)


def _lines(days: Table, when: str) -> Chart:
    def column(place: int) -> list[Number | None]:
        return [_number(row[place]) for row in days.rows]

    return time_series(
        [row[0] for row in days.rows if isinstance(row[0], date)],
        {_("Entries"): column(1), _("Exits"): column(2)},
        (column(4), column(5)),
        title=_("Entries and exits by day, %(when)s") % {"when": when},
        band_label=_("usual range"),
    )


def _bars(table: Table, place: int, when: str, *, name: int = 0) -> Chart | None:
    rows = [(str(row[name]), _number(row[place])) for row in table.rows[:MOST_BARS]]
    return bars(rows, title=f"{table.title}, {when}") if rows else None


def _pyramid(ages: Table, when: str) -> Chart | None:
    rows = [(str(row[0]), _number(row[1]), _number(row[2])) for row in ages.rows[:-1]]
    sides = (str(ages.columns[1]), str(ages.columns[2]))
    return pyramid(rows, title=f"{ages.title}, {when}", sides=sides, missing="<5") if rows else None


def _heat(table: Table, when: str, *, skewed: bool = False) -> Chart | None:
    """The cells between the name of a row and its sum."""
    values = [[_number(cell) for cell in row[1:-1]] for row in table.rows]
    if not values:
        return None
    names, heads = _texts(table.rows), [str(column) for column in table.columns[1:-1]]
    return heat(names, heads, values, title=f"{table.title}, {when}", skewed=skewed)


def _texts(rows: Sequence[Row]) -> list[str]:
    return [str(row[0]) for row in rows]


def _number(value: Value) -> Number | None:
    return value if isinstance(value, int | Decimal) else None
