"""What stays need beside crossings: extensions, excuses, inspections with decisions.

Written by plain SQL, as `simulation.loading` writes crossings: millions of rows by the real
actions would take a day. Made once; a database that is kept has it.
"""

from typing import Any

EXTENSIONS = """
INSERT INTO border_stayextension (id, crossing_id, post_id, traveller_id, permitted_before,
    prepared_by_id, decided_at, decided_by_id, until, ground)
SELECT gen_random_uuid(), id, post_id, traveller_id, permitted_until, %(one)s,
    least(now(), crossed_at + interval '1 day'), %(other)s, permitted_until + 30, 'illness'
FROM border_crossing WHERE direction = 'entry' AND permitted_until < current_date + 30
    AND get_byte(uuid_send(id), 15) < 8
"""
EXCUSES = """
INSERT INTO border_stayexcuse (id, crossing_id, post_id, traveller_id, permitted_before,
    prepared_by_id, decided_at, decided_by_id, until, ground)
SELECT gen_random_uuid(), id, post_id, traveller_id, permitted_until, %(one)s,
    permitted_until + 2, %(other)s, permitted_until + 20, 'hospital'
FROM border_crossing WHERE direction = 'entry' AND permitted_until < current_date - 30
    AND get_byte(uuid_send(id), 15) BETWEEN 8 AND 9
"""
INSPECTIONS = """
WITH latest AS (
    SELECT c.*, d.number FROM border_crossing c JOIN travellers_traveldocument d ON d.id = c.document_id
    WHERE c.crossed_at >= now() - %(days)s * interval '1 day'
), looked AS (
    INSERT INTO border_inspection (id, sign_on_id, post_id, lane, direction, officer_id,
        inspected_at, source, mrz, document, traveller_id, possible, matched, others, findings,
        verdict)
    SELECT gen_random_uuid(), (SELECT id FROM border_signon LIMIT 1), post_id, lane, direction,
        %(one)s, crossed_at - interval '1 minute', 'scan', '', jsonb_build_object('number', number),
        traveller_id, '{}', '{}', '[]', '[]', 'clear'
    FROM latest RETURNING id, officer_id, inspected_at
)
INSERT INTO border_decision (id, inspection_id, line, kind, grounds, reason, decided_at, decided_by_id)
SELECT gen_random_uuid(), id, 'first', 'admit', '{}', '', inspected_at + interval '1 minute',
    officer_id FROM looked
"""
STEPS = (EXTENSIONS, EXCUSES, INSPECTIONS)


def fill(inspected_days: int) -> dict[str, int]:
    """Write them unless they are there; how many rows of each there are."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM border_stayextension")
        if not cursor.fetchone()[0]:
            cursor.execute("SELECT id FROM accounts_user ORDER BY id LIMIT 2")
            one, other = (row[0] for row in cursor.fetchall())
            values: dict[str, Any] = {"one": one, "other": other, "days": inspected_days}
            for statement in STEPS:
                cursor.execute(statement, values)
            cursor.execute("VACUUM (ANALYZE)")
        return {name: _count(cursor, f"border_{name}") for name in
                ("stayextension", "stayexcuse", "inspection", "decision")}  # fmt: skip


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return int(cursor.fetchone()[0])


def empty_list() -> None:
    """A list that no night has written to yet: what an earlier run left is struck out."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM stays_rebuttal")
        cursor.execute("DELETE FROM stays_overstay")
