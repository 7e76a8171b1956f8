"""How does an owner's list of millions of numbers take the place of its earlier version at once?

Each source has a part of the table of its own. A new version is copied into a table that nobody
looks at yet, indexed, and hung in place of the old part: one moment, in one transaction.
"""

import time
from collections.abc import Iterable
from typing import Final

from django.db import OperationalError, connection, transaction

from safar.control.documents.models import ListedSource

MAKE: Final = """
CREATE TABLE {part} (LIKE documents_listed INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
    CONSTRAINT {part}_source CHECK (source = {number}));
"""
COPY: Final = "COPY {part} (number, issuer, kind, reported_on, source) FROM STDIN WITH (NULL '')"
INDEX: Final = "CREATE INDEX {part}_number ON {part} (number, issuer) WITH (fillfactor = 100)"
PATIENCE: Final = "2s"  # booths that ask meanwhile wait behind us: rather try again
TRIES, PAUSE = 60, 1.0
LOCK_NOT_AVAILABLE: Final = "55P03"


def part_of(source: ListedSource, version: int) -> str:
    """The name of the table that holds a version of a source."""
    return f"documents_listed_{source.number}_{version}"


def copy(source: ListedSource, blocks: Iterable[tuple[str, int]]) -> int:
    """Copy (text for COPY, how many rows) into the next version's table; return the rows.

    Nobody finds them before `hang_in`.
    """
    part = part_of(source, source.version + 1)
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(MAKE.format(part=part, number=source.number))
        with cursor.copy(COPY.format(part=part)) as sink:
            for text, rows in blocks:
                sink.write(text)
                count += rows
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(INDEX.format(part=part))
        cursor.execute(f"ANALYZE {part}")
    return count


def hang_in(source: ListedSource) -> None:
    """Put the next version's table in the place of the present one, which is dropped.

    Raises:
        OperationalError: for a minute somebody held the table, a backup perhaps.
    """
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                _swap(source)
            return
        except OperationalError as error:
            busy = getattr(error.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE
            if not busy or attempt == TRIES - 1:
                raise
            time.sleep(PAUSE)


def _swap(source: ListedSource) -> None:
    old, new = part_of(source, source.version), part_of(source, source.version + 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        cursor.execute(f"DROP TABLE IF EXISTS {old}")
        cursor.execute(
            f"ALTER TABLE documents_listed ATTACH PARTITION {new} FOR VALUES IN ({source.number})"
        )
        cursor.execute(f"ALTER TABLE {new} DROP CONSTRAINT {new}_source")
