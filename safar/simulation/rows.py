"""How does a made-up thing look as a row of the database, and how do many get there fast?

PostgreSQL's COPY takes them, past actions, models and their guard: rows by the hundred thousand
of what nobody did need neither policies nor an audit row each. Only `loading` and `placing` may
do this, and each writes one audit row with its counts.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from safar.lib.names import fold
from safar.simulation.documents import Document
from safar.simulation.traffic import Crossing
from safar.simulation.world import UTC_OFFSET

TRAVELLERS = "travellers_traveller (id, added_at)"
DOCUMENTS = (
    "travellers_traveldocument (id, traveller_id, kind, issuer, number, nationality, surname, "
    "given_names, name_written, name_key, birth, sex, expires_on, personal_number, first_seen_at)"
)
CROSSINGS = (
    "border_crossing (id, crossed_at, received_at, direction, post_id, lane, traveller_id, "
    "document_id, citizenship, sex, birth_year, purpose, destination, conveyance, "
    "permitted_until, officer_id)"
)
REPORTS = (
    "documents_reporteddocument (id, issuer, number, report, reference, reported_at, "
    "withdrawal_reason)"
)
AMENDMENTS = (
    "border_amendment (id, version, crossing_id, post_id, kind, changes, reason, status, "
    "proposed_at, proposed_by_id, decided_at, decided_by_id)"
)
TABLES = (TRAVELLERS, DOCUMENTS, CROSSINGS, REPORTS, AMENDMENTS)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Row = Sequence[Any]


def key(at: datetime, *named: object) -> UUID:
    """Return the UUIDv7 of a made-up event: its own time, and the same key for the same name.

    Source of the layout: RFC 9562 §5.7; the random bits come from the name.
    """
    name = "/".join(map(str, named)).encode()
    value = int.from_bytes(hashlib.blake2b(name, digest_size=10).digest(), "big")
    value |= int((at - EPOCH) / timedelta(milliseconds=1)) << 80
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def copy(table: str, rows: Iterable[Row]) -> int:
    """Write rows into one of `TABLES`, in the transaction that is open; return how many."""
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as sink:
        for row in rows:
            sink.write_row(row)
            count += 1
    return count


def settle() -> None:
    """Let the database look at what was written: how it is spread decides how it is read."""
    names = ", ".join(table.partition(" ")[0] for table in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")


def document_row(
    paper: Document, document: UUID, traveller: UUID, written: str, seen: datetime
) -> Row:
    """A document as a reader reads it: who has no surname has all names in its place."""
    surname = paper.surname or paper.given_names
    given = paper.given_names if paper.surname else ""
    return (
        document, traveller, paper.code, paper.issuer, paper.number, paper.nationality, surname,
        given, written, fold(f"{surname} {given}".strip())[:160], paper.birth, paper.sex,
        paper.expires, paper.personal_number, seen,
    )  # fmt: skip


def crossing_row(
    one: Crossing,
    keys: tuple[UUID, UUID, UUID],
    person: tuple[str, str, int | None],
    officer: UUID | None,
) -> Row:
    """A crossing; `keys` are its own, its traveller's and its document's."""
    itself, traveller, document = keys
    nationality, sex, born = person
    conveyance = f"{one.carrier} {one.service}".strip() or one.vehicle
    return (
        itself, one.at, one.at, one.direction, one.post, lane(one), traveller, document,
        nationality, sex, born, one.purpose, one.place, conveyance, one.permitted_until, officer,
    )  # fmt: skip


def lane(one: Crossing) -> str:
    """The number of the lane, as officers sign on to it, from its code."""
    return str(int(one.lane.rpartition("-")[2]))


def report_row(paper: Document, day: date) -> Row:
    """The report on a lost, stolen or void document, made at ten in the morning."""
    at = datetime.combine(day, time(10), UTC) - UTC_OFFSET
    itself = key(at, "report", paper.issuer, paper.number)
    reference = f"MIA {day:%Y}/{itself.int % 1_000_000:06d}"
    return (itself, paper.issuer, paper.number, paper.status, reference, at, "")
