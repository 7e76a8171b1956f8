"""Who is inside, who came last month, and how many a day? For the lists, which stand below.

Travellers are read page by page along their keys: a million of them are never held at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from safar.control.travellers.read_document import ReadDocument
from safar.lib.partial_dates import PartialDate

YEAR: Final = timedelta(days=365)
MONTH: Final = timedelta(days=30)
PAGE: Final = 2000
FIRST: Final = UUID(int=0)
_DOCUMENT: Final = (
    "d.kind, d.issuer, d.number, d.nationality, d.surname, d.given_names, d.birth, d.sex, "
    "d.expires_on, d.personal_number, d.name_written"
)
# Annulled crossings are as if they had never been; a corrected direction counts as corrected.
_AMENDED: Final = """
amended AS MATERIALIZED (
    SELECT crossing_id, bool_or(kind = 'annul') AS annulled,
        (array_agg(changes #>> '{direction,1}' ORDER BY decided_at DESC)
            FILTER (WHERE changes ? 'direction'))[1] AS direction
    FROM border_amendment WHERE status = 'approved' GROUP BY crossing_id
)"""
_LAST: Final = f"""
WITH {_AMENDED}, last AS (
    SELECT DISTINCT ON (c.traveller_id) c.traveller_id, c.crossed_at, c.post_id, c.document_id,
        coalesce(a.direction, c.direction) AS direction
    FROM border_crossing c LEFT JOIN amended a ON a.crossing_id = c.id
    WHERE c.crossed_at >= %(since)s AND c.traveller_id > %(after)s AND a.annulled IS NOT TRUE
    ORDER BY c.traveller_id, c.crossed_at DESC
    LIMIT %(page)s
)
SELECT last.traveller_id, last.crossed_at, last.post_id, last.direction, {_DOCUMENT}
FROM last JOIN travellers_traveldocument d ON d.id = last.document_id
ORDER BY last.traveller_id
"""  # noqa: S608 - made of this file's constants
_CROSSED: Final = f"""
WITH {_AMENDED}, last AS (
    SELECT DISTINCT ON (c.traveller_id) c.traveller_id, c.crossed_at, c.post_id, c.document_id,
        coalesce(a.direction, c.direction) AS direction
    FROM border_crossing c LEFT JOIN amended a ON a.crossing_id = c.id
    WHERE c.crossed_at >= %(since)s AND a.annulled IS NOT TRUE
    ORDER BY c.traveller_id, c.crossed_at DESC
)
SELECT last.traveller_id, last.crossed_at, last.post_id, last.direction, {_DOCUMENT}
FROM last JOIN travellers_traveldocument d ON d.id = last.document_id
ORDER BY md5(last.traveller_id::text)
"""  # noqa: S608 - made of this file's constants
_SAMPLE: Final = f"""
SELECT {_DOCUMENT} FROM (
    SELECT document_id FROM border_crossing
    WHERE crossed_at >= %(since)s ORDER BY md5(id::text) LIMIT %(most)s
) c JOIN travellers_traveldocument d ON d.id = c.document_id
"""  # noqa: S608 - made of this file's constants
_TRAVELLERS: Final = (
    "SELECT count(*) FROM (SELECT DISTINCT traveller_id FROM border_crossing "
    "WHERE crossed_at >= %(since)s) AS seen"
)
_CROSSINGS: Final = "SELECT count(*) FROM border_crossing WHERE crossed_at >= %(since)s"
_DAYS: Final = """
SELECT (crossed_at AT TIME ZONE %(zone)s)::date AS day, count(*) FROM border_crossing
WHERE crossed_at >= %(since)s GROUP BY day
"""


@dataclass(frozen=True, slots=True)
class Crosser:
    """A traveller with her last crossing and the document she showed at it."""

    traveller_id: UUID
    crossed_at: datetime
    post: str
    document: ReadDocument
    direction: str


def seen_since(since: datetime) -> int:
    """How many travellers crossed since then, those who have left among them."""
    return int(_rows(_TRAVELLERS, since=since)[0][0])


def pages_inside(since: datetime) -> Iterator[tuple[int, list[Crosser]]]:
    """Yield page after page of those inside: how many travellers were looked at, and who is in."""
    after = FIRST
    while rows := _rows(_LAST, since=since, after=after, page=PAGE):
        after = rows[-1][0]
        yield len(rows), [_crosser(row) for row in rows if row[3] == "entry"]


def pages_crossed(since: datetime, page: int) -> Iterator[list[Crosser]]:
    """Yield page after page of those who crossed since, in an order of chance: a part is fair.

    The rows wait on the server; no transaction stays open meanwhile.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CROSSED, {"since": since})
        while rows := cursor.fetchmany(page):
            yield [_crosser(row) for row in rows]


def crossings_since(since: datetime) -> int:
    return int(_rows(_CROSSINGS, since=since)[0][0])


def sample_since(since: datetime, most: int) -> list[ReadDocument]:
    """Documents of crossings since then, drawn by chance; the same draw every time."""
    return [_document(row) for row in _rows(_SAMPLE, since=since, most=most)]


def crossings_by_day(since: datetime) -> dict[date, int]:
    """How many crossed on each day of the installation's own calendar."""
    zone = timezone.get_default_timezone_name()
    return dict(_rows(_DAYS, since=since, zone=zone))


def _rows(query: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _crosser(row: tuple[Any, ...]) -> Crosser:
    return Crosser(row[0], row[1], row[2], _document(row[4:]), row[3])


def _document(row: tuple[Any, ...]) -> ReadDocument:
    kind, issuer, number, nationality, surname, given, birth, sex, expires, personal, written = row
    return ReadDocument(
        kind=kind,
        issuer=issuer,
        number=number,
        nationality=nationality,
        surname=surname,
        given_names=given,
        birth=PartialDate.parse(birth or ""),
        sex=sex,
        expires_on=expires,
        personal_number=personal,
        name_written=written,
    )
