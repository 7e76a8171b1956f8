"""In which calendars are the days of crossings counted?"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from safar.reference import queries as reference

ONE_DAY = timedelta(days=1)
Offsets = tuple[timedelta | None, ...]


@dataclass(frozen=True)
class Clock:
    """A time zone, with the posts that keep it: `only` these, or all `but` those of others."""

    zone: ZoneInfo
    only: list[str] = field(default_factory=list)
    but: list[str] = field(default_factory=list)

    def span(self, first: date, last: date) -> tuple[datetime, datetime]:
        """Return when these days begin and end."""
        end = datetime.combine(last + ONE_DAY, time(), self.zone)
        return datetime.combine(first, time(), self.zone).astimezone(UTC), end.astimezone(UTC)


def clocks(first: date, last: date, post: str = "") -> list[Clock]:
    """Return the clocks of all posts, or of one, on these days: each takes one query.

    Zones that agree on all these days are one. The clock that most posts keep comes first,
    and also counts for a post that is not among those of this installation's country.
    """
    if post:
        return [Clock(reference.time_zone(post))]
    posts_by: dict[Offsets, list[str]] = defaultdict(list)
    zone_of: dict[Offsets, ZoneInfo] = {}
    offsets = {
        name: _offsets(ZoneInfo(name), first, last)
        for name in {row.time_zone for row in reference.posts()}
    }
    for row in reference.posts():
        posts_by[offsets[row.time_zone]].append(row.code)
        zone_of[offsets[row.time_zone]] = row.zone
    if not posts_by:
        return [Clock(ZoneInfo("UTC"))]
    main, *others = sorted(posts_by, key=lambda key: -len(posts_by[key]))
    elsewhere = [code for key in others for code in posts_by[key]]
    found = [Clock(zone_of[key], only=posts_by[key]) for key in others]
    return [Clock(zone_of[main], but=elsewhere), *found]


def today(now: datetime) -> date:
    """Return the day that it is at most posts of this installation's country."""
    return now.astimezone(clocks(now.date(), now.date())[0].zone).date()


def _offsets(zone: ZoneInfo, first: date, last: date) -> Offsets:
    noon = datetime.combine(first, time(12))
    days = range(-1, (last - first).days + 2)
    return tuple((noon + timedelta(days=day)).replace(tzinfo=zone).utcoffset() for day in days)
