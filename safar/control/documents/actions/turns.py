"""Of two that do the same at once, the second waits and sees what the first has done."""

from django.db import connection


def one_at_a_time(what: str) -> None:
    """Wait until nobody else is within `what`; it ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"documents {what}"])
