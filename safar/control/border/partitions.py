"""The months that the table of crossings is cut into.

A look-up that bounds its dates touches only the months it needs. What belongs to no month
that was made lands in the default partition: a crossing is never lost for want of one. It is
moved from there when its month is made.
"""

from datetime import date

from django.db import connection

# PostgreSQL refuses a month of which the default partition holds rows. So the default is taken
# off, which frees it of its parent's row trigger, and hung back, which gives the trigger back:
# nobody else reaches either table meanwhile. Pending checks of foreign keys would stand in the way.
PARTITION_FUNCTION = """
CREATE OR REPLACE FUNCTION safar_crossing_month(first date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    part text := 'border_crossing_' || to_char(first, 'YYYY_MM');
    since timestamptz := first::timestamp AT TIME ZONE 'UTC';
    until timestamptz := (first + interval '1 month')::timestamp AT TIME ZONE 'UTC';
    stray boolean;
BEGIN
    IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
    LOCK TABLE border_crossing IN ACCESS EXCLUSIVE MODE;
    IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
    stray := EXISTS (SELECT FROM border_crossing_other
        WHERE crossed_at >= since AND crossed_at < until);
    IF stray THEN
        SET CONSTRAINTS ALL IMMEDIATE;
        ALTER TABLE border_crossing DETACH PARTITION border_crossing_other;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF border_crossing FOR VALUES FROM (%L) TO (%L)',
        part, since, until);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT '
        'EXECUTE FUNCTION safar_append_only()', part || '_keep', part);
    IF stray THEN
        EXECUTE format('WITH moved AS (DELETE FROM border_crossing_other '
            'WHERE crossed_at >= %L AND crossed_at < %L RETURNING *) '
            'INSERT INTO %I SELECT * FROM moved', since, until, part);
        ALTER TABLE border_crossing ATTACH PARTITION border_crossing_other DEFAULT;
        SET CONSTRAINTS ALL DEFERRED;
    END IF;
END $$;
"""
# A trigger against TRUNCATE is not handed down to partitions: the default needs its own.
KEEP_DEFAULT = """
CREATE TRIGGER border_crossing_other_keep BEFORE TRUNCATE ON border_crossing_other
    FOR EACH STATEMENT EXECUTE FUNCTION safar_append_only();
"""


def ensure_months(first: date, last: date) -> None:
    """Make the partitions of every month from the first day's to the last day's.

    Crossings that waited in the default partition move into their month. Outside a transaction
    each month is one of its own: whole, or not at all.
    """
    month = first.replace(day=1)
    with connection.cursor() as cursor:
        while month <= last:
            cursor.execute("SELECT safar_crossing_month(%s)", [month])
            month = month_after(month)


def month_after(day: date) -> date:
    """Return the first day of the month after the day's."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def has_month(day: date) -> bool:
    """Return whether the partition of the day's month is made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"border_crossing_{day:%Y_%m}"])
        return bool(cursor.fetchone()[0])


def stray_months() -> list[date]:
    """Return the months, by their first day, whose crossings lie in the default partition."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT date_trunc('month', crossed_at AT TIME ZONE 'UTC')::date AS month"
            " FROM border_crossing_other ORDER BY month"
        )
        return [month for (month,) in cursor]
