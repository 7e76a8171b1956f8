"""Who was here on a day after the last day of the permitted stay? One statement over the entries.

Never counted: own citizens, whose day is covered by an accepted rebuttal, whose application to
stay longer was made in time and waits, who was seen at a post since without a decision on record.
Whoever left the ordinary flow is among the last.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from safar.control.border.counts.crossings import rows
from safar.control.border.counts.stays import open_entries, values_of
from safar.control.stays.queries.suspects import SUSPECTS, night_values
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
COUNTED: Final = (
    "SELECT count(*) OVER (), * FROM chosen ORDER BY since, id LIMIT %(most)s OFFSET %(skip)s"
)
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
    """Return who was over on a day, the longest first; a page of them, or all (`page` None).

    All of them are looked for among every crossing; a page asks of those that the last night
    found and of what changed since (`suspects`).
    """
    if page is None:
        values = {**_values(actor, selection), "most": None, "skip": 0}
        return [Over(*row) for row in rows(_query(LISTED), values)]
    query, values = _near(actor, selection, LISTED)
    values |= {"most": PAGE, "skip": (page - 1) * PAGE}
    return [Over(*row) for row in rows(query, values)]


def page_over(actor: Actor, selection: Selection, page: int) -> tuple[list[Over], int]:
    """Return a page of who was over on a day, and how many they are together: one look for both."""
    query, values = _near(actor, selection, COUNTED)
    found = rows(query, values | {"most": PAGE, "skip": (page - 1) * PAGE})
    if not found and page > 1:  # a page beyond the last: nobody stands on it to count
        return [], number_over(actor, selection)
    return [Over(*row[1:]) for row in found], found[0][0] if found else 0


def number_over(actor: Actor, selection: Selection) -> int:
    """How many were over on a day."""
    return int(rows(*_near(actor, selection, NUMBER))[0][0])


def counts_over(actor: Actor, selection: Selection) -> dict[tuple[str, str, int], int]:
    """Count by citizenship, post, and how long: 1 to 7 days (1), to 30 (2), to 90 (3), longer (4)."""
    found = rows(*_near(actor, selection, GROUPED))
    return {(citizenship, post, band): number for citizenship, post, band, number in found}


def _near(actor: Actor, selection: Selection, ending: str) -> tuple[str, dict[str, Any]]:
    """A query and its values: of what a night left and what changed since, else of everything."""
    values, night = _values(actor, selection), night_values(selection.day)
    if night is None:
        return _query(ending), values
    return open_entries(SUSPECTS) + OVER + ending, values | night


def _query(ending: str) -> str:
    return open_entries() + OVER + ending


def _values(actor: Actor, selection: Selection) -> dict[str, Any]:
    day, zone = selection.day, timezone.get_default_timezone()
    ends = datetime.combine(day + DAY, time(), zone)
    values = values_of(actor, day - KEPT, day - DAY, now=min(ends, timezone.now()), day=day)
    if selection.post and actor.sees_post(selection.post):
        values |= {"everywhere": False, "own": [selection.post]}
    return values | {
        "since": datetime.combine(day - KEPT, time(), UTC),
        "latest": day - (max(1, selection.at_least) - 1) * DAY,
        "citizenship": selection.citizenship,
        "post": selection.post,
        "only": selection.only,
    }
