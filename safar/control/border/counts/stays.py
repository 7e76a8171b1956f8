"""How many foreigners may stay until which day and have not been seen since they entered?"""

from datetime import UTC, date, datetime, time, timedelta

from safar.control.border.counts.crossings import CORRECTED, rows
from safar.core import node
from safar.core.permissions import Actor

LOOK_BACK = timedelta(days=400)  # before that, an entry without an exit is a gap in the records
LATER = (
    "l.traveller_id = e.traveller_id AND l.crossed_at > e.crossed_at"
    " AND l.crossed_at >= %(since)s AND l.crossed_at < %(before)s"
)
OPEN = """
WITH amended AS MATERIALIZED (
    SELECT crossing_id, bool_or(kind = 'annul') AS annulled, {direction}, {citizenship}, {until}
    FROM border_amendment WHERE status = 'approved' GROUP BY crossing_id
), void AS MATERIALIZED (
    SELECT c.id, c.traveller_id FROM amended a JOIN border_crossing c ON c.id = a.crossing_id
    WHERE a.annulled AND c.crossed_at >= %(since)s
), candidate AS (
    SELECT traveller_id, crossed_at, post_id, citizenship::text, permitted_until AS until
    FROM border_crossing c
    WHERE direction = 'entry' AND permitted_until BETWEEN %(first)s AND %(last)s
        AND crossed_at >= %(since)s AND crossed_at < %(before)s
        AND NOT EXISTS (SELECT FROM amended a WHERE a.crossing_id = c.id)
    UNION ALL
    SELECT traveller_id, crossed_at, post_id, coalesce(a.citizenship, c.citizenship),
        CASE WHEN a.permitted_until IS NULL THEN c.permitted_until
             ELSE nullif(a.permitted_until, '')::date END
    FROM amended a JOIN border_crossing c ON c.id = a.crossing_id
    WHERE NOT a.annulled AND coalesce(a.direction, c.direction) = 'entry'
        AND crossed_at >= %(since)s AND crossed_at < %(before)s
), entered AS MATERIALIZED (
    SELECT * FROM candidate
    WHERE until BETWEEN %(first)s AND %(last)s AND citizenship <> %(country)s
        AND (%(everywhere)s OR post_id = ANY(%(own)s))
)
SELECT until, citizenship, count(*) FROM (
    SELECT until, citizenship FROM entered e
    WHERE NOT EXISTS (SELECT FROM border_crossing l WHERE {later})
    UNION ALL  -- the few whose later crossings were all annulled
    SELECT until, citizenship FROM entered e
    WHERE traveller_id IN (SELECT traveller_id FROM void)
        AND EXISTS (SELECT FROM border_crossing l WHERE {later})
        AND NOT EXISTS (
            SELECT FROM border_crossing l
            WHERE {later} AND NOT EXISTS (SELECT FROM void WHERE void.id = l.id))
) AS still_here GROUP BY until, citizenship
"""


def open_stays(
    actor: Actor, first: date, last: date, *, now: datetime
) -> dict[tuple[date, str], int]:
    """Return the open stays by their last permitted day and citizenship.

    A stay is open where the entry is the last thing on record of the traveller. Somebody who
    left unseen, or under another document that nobody has joined to the first, counts as here.
    """
    values = {
        "first": first,
        "last": last,
        "since": datetime.combine(now.date() - LOOK_BACK, time(), UTC),
        "before": now,
        "country": node.country(),
        "everywhere": actor.nationwide,
        "own": sorted(actor.post_codes),
    }
    names = {"direction": "direction", "citizenship": "citizenship", "until": "permitted_until"}
    corrected = {key: CORRECTED.format(name=name) for key, name in names.items()}
    query = OPEN.format(later=LATER, **corrected)
    return {(until, citizenship): count for until, citizenship, count in rows(query, values)}
