"""The months that the table of crossings is cut into.

A look-up that bounds its dates touches only the months it needs. What belongs to no month
that was made lands in the default partition: a crossing is never lost for want of one.
"""

from datetime import date

from django.db import connection

PARTITION_FUNCTION = """
CREATE FUNCTION safar_crossing_month(first date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    part text := 'border_crossing_' || to_char(first, 'YYYY_MM');
BEGIN
    IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF border_crossing FOR VALUES FROM (%L) TO (%L)',
        part, first::timestamp AT TIME ZONE 'UTC',
        (first + interval '1 month')::timestamp AT TIME ZONE 'UTC');
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT '
        'EXECUTE FUNCTION safar_append_only()', part || '_keep', part);
END $$;
"""


def ensure_months(first: date, last: date) -> None:
    """Make the partitions of every month from the first day's to the last day's."""
    month = first.replace(day=1)
    with connection.cursor() as cursor:
        while month <= last:
            cursor.execute("SELECT safar_crossing_month(%s)", [month])
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
