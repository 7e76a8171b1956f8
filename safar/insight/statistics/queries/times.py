"""How many crossed, day by day, week by week, and at which hours?"""

from collections import Counter
from datetime import date

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from safar.insight.statistics.queries.sources import ENTRY, EXIT, Sources
from safar.insight.statistics.rules.periods import Period, Usual, usual
from safar.insight.statistics.rules.tables import Row, Table, Value

HOURS = range(24)


def usual_of(sources: Sources, day: date) -> Usual | None:
    """What is usual on a day: of entries, or of exits where only those were asked for."""
    way = sources.traits_direction
    return usual({on: count for (on, to), count in sources.days.items() if to == way}, day)


def by_day(sources: Sources) -> Table:
    rows = tuple(_row(sources, Period(day, day)) for day in sources.asked.period.days())
    columns = (_("Day"), *_columns())
    return Table("days", _("Crossings by day"), columns, rows, _total(rows), _note())


def by_week(sources: Sources) -> Table:
    rows = tuple(_row(sources, week) for week in sources.asked.period.weeks())
    columns = (_("Week from"), *_columns())
    return Table("weeks", _("Crossings by week"), columns, rows, _total(rows), _note())


def by_weekday_and_hour(sources: Sources) -> Table:
    """The hours of the week: crossings in all of the period, so that nothing is rounded."""
    found: Counter[tuple[int, int]] = Counter()
    period = sources.asked.period
    for (day, hour, _way), count in sources.hours.items():
        if period.first <= day <= period.last:
            found[day.weekday(), hour] += count
    rows = tuple(_weekday(weekday, found) for weekday in range(7))
    columns = (_("Weekday"), *(f"{hour:02d}" for hour in HOURS), _("Day"))
    note = _("All crossings of the period, by the clock of the post.")
    title = _("Crossings by weekday and hour")
    return Table("hours", title, columns, rows, _total(rows), note)


def _weekday(weekday: int, found: Counter[tuple[int, int]]) -> Row:
    counts = [found[weekday, hour] for hour in HOURS]
    return (str(WEEKDAYS_ABBR[weekday]), *counts, sum(counts))


def _row(sources: Sources, period: Period) -> Row:
    entries, exits = (
        sum(sources.days.get((day, way), 0) for day in period.days()) for way in (ENTRY, EXIT)
    )
    ranges = [usual_of(sources, day) for day in period.days()]
    known = [found for found in ranges if found]
    if len(known) < len(ranges):
        return period.first, entries, exits, entries + exits, None, None
    low, high = sum(found.low for found in known), sum(found.high for found in known)
    return period.first, entries, exits, entries + exits, low, high


def _columns() -> tuple[str, ...]:
    return _("Entries"), _("Exits"), _("Both"), _("Usual, from"), _("Usual, to")


def _note() -> str:
    return _(
        "Movements, not persons, in the post’s own calendar. Usual: the lowest and highest of the "
        "same weekday in the eight weeks before, a tenth wider; of entries, or of exits where only "
        "exits are shown. Empty where there are too few earlier weeks."
    )


def _total(rows: tuple[Row, ...]) -> Row:
    """The sums of the columns; empty where a row has none."""
    return (_("All"), *(_sum([row[place] for row in rows]) for place in range(1, len(rows[0]))))


def _sum(values: list[Value]) -> int | None:
    known = [value for value in values if isinstance(value, int)]
    return sum(known) if len(known) == len(values) else None
