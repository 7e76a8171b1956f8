"""What stays need beside crossings: extensions, excuses, applications, inspections with decisions.

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
BOOTH = """
WITH shift AS (
    INSERT INTO border_shift (id, version, post_id, status, opened_at, opened_by_id, ended_at,
        ended_by_id, hand_over_note)
    SELECT gen_random_uuid(), 1, post_id, 'closed', now(), %(one)s, now(), %(one)s, ''
    FROM border_crossing LIMIT 1
    RETURNING id, post_id
)
INSERT INTO border_signon (id, shift_id, post_id, lane, direction, officer_id, began_at, ended_at)
SELECT gen_random_uuid(), id, post_id, '1', 'entry', %(one)s, now(), now() FROM shift
WHERE NOT EXISTS (SELECT FROM border_signon)
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
# Made in time, and nobody has decided: of one in 128 whose last day is about now, and of one in
# 256 of the years before that was refused.
APPLICATIONS = """
INSERT INTO stays_extensionapplication (id, version, crossing_id, entered_at, entered_on, post_id,
    traveller_id, document_id, permitted_before, asked_on, until_asked, ground, note, fee_receipt,
    status, prepared_at, prepared_by_id, prepared_by_name, decision_reason, ended_at, decided_at,
    decided_by_id, decided_by_name)
SELECT gen_random_uuid(), 1, id, crossed_at, crossed_at::date, post_id, traveller_id, document_id,
    permitted_until, crossed_at::date, permitted_until + 30, 'work', 'x', left(id::text, 30),
    CASE WHEN waits THEN 'asked' ELSE 'refused' END, crossed_at, %(one)s, 'one',
    CASE WHEN waits THEN '' ELSE 'no' END, ended, ended, CASE WHEN waits THEN NULL ELSE %(other)s END,
    CASE WHEN waits THEN '' ELSE 'other' END
FROM (
    SELECT *, permitted_until > current_date - 30 AS waits,
        CASE WHEN permitted_until > current_date - 30 THEN NULL ELSE crossed_at + interval '9 days'
        END AS ended
    FROM border_crossing WHERE direction = 'entry' AND (
        permitted_until < current_date - 30 AND get_byte(uuid_send(id), 15) = 11
        OR permitted_until BETWEEN current_date - 29 AND current_date + 30
        AND get_byte(uuid_send(id), 15) BETWEEN 12 AND 13)
) AS chosen
"""
STEPS = (EXTENSIONS, EXCUSES, APPLICATIONS, BOOTH, INSPECTIONS)


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
        rows = {name: _count(cursor, f"border_{name}") for name in
                ("stayextension", "stayexcuse", "inspection", "decision")}  # fmt: skip
        return rows | {"applications": _count(cursor, "stays_extensionapplication")}


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return int(cursor.fetchone()[0])


def empty_list() -> None:
    """A list that no night has written to yet: what an earlier run left is struck out."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM stays_rebuttal")
        cursor.execute("DELETE FROM stays_overstay")
