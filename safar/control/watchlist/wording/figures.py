"""How are a list's figures drawn, and how do they stand in a CSV file?"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from safar.control.watchlist.choices import HitStatus
from safar.control.watchlist.queries import Figures
from safar.ui import charts as drawn
from safar.ui.charts import Chart

HEADER: Final = ("figure", "of", "value")


def age_names() -> tuple[str, ...]:
    return (
        _("Under 30 days"),
        _("30 to 89 days"),
        _("90 days to a year"),
        _("One to three years"),
        _("Over three years"),
    )


def charts(counted: Figures) -> dict[str, Chart]:
    """The charts of the page by name."""
    return {
        "ages": drawn.bars(
            list(zip(age_names(), counted.ages, strict=True)),
            title=_("Entries in force by age"),
            columns=(_("In force for"), _("Entries in force")),
        ),
        "authors": drawn.bars(
            counted.authors,
            title=_("Entries in force by who proposed them"),
            columns=(_("Proposed by"), _("Entries in force")),
        ),
        "hits": drawn.bars(
            [(str(status.label), counted.hits.get(status, 0)) for status in HitStatus],
            title=_("Hits of the last 365 days by judgement"),
            columns=(_("Judgement"), _("Hits")),
        ),
        "months": drawn.time_series(
            [written(month, "M Y") for month, _hits, _false in counted.by_month],
            {
                _("Hits"): [hits for _month, hits, _false in counted.by_month],
                _("A different person"): [false for _month, _hits, false in counted.by_month],
            },
            title=_("Hits by month"),
        ),
    }


def rows(counted: Figures) -> Iterator[tuple[str, str, object]]:
    """Every figure of the page as (figure, of what, value); times in hours."""
    yield "entries in force", "all", counted.entries
    for name, number in zip(age_names(), counted.ages, strict=True):
        yield "entries by age", name, number
    for author, number in counted.authors:
        yield "entries by author", author, number
    for status in HitStatus:
        yield "hits by judgement", str(status.label), counted.hits.get(status, 0)
    for month, hits, false in counted.by_month:
        yield "hits by month", f"{month:%Y-%m}", hits
        yield "false alarms by month", f"{month:%Y-%m}", false
    yield "travellers screened", f"since {counted.counted_from or ''}", counted.travellers
    per_thousand = counted.false_per_thousand
    yield "false alarms per thousand travellers", "all", _rounded(per_thousand)
    yield "hours to clear", "median", hours(counted.median)
    yield "hours to clear", "nine of ten", hours(counted.ninetieth)
    yield "entries that never stopped anybody", "all", counted.silent


def time_to_clear(counted: Figures) -> dict[str, str]:
    """The median and the ninetieth percentile in words."""
    return {"median": _in_words(counted.median), "ninetieth": _in_words(counted.ninetieth)}


def _in_words(span: timedelta | None) -> str:
    if span is None:
        return "–"
    minutes = span.total_seconds() / 60
    if minutes < 100:
        return _("%(number)s min") % {"number": drawn.number(round(minutes))}
    return _("%(number)s h") % {"number": drawn.number(round(minutes / 60))}


def hours(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds() / 3600, 2)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
