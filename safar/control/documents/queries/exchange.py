"""Reads: every number that is reported here, as other states and agencies are handed it.

Single reports and the numbers of stolen blanks, one by one; not what the lists of other owners say,
nor what is no number. Of nobody a name, nor which kind of document it is: a refugee's travel paper
tells too much.
"""

from collections.abc import Iterator
from typing import Final

from django.db import connection
from django.utils import timezone

from safar.control.documents.choices import Report

AT_ONCE: Final = 5_000
STANDING: Final = """
SELECT DISTINCT ON (issuer, number) issuer, number, report, day FROM (
    SELECT issuer COLLATE "C" AS issuer, number COLLATE "C" AS number, report,
        (reported_at AT TIME ZONE %(zone)s)::date AS day, 1 AS place
    FROM documents_reporteddocument WHERE withdrawn_at IS NULL
    UNION ALL
    SELECT b.issuer COLLATE "C", (b.prefix || lpad(serial::text, b.width, '0')) COLLATE "C",
        %(blank)s, (b.reported_at AT TIME ZONE %(zone)s)::date, 2
    FROM documents_reportedbatch b, generate_series(lower(b.serials), upper(b.serials) - 1) serial
    WHERE b.withdrawn_at IS NULL
) standing
WHERE number ~ '^[A-Z0-9]{3,30}$'
ORDER BY issuer, number, place, day
"""


def standing_reports() -> Iterator[tuple[str, str, str, str]]:
    """Issuer, number, report and its day, in the order of issuers and numbers; each number once."""
    zone = timezone.get_default_timezone_name()
    with connection.chunked_cursor() as cursor:
        cursor.execute(STANDING, {"blank": Report.STOLEN_BLANK.value, "zone": zone})
        while rows := cursor.fetchmany(AT_ONCE):
            for issuer, number, report, day in rows:
                yield issuer, number, report, day.isoformat()
