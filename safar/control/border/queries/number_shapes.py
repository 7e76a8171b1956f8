"""Which shapes do the numbers of documents have that crossed? Counts alone, for `documents`."""

from typing import Final

from django.db import connection

# The same shape as `documents.rules.shapes.shape_of`; a test holds both beside each other.
# Who was once turned down may have crossed since with the same paper: what crossed, passed.
_SHAPES: Final = r"""
SELECT d.issuer, d.kind,
    substring(d.number FROM '^[A-Z]*') || regexp_replace(regexp_replace(
        regexp_replace(d.number, '^[A-Z]*', ''), '[0-9]', '#', 'g'), '[A-Z]', '@', 'g') AS shape,
    count(DISTINCT d.number)
FROM travellers_traveldocument d
WHERE d.id IN (
    SELECT c.document_id FROM border_crossing c
    WHERE NOT EXISTS (SELECT FROM border_amendment a
        WHERE a.crossing_id = c.id AND a.kind = 'annul' AND a.status = 'approved'))
GROUP BY 1, 2, 3
"""


def shapes_that_crossed() -> dict[tuple[str, str, str], int]:
    """(issuer, kind, shape) → different numbers; crossings that were annulled do not count."""
    with connection.cursor() as cursor:
        cursor.execute(_SHAPES)
        return {(issuer, kind, shape): count for issuer, kind, shape, count in cursor}
