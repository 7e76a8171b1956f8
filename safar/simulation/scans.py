"""Whose documents can be scanned next, by the thousand: for measuring and for load?"""

import random

from django.db import connection

from safar.control.travellers.models import TravelDocument
from safar.simulation import life
from safar.simulation.loading import last_load
from safar.simulation.outcomes import zone

NEW_SHARE = 0.25
SPARE = 6  # so many times as many as wanted are looked at: most are out of date or not due
SAMPLE = """
SELECT d.id, last.direction
FROM travellers_traveldocument d TABLESAMPLE SYSTEM (%s), LATERAL (
    SELECT direction, document_id FROM border_crossing c
    WHERE c.traveller_id = d.traveller_id ORDER BY crossed_at DESC LIMIT 1
) last WHERE last.document_id = d.id AND d.expires_on > now()
"""


def waiting(count: int) -> dict[str, list[str]]:
    """Return zones by direction, `count` or more in all, in an order of chance; nobody twice.

    Three quarters of them are on record: who entered last comes to leave, who left last comes
    back. The others were never seen, and enter.
    """
    with connection.cursor() as cursor:
        cursor.execute(SAMPLE, [min(100.0, 100.0 * SPARE * count / _documents())])
        last = dict(cursor.fetchall())
    found: dict[str, list[str]] = {"entry": [], "exit": []}
    for row in TravelDocument.objects.filter(pk__in=list(last)).iterator(2000):
        goes = "exit" if last[row.pk] == "entry" else "entry"
        found[goes].append("\n".join(zone(life.paper(row))))
    new = round(count * NEW_SHARE)
    fresh = life.newcomers(last_load()[0], visa=False, more=3 * new + 400)
    found["entry"] += ["\n".join(zone(paper)) for _, paper in zip(range(new), fresh, strict=False)]
    for zones in found.values():
        random.Random(1).shuffle(zones)  # noqa: S311 - no secret hangs on it
    return found


def _documents() -> int:
    return max(1, TravelDocument.objects.count())
