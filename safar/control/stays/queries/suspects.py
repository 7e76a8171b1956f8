"""Which entries come into question for a day, so that a page need not look through all of them?

A night looks through every crossing. A page asks again, with the same statement, only of the
entries that are on its list, whose last day came since, or of whom something was decided since.
An entry that a post sends later than its own last day comes with the next night.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from safar.control.stays.models import OverstayNight

LONGEST: Final = timedelta(days=7)  # a page that is farther from a night looks through all
DAY: Final = timedelta(days=1)
# The time of an entry leads to its month: a crossing is looked up in one part of the table.
SUSPECTS: Final = """
    SELECT crossing_id AS id, entered_at AS crossed_at FROM stays_overstay
    WHERE since <= %(day)s AND (closed_at IS NULL OR closed_at >= %(night_began)s)
        AND (%(everywhere)s OR post_id = ANY(%(own)s))
    UNION
    SELECT id, crossed_at FROM border_crossing WHERE direction = 'entry'
        AND permitted_until BETWEEN %(night_from)s AND %(day)s
        AND (%(everywhere)s OR post_id = ANY(%(own)s))
    UNION
    SELECT c.id, c.crossed_at FROM border_crossing c WHERE c.id IN (
        SELECT crossing_id FROM border_stayextension
            WHERE until BETWEEN %(night_from)s AND %(day)s OR decided_at >= %(night_began)s
        UNION ALL
        SELECT crossing_id FROM border_stayexcuse
            WHERE until BETWEEN %(night_from)s AND %(day)s OR decided_at >= %(night_began)s
        UNION ALL
        SELECT crossing_id FROM border_amendment WHERE status = 'approved' AND (
            decided_at >= %(night_began)s
            OR changes #>> '{permitted_until,1}' BETWEEN %(night_from)s::text AND %(day)s::text)
        UNION ALL
        SELECT crossing_id FROM stays_extensionapplication WHERE ended_at >= %(night_began)s
        UNION ALL SELECT %(only)s::uuid)
    UNION
    SELECT entry.id, entry.crossed_at FROM border_crossing entry
    WHERE entry.direction = 'entry' AND entry.crossed_at >= %(since)s AND entry.traveller_id IN (
        SELECT gone.traveller_id FROM border_amendment a
        JOIN border_crossing gone ON gone.id = a.crossing_id
        WHERE a.status = 'approved' AND a.decided_at >= %(night_began)s
        UNION
        SELECT i.traveller_id FROM border_decision d
        JOIN border_inspection i ON i.id = d.inspection_id
        WHERE d.kind = 'refuse' AND d.decided_at >= %(night_began)s
        UNION
        SELECT unnest(ARRAY[one_id, other_id]) FROM travellers_samepersonjudgement
        WHERE judged_at >= %(night_began)s)
"""


def night_values(day: date) -> dict[str, Any] | None:
    """The values of `SUSPECTS` for a day; None where no night is near enough before it."""
    night = night_before(day)
    if night is None:
        return None
    began = datetime.combine(night.day - DAY, time(), timezone.get_default_timezone())
    return {"night_from": night.day - DAY, "night_began": min(began, night.ended_at)}


def night_before(day: date) -> OverstayNight | None:
    """The night on whose list the page of a day stands; None where none is near enough."""
    return OverstayNight.objects.filter(day__lte=day, day__gte=day - LONGEST).first()
