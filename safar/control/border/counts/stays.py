"""How many foreigners may stay until which day and have not been seen since they entered?"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from safar.control.border.counts.crossings import CORRECTED, rows
from safar.control.border.waiting import suspended
from safar.core import node
from safar.core.permissions import Actor

LOOK_BACK = timedelta(days=400)  # before that, an entry without an exit is a gap in the records
LATER = (
    "l.traveller_id = e.traveller_id AND l.crossed_at > e.crossed_at"
    " AND l.crossed_at >= %(since)s AND l.crossed_at < %(before)s"
)
# Seen at a post since, and nothing came of it that is on record: whether she is still here is
# not known. Those who left the flow are among these and cannot be told from the others.
UNDECIDED = """
SELECT FROM border_inspection i WHERE {whose}
    AND i.inspected_at > e.crossed_at AND i.inspected_at < %(before)s
    AND NOT EXISTS (
        SELECT FROM border_decision d WHERE d.inspection_id = i.id AND d.kind IN ('admit', 'refuse'))
"""
BY_KEY: Final = UNDECIDED.format(whose="i.traveller_id = e.traveller_id")
BY_NUMBER: Final = UNDECIDED.format(
    whose="(i.document ->> 'number') IN (SELECT number FROM travellers_traveldocument d"
    " WHERE d.id = e.document_id)"
)
# `here`: every entry with its last permitted day, extensions counted, that nobody has left
# since; of those whose day is over (`first` to `last` before `day`), none that is excused, none
# for whom an application made in time waits, and none of whom the record does not tell whether she is still here.
OPEN_ENTRIES = """
WITH RECURSIVE {suspects} corrected AS (
    SELECT crossing_id, bool_or(kind = 'annul') AS annulled, {direction}, {citizenship}
    FROM border_amendment WHERE status = 'approved' GROUP BY crossing_id
), moved AS (
    SELECT DISTINCT ON (crossing_id) crossing_id, until FROM (
        SELECT crossing_id, decided_at, changes #>> '{{permitted_until,1}}' AS until
        FROM border_amendment WHERE status = 'approved' AND changes ? 'permitted_until'
        UNION ALL SELECT crossing_id, decided_at, until::text FROM border_stayextension
    ) AS each {of_moved} ORDER BY crossing_id, decided_at DESC
), amended AS MATERIALIZED (
    SELECT crossing_id, coalesce(annulled, false) AS annulled, direction, citizenship,
        until AS permitted_until
    FROM corrected FULL JOIN moved USING (crossing_id)
), void AS MATERIALIZED (
    SELECT c.id, c.traveller_id FROM amended a JOIN border_crossing c ON c.id = a.crossing_id
    WHERE a.annulled AND c.crossed_at >= %(since)s
), judged AS (
    SELECT DISTINCT ON (one_id, other_id) one_id, other_id, judgement
    FROM travellers_samepersonjudgement ORDER BY one_id, other_id, judged_at DESC
), pair AS (
    SELECT one_id AS a, other_id AS b FROM judged WHERE judgement = 'same'
    UNION ALL SELECT other_id, one_id FROM judged WHERE judgement = 'same'
), kin(a, b) AS (
    SELECT a, b FROM pair UNION SELECT kin.a, pair.b FROM kin JOIN pair ON pair.a = kin.b
), candidate AS (
    SELECT id, traveller_id, document_id, crossed_at, post_id, citizenship::text,
        permitted_until AS until
    FROM border_crossing c
    WHERE direction = 'entry' AND permitted_until BETWEEN %(first)s AND %(last)s
        AND crossed_at >= %(since)s AND crossed_at < %(before)s
        AND NOT EXISTS (SELECT FROM amended a WHERE a.crossing_id = c.id) {of_suspect}
    UNION ALL
    SELECT id, traveller_id, document_id, crossed_at, post_id,
        coalesce(a.citizenship, c.citizenship),
        CASE WHEN a.permitted_until IS NULL THEN c.permitted_until
             ELSE nullif(a.permitted_until, '')::date END
    FROM amended a JOIN border_crossing c ON c.id = a.crossing_id
    WHERE NOT a.annulled AND coalesce(a.direction, c.direction) = 'entry' {of_suspect}
        AND crossed_at >= %(since)s AND crossed_at < %(before)s
), entered AS MATERIALIZED (
    SELECT * FROM candidate
    WHERE until BETWEEN %(first)s AND %(last)s AND citizenship <> %(country)s
        AND (%(everywhere)s OR post_id = ANY(%(own)s))
), still_here AS (
    SELECT * FROM entered e
    WHERE NOT EXISTS (SELECT FROM border_crossing l WHERE {later})
    UNION ALL  -- the few whose later crossings were all annulled
    SELECT * FROM entered e
    WHERE traveller_id IN (SELECT traveller_id FROM void)
        AND EXISTS (SELECT FROM border_crossing l WHERE {later})
        AND NOT EXISTS (
            SELECT FROM border_crossing l
            WHERE {later} AND NOT EXISTS (SELECT FROM void WHERE void.id = l.id))
), here AS (
    SELECT * FROM still_here e
    WHERE NOT EXISTS (  -- nor left as another traveller who was judged to be the same person
        SELECT FROM kin JOIN border_crossing l ON l.traveller_id = kin.b
        WHERE kin.a = e.traveller_id AND kin.b <> e.traveller_id AND l.crossed_at > e.crossed_at
            AND l.crossed_at >= %(since)s AND l.crossed_at < %(before)s
            AND NOT EXISTS (SELECT FROM void WHERE void.id = l.id))
    AND NOT (e.until < %(day)s AND EXISTS (
        SELECT FROM border_stayexcuse x
        WHERE x.crossing_id = e.id AND (x.until IS NULL OR x.until >= %(day)s)))
    AND NOT (e.until < %(day)s AND EXISTS ({suspended}))
    AND NOT (e.until < %(day)s AND EXISTS ({by_key}))
    AND NOT (e.until < %(day)s AND EXISTS ({by_number}))
)
"""
COUNTED = "SELECT until, citizenship, count(*) FROM here GROUP BY until, citizenship"


AMONG: Final = {
    "suspects": "suspect AS MATERIALIZED ({among}),",
    "of_moved": "WHERE crossing_id IN (SELECT id FROM suspect)",
    "of_suspect": "AND (c.id, c.crossed_at) IN (SELECT id, crossed_at FROM suspect)",
}
ALL: Final = dict.fromkeys(AMONG, "")


def open_entries(among: str = "") -> str:
    """The common table `here` of the entries that are still open: for queries that begin with it.

    Its values are those of `values_of`. `among`: a query for `id` and `crossed_at` of the
    entries that come into question, where not all do; a constant of the caller's, never input.
    """
    names = {"direction": "direction", "citizenship": "citizenship"}
    corrected = {key: CORRECTED.format(name=name) for key, name in names.items()}
    asked = {name: text.format(among=among) for name, text in AMONG.items()} if among else ALL
    return OPEN_ENTRIES.format(
        later=LATER,
        by_key=BY_KEY,
        by_number=BY_NUMBER,
        suspended=suspended(),
        **corrected,
        **asked,
    )


def values_of(
    actor: Actor, first: date, last: date, *, now: datetime, day: date | None = None
) -> dict[str, Any]:
    """The values of `open_entries`: last permitted days from `first` to `last`, as of `now`.

    `day`: the one before which a stay is over; the day of `now` where none is given.
    """
    return {
        "first": first,
        "last": last,
        "since": datetime.combine(now.date() - LOOK_BACK, time(), UTC),
        "before": now,
        "day": day or now.date(),
        "country": node.country(),
        "everywhere": actor.nationwide,
        "own": sorted(actor.post_codes),
    }


def open_stays(
    actor: Actor, first: date, last: date, *, now: datetime
) -> dict[tuple[date, str], int]:
    """Return the open stays by their last permitted day and citizenship.

    A stay is open where the entry is the last thing on record of the traveller. Somebody who
    left unseen, or under another document that nobody has joined to the first, counts as here;
    once her day is over, nobody counts whose last look at a post ended without a decision.
    """
    values = values_of(actor, first, last, now=now)
    found = rows(open_entries() + COUNTED, values)
    return {(until, citizenship): count for until, citizenship, count in found}
