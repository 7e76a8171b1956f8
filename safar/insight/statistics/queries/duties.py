"""What is due: posts gone silent, hits to judge, stays running out, amendments that wait."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from safar.control.border import counts
from safar.control.border.choices import AmendmentKind
from safar.control.watchlist import counts as watchlist
from safar.control.watchlist.choices import HitStatus
from safar.core.permissions import Actor
from safar.insight.statistics.queries.places import post_name
from safar.insight.statistics.rules.tables import Row, Table
from safar.reference import queries as reference

SILENT_HOURS = 6
SOON_DAYS = 7
HIT_DAYS = 7
OVER_DAYS = 30  # counting all who ever overstayed reads every crossing of a year


@dataclass(frozen=True)
class Duties:
    """What is due now at the posts in sight, whatever the filters of the page."""

    actor: Actor
    now: datetime

    @cached_property
    def today(self) -> date:
        return counts.today(self.now)

    @cached_property
    def silences(self) -> list[counts.Silence]:
        return counts.heard_from(self.actor, hours=SILENT_HOURS, now=self.now)

    @cached_property
    def hits(self) -> dict[str, int]:
        return watchlist.hits_by_status(self.actor, self.now - timedelta(days=HIT_DAYS), self.now)

    @cached_property
    def waiting(self) -> list[counts.Waiting]:
        return counts.waiting(self.actor)

    @cached_property
    def soon(self) -> dict[tuple[date, str], int]:
        """Stays that end today or in the six days that follow, by last day and citizenship."""
        last = self.today + timedelta(days=SOON_DAYS - 1)
        return counts.open_stays(self.actor, self.today, last, now=self.now)

    @cached_property
    def over(self) -> dict[tuple[date, str], int]:
        first = self.today - timedelta(days=OVER_DAYS)
        last = self.today - timedelta(days=1)
        return counts.open_stays(self.actor, first, last, now=self.now)


def silent_posts(duties: Duties) -> Table:
    states = {
        (True, True): _("Heard from"),
        (True, False): _("Heard from, though not usually at this hour"),
        (False, True): _("Silent"),
        (False, False): _("Quiet, as usual at this hour"),
    }
    rows = tuple(
        (post_name(row.post), row.post, states[row.is_heard, row.is_usually_heard], last_seen(row))
        for row in sorted(duties.silences, key=lambda row: (not row.is_silent, row.post))
    )
    columns = (_("Post"), _("Code"), _("Now"), _("Last crossing, the post’s time"))
    note = _(
        "Heard from: a crossing is on record from the last %(hours)s hours. Usually: there was one "
        "in these hours of this weekday in three of the last four weeks."
    ) % {"hours": SILENT_HOURS}
    return Table("silence", _("Posts heard from"), columns, rows, None, note)


def last_seen(row: counts.Silence) -> str:
    """The last crossing at a post by the post's own clock, as ISO text; empty in 60 silent days."""
    if row.last_at is None:
        return ""
    return f"{row.last_at.astimezone(reference.time_zone(row.post)):%Y-%m-%d %H:%M}"


def hits_by_outcome(duties: Duties) -> Table:
    rows = tuple((str(label), duties.hits.get(status, 0)) for status, label in HitStatus.choices)
    total: Row = (_("All"), sum(duties.hits.values()))
    title = _("List matches of the last seven days, by outcome")
    note = _("Hits at all posts, not persons: one traveller may be like several entries.")
    return Table("hits", title, (_("Outcome"), _("Hits")), rows, total, note)


def amendments_waiting(duties: Duties) -> Table:
    kinds = dict(AmendmentKind.choices)
    rows = tuple(
        (
            post_name(row.post),
            str(kinds[row.kind]),
            row.count,
            hours_since(row.oldest_at, duties.now),
        )
        for row in duties.waiting
    )
    columns = (_("Post"), _("Kind"), _("Waiting"), _("Oldest, hours"))
    total: Row = (_("All"), "", sum(row.count for row in duties.waiting), None)
    note = _(
        "Annulments and corrections of crossings that one officer proposed and none has signed."
    )
    return Table("waiting", _("Waiting for a second person"), columns, rows, total, note)


def hours_since(moment: datetime, now: datetime) -> int:
    return int((now - moment).total_seconds() // 3600)


def stays_by_day(duties: Duties) -> Table:
    found: Counter[date] = Counter()
    for (until, _citizenship), count in (duties.soon | duties.over).items():
        found[until] += count
    days = [duties.today + timedelta(days=number) for number in range(-OVER_DAYS, SOON_DAYS)]
    rows = tuple(
        (day, _("over") if day < duties.today else _("running out"), found[day]) for day in days
    )
    columns = (_("May stay until"), _("State"), _("Open stays"))
    title = _("Open stays by their last day")
    return Table("stays", title, columns, rows, None, stay_note())


def stays_by_citizenship(duties: Duties) -> Table:
    soon, over = Counter[str](), Counter[str]()
    for counter, stays in ((soon, duties.soon), (over, duties.over)):
        for (_until, citizenship), count in stays.items():
            counter[citizenship] += count
    rows = tuple(
        (reference.country_name(code), code, soon[code], over[code])
        for code, _count in (soon + over).most_common()
    )
    columns = (_("Citizenship"), _("Code"), _("Running out in seven days"), _("Already over"))
    total: Row = (_("All"), "", soon.total(), over.total())
    title = _("Open stays by citizenship")
    return Table("stays-citizenships", title, columns, rows, total, stay_note())


def stay_note() -> str:
    return _(
        "A stay is open where an entry is the last thing on record of a foreign traveller. Counted "
        "are stays whose last day was in the past %(over)s days or is today or in the six days "
        "that follow. Whoever left unseen, or with a document not yet joined to the first, still "
        "counts as here."
    ) % {"over": OVER_DAYS}
