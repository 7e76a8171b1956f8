"""The five figures on top: each with its meaning, and a link to how it came about."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.control.watchlist.choices import HitStatus
from safar.insight.statistics.queries.duties import Duties, hours_since
from safar.insight.statistics.queries.sources import Sources
from safar.insight.statistics.rules.asked import Asked
from safar.insight.statistics.rules.periods import Period, usual
from safar.ui.charts import number


@dataclass(frozen=True)
class Figure:
    """A number with its label and a sentence that links to where it comes from."""

    label: str
    value: str
    note: str
    url: str


def figures(duties: Duties, sources: Sources) -> list[Figure]:
    return [
        _yesterday(duties, sources),
        _posts(duties),
        _hits(duties),
        _stays(duties),
        _waiting(duties),
    ]


def _yesterday(duties: Duties, sources: Sources) -> Figure:
    day = duties.today - timedelta(days=1)
    plain = Asked(sources.asked.period)
    if sources.asked != plain or plain.period.last != day:
        sources = replace(sources, asked=Asked(Period(day, day)))
    by_day: dict[Any, int] = {}
    for (on, _way), count in sources.days.items():
        by_day[on] = by_day.get(on, 0) + count
    count, range_ = by_day.get(day, 0), usual(by_day, day)
    if range_ is None:
        note = _("too few earlier weeks to say what is usual")
    else:
        low, high = number(range_.low), number(range_.high)
        words = (
            _("inside the usual %(low)s to %(high)s")
            if range_.holds(count)
            else _("outside the usual %(low)s to %(high)s")
        )
        note = words % {"low": low, "high": high}
    return Figure(_("Crossings yesterday"), number(count), note, "#by-day")


def _posts(duties: Duties) -> Figure:
    heard = sum(row.is_heard for row in duties.silences)
    silent = sum(row.is_silent for row in duties.silences)
    value = _("%(heard)s of %(posts)s") % {"heard": heard, "posts": len(duties.silences)}
    note = (
        ngettext("%(count)s post is silent", "%(count)s posts are silent", silent)
        % {"count": silent}
        if silent
        else _("none is silent that usually is heard")
    )
    return Figure(_("Posts heard from"), value, note, "#silence")


def _hits(duties: Duties) -> Figure:
    same, different = duties.hits.get(HitStatus.SAME, 0), duties.hits.get(HitStatus.DIFFERENT, 0)
    whole = sum(duties.hits.values())
    numbers = {"same": same, "different": different, "open": whole - same - different}
    note = _("%(same)s the person, %(different)s not, %(open)s open") % {
        name: number(count) for name, count in numbers.items()
    }
    return Figure(_("List matches, 7 days"), number(whole), note, "#hits")


def _stays(duties: Duties) -> Figure:
    count = number(sum(duties.soon.values()))
    note = _("by day, and those already over")
    return Figure(_("Stays running out, 7 days"), count, note, reverse("statistics:stays"))


def _waiting(duties: Duties) -> Figure:
    count = sum(row.count for row in duties.waiting)
    note = _("nothing waits")
    if duties.waiting:
        hours = hours_since(duties.waiting[0].oldest_at, duties.now)
        note = _("the oldest for %(hours)s h") % {"hours": number(hours)}
    return Figure(_("Waiting for a second person"), number(count), note, "#waiting")
