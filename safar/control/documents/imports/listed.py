"""How does an owner's list of millions of numbers take the place of its earlier version at once?

Each source has a part of the table of its own. A new version is copied into a table that nobody
looks at yet, indexed, and hung in place of the old part: one moment, in one transaction.
"""

import time
from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

from django.db import OperationalError, connection, transaction

MAKE: Final = """
CREATE TABLE {part} (LIKE documents_listed INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
    CONSTRAINT {part}_source CHECK (source = {number}));
"""
# FREEZE: the rows are written as they stay. No booth has to mark them when it reads them first,
# and no vacuum to write the whole table again. The table was made in this very transaction.
COPY: Final = """
COPY {part} (number, issuer, kind, reported_on, source) FROM STDIN WITH (FREEZE, NULL '')
"""
INDEX: Final = "CREATE INDEX {part}_number ON {part} (number, issuer) WITH (fillfactor = 100)"
IN_FORCE: Final = """
SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
WHERE inhparent = 'documents_listed'::regclass AND relname LIKE %s
"""
# Done as the tables' owner: whoever serves pages owns none.
HANG_IN: Final = "SELECT documents_hang_in(%s, %s, %s)"
PATIENCE: Final = "2s"  # booths that ask meanwhile wait behind us: rather try again
TRIES, PAUSE = 60, 1.0
LOCK_NOT_AVAILABLE: Final = "55P03"


class Busy(Exception):
    """For a while somebody held the table of lost documents, a backup perhaps."""


def part_of(number: int, key: UUID) -> str:
    """The name of the table that holds a version of the source of this number."""
    return f"documents_listed_{number}_{key.hex}"


def part_in_force(number: int) -> str | None:
    """The table that is looked up now for the source of this number; None before its first."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [f"documents\\_listed\\_{number}\\_%"])
        found = cursor.fetchone()
    return str(found[0]) if found else None


def stage(
    part: str,
    number: int,
    blocks: Iterable[tuple[str, int]],
    indexing: Callable[[], None] = lambda: None,
) -> int:
    """Copy (text for COPY, how many rows) into a new table; return the rows.

    Nobody finds them before `hang_in`. `indexing` is called once all are copied.
    """
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(MAKE.format(part=part, number=number))
        with cursor.copy(COPY.format(part=part)) as sink:
            for text, rows in blocks:
                sink.write(text)
                count += rows
        indexing()
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(INDEX.format(part=part))
        cursor.execute(f"ANALYZE {part}")
    return count


def hang_in(part: str, number: int, tries: int = TRIES) -> None:
    """Put a staged table in the place of the present one, which is dropped.

    Raises:
        Busy: at each try somebody held the table.
    """
    for attempt in range(1, tries + 1):
        try:
            with transaction.atomic():
                _swap(part, number)
            return
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            if attempt == tries:
                raise Busy from error
            time.sleep(PAUSE)


def drop(part: str) -> None:
    """Throw a staged table away that no booth looks at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_drop_part(%s)", [part])


def _swap(part: str, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        cursor.execute(HANG_IN, [part, number, part_in_force(number)])
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
