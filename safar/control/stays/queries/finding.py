"""Who was here on a day after the last day of the permitted stay? One statement over the entries.

Never counted: own citizens, whose day is covered by an accepted rebuttal, who was seen at a
post since without a decision on record. Whoever left the ordinary flow is among the last.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from safar.control.border.counts.crossings import rows
from safar.control.border.counts.stays import open_entries, values_of
from safar.core.permissions import Actor
from safar.reference import queries as reference

KEPT: Final = timedelta(days=5 * 365)  # an entry whose exit is missing is kept for five years
PAGE: Final = 50
FEWEST: Final = 5  # smaller groups are not told to who sees figures alone
DAY: Final = timedelta(days=1)
OVER: Final = """
, excused AS (
    SELECT crossing_id, max(until) AS until FROM border_stayexcuse GROUP BY crossing_id
), over AS (
    SELECT e.id, e.crossed_at, e.post_id, e.traveller_id, e.document_id, e.citizenship, e.until,
        greatest(e.until, x.until) + 1 AS since
    FROM here e LEFT JOIN excused x ON x.crossing_id = e.id
    WHERE e.until < %(day)s AND NOT EXISTS (
        SELECT FROM travellers_traveldocument d
        WHERE d.traveller_id = e.traveller_id AND d.nationality = %(country)s)
    AND NOT EXISTS (
        SELECT FROM kin JOIN travellers_traveldocument d ON d.traveller_id = kin.b
        WHERE kin.a = e.traveller_id AND d.nationality = %(country)s)
), chosen AS (
    SELECT * FROM over
    WHERE since <= %(latest)s AND (%(citizenship)s = '' OR citizenship = %(citizenship)s)
        AND (%(post)s = '' OR post_id = %(post)s)
        AND (%(only)s::uuid IS NULL OR id = %(only)s::uuid)
)
"""
LISTED: Final = "SELECT * FROM chosen ORDER BY since, id LIMIT %(most)s OFFSET %(skip)s"
NUMBER: Final = "SELECT count(*) FROM chosen"
GROUPED: Final = """
SELECT citizenship, post_id, width_bucket(%(day)s::date - since + 1, ARRAY[1, 8, 31, 91]), count(*)
FROM chosen GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class Selection:
    """On which day, and which of them: of a citizenship, entered at a post, so many days over."""

    day: date
    citizenship: str = ""
    post: str = ""
    at_least: int = 1
    only: UUID | None = None


@dataclass(frozen=True)
class Over:
    """An entry whose last permitted day is past. `since`: the first day that counts as over."""

    crossing_id: UUID
    entered_at: datetime
    post_id: str
    traveller_id: UUID
    document_id: UUID
    citizenship: str
    until: date
    since: date

    @property
    def entered_on(self) -> date:
        return self.entered_at.astimezone(reference.time_zone(self.post_id)).date()

    def days(self, day: date) -> int:
        """How many days over on a day."""
        return max(0, (day - self.since).days + 1)


def over(actor: Actor, selection: Selection, *, page: int | None = 1) -> list[Over]:
    """Return who was over on a day, the longest first; a page of them, or all (`page` None)."""
    values = _values(actor, selection)
    values["most"] = None if page is None else PAGE
    values["skip"] = 0 if page is None else (page - 1) * PAGE
    return [Over(*row) for row in rows(_query(LISTED), values)]


def number_over(actor: Actor, selection: Selection) -> int:
    """How many were over on a day."""
    return int(rows(_query(NUMBER), _values(actor, selection))[0][0])


def counts_over(actor: Actor, selection: Selection) -> dict[tuple[str, str, int], int]:
    """Count by citizenship, post, and how long: 1 to 7 days (1), to 30 (2), to 90 (3), longer (4)."""
    found = rows(_query(GROUPED), _values(actor, selection))
    return {(citizenship, post, band): number for citizenship, post, band, number in found}


def _query(ending: str) -> str:
    return open_entries() + OVER + ending


def _values(actor: Actor, selection: Selection) -> dict[str, Any]:
    day, zone = selection.day, timezone.get_default_timezone()
    ends = datetime.combine(day + DAY, time(), zone)
    values = values_of(actor, day - KEPT, day - DAY, now=min(ends, timezone.now()), day=day)
    return values | {
        "since": datetime.combine(day - KEPT, time(), UTC),
        "latest": day - (max(1, selection.at_least) - 1) * DAY,
        "citizenship": selection.citizenship,
        "post": selection.post,
        "only": selection.only,
    }
