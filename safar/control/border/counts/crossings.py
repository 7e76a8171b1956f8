"""How many crossed, by day, hour, post and group; how many were refused, on which grounds.

Annulled crossings are not counted. Approved corrections of post, direction, citizenship, sex
and birth year are applied; a corrected time is not: the crossing stays where it was recorded.
Every day is a day in the post's own calendar.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from safar.control.border.counts.calendars import Clock, clocks
from safar.core.permissions import Actor

# Counting every stored row, and then moving the few amended ones, is one pass without a join:
# an amended crossing weighs -1 as it was stored and +1 as it stands.
STANDING = """
WITH amended AS MATERIALIZED (
    SELECT crossing_id, bool_or(kind = 'annul') AS annulled, {corrected}
    FROM border_amendment WHERE status = 'approved' GROUP BY crossing_id
), stored AS MATERIALIZED (
    SELECT c.crossed_at, {columns}, {fixed}, annulled
    FROM amended a JOIN border_crossing c ON c.id = a.crossing_id
    WHERE c.crossed_at >= %(since)s AND c.crossed_at < %(before)s
), moved AS (
    SELECT crossed_at, -1 AS weight, {names} FROM stored
    UNION ALL
    SELECT crossed_at, 1 AS weight, {fixed_names} FROM stored WHERE NOT annulled
), counted AS (
    SELECT {keys}, count(*) AS number FROM border_crossing
    WHERE crossed_at >= %(since)s AND crossed_at < %(before)s {conditions} GROUP BY {places}
    UNION ALL
    SELECT {keys}, sum(weight) FROM moved WHERE true {conditions} GROUP BY {places}
)
SELECT {aliases}, sum(number)::int FROM counted GROUP BY {places} HAVING sum(number) <> 0
"""
REFUSED = """
WITH refused AS (
    SELECT d.grounds, i.post_id, i.direction, i.document ->> 'nationality' AS citizenship
    FROM border_decision d JOIN border_inspection i ON i.id = d.inspection_id
    WHERE d.kind = 'refuse' AND d.decided_at >= %(since)s AND d.decided_at < %(before)s
)
SELECT array_to_string(grounds, ' '), count(*) FROM refused WHERE true {conditions} GROUP BY 1
"""
CORRECTED = (
    "(array_agg(changes #>> '{{{name},1}}' ORDER BY decided_at DESC)"
    " FILTER (WHERE changes ? '{name}'))[1] AS {name}"
)
# A count over millions of rows fits in memory as a hash; compiling it takes longer than it saves.
# One plan for whatever is asked, which a connection falls into after some runs, knows neither the
# months nor the post: the list of overstays took twenty times as long on it.
ROOM = """SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
    set_config('plan_cache_mode', 'force_custom_plan', true)"""
FIELDS = {  # name in a correction: column, type
    "post": ("post_id", "text"),
    "direction": ("direction", "text"),
    "citizenship": ("citizenship", "text"),
    "sex": ("sex", "text"),
    "birth_year": ("birth_year", "int"),
}
HALF_HOUR = "date_bin('30 minutes', crossed_at, '2000-01-01 00:00+00')"
# Only the year of birth is kept with a crossing: the age is the one reached in that year.
YEAR = "%(year)s + (crossed_at >= %(new_year)s)::int"
BAND = (  # `greatest` would take an unknown year for the greatest age of all: 0
    f"CASE WHEN birth_year IS NOT NULL THEN least(greatest({YEAR} - birth_year, 0), 80) / 5 * 5 END"
)


@dataclass(frozen=True)
class Selection:
    """Which crossings to count: days of the posts' calendars, both counted, at most a year.

    Empty text stands for all.
    """

    first: date
    last: date
    post: str = ""
    citizenship: str = ""
    direction: str = ""


def by_hour(actor: Actor, selection: Selection) -> dict[tuple[date, int, str], int]:
    """Return the crossings by day, hour of the post's clock, and direction."""
    found: Counter[tuple[date, int, str]] = Counter()
    for clock in clocks(selection.first, selection.last, selection.post):
        keys = (HALF_HOUR, "direction")
        for at, direction, count in _standing(actor, selection, clock, keys):
            local: datetime = at.astimezone(clock.zone)
            found[local.date(), local.hour, direction] += count
    return dict(found)


def by_post(actor: Actor, selection: Selection) -> dict[tuple[str, str], int]:
    """Return the crossings by code of the post and direction."""
    return _counted(actor, selection, "post_id", "direction")


def by_group(actor: Actor, selection: Selection) -> dict[tuple[str, str, str, int | None], int]:
    """Return the crossings by citizenship, post, sex and age.

    The age is the lowest of its band of five years, 80 for all above, None where not known.
    """
    return _counted(actor, selection, "citizenship", "post_id", "sex", BAND)


def refusals(actor: Actor, selection: Selection) -> dict[tuple[str, ...], int]:
    """Return the refusals by their grounds: one refusal may rest on several."""
    found: Counter[tuple[str, ...]] = Counter()
    for clock in clocks(selection.first, selection.last, selection.post):
        query = REFUSED.format(conditions=_conditions(actor, selection, clock))
        for together, count in rows(query, _values(actor, selection, clock)):
            found[tuple(together.split())] += count
    return dict(found)


def _counted(actor: Actor, selection: Selection, *keys: str) -> dict[Any, int]:
    found: Counter[tuple[Any, ...]] = Counter()
    for clock in clocks(selection.first, selection.last, selection.post):
        for *key, count in _standing(actor, selection, clock, keys):
            found[tuple(key)] += count
    return dict(found)


def _standing(
    actor: Actor, selection: Selection, clock: Clock, keys: tuple[str, ...]
) -> list[tuple[Any, ...]]:
    places = ", ".join(str(place) for place in range(1, len(keys) + 1))
    query = STANDING.format(
        corrected=_each(CORRECTED),
        columns=_each("c.{column}"),
        fixed=_each("coalesce(a.{name}::{kind}, c.{column}) AS fixed_{name}"),
        names=_each("{column}"),
        fixed_names=_each("fixed_{name}"),
        keys=", ".join(f"{key} AS key_{number}" for number, key in enumerate(keys)),
        aliases=", ".join(f"key_{number}" for number, _ in enumerate(keys)),
        places=places,
        conditions=_conditions(actor, selection, clock),
    )
    return rows(query, _values(actor, selection, clock))


def _each(pattern: str) -> str:
    return ", ".join(
        pattern.format(name=name, column=column, kind=kind)
        for name, (column, kind) in FIELDS.items()
    )


def _conditions(actor: Actor, selection: Selection, clock: Clock) -> str:
    asked = {
        "post_id = %(post)s": bool(selection.post),
        "citizenship = %(citizenship)s": bool(selection.citizenship),
        "direction = %(direction)s": bool(selection.direction),
        "post_id = ANY(%(own)s)": not actor.nationwide,
        "post_id = ANY(%(only)s)": bool(clock.only),
        "post_id <> ALL(%(but)s)": bool(clock.but),
    }
    return "".join(f" AND {condition}" for condition, holds in asked.items() if holds)


def _values(actor: Actor, selection: Selection, clock: Clock) -> dict[str, Any]:
    since, before = clock.span(selection.first, selection.last)
    return {
        "since": since,
        "before": before,
        "year": selection.first.year,
        "new_year": clock.span(date(selection.first.year + 1, 1, 1), selection.last)[0],
        "post": selection.post,
        "citizenship": selection.citizenship,
        "direction": selection.direction,
        "own": sorted(actor.post_codes),
        "only": clock.only,
        "but": clock.but,
    }


def rows(query: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a counting query. Its text is made of this package's constants, never of input."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROOM)
        cursor.execute(query, values)
        return list(cursor.fetchall())
