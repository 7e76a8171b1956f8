"""What a new or updated installation needs before it serves."""

from datetime import date, timedelta

import click
from django.core.management import call_command
from django.db import DatabaseError, connection

from safar.config import wings
from safar.control.border.partitions import ensure_months, stray_months

MONTHS_BACK, MONTHS_AHEAD = 14, 3
PATIENCE = "5s"  # those who cross wait behind whoever waits for the table of crossings


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Migrate, give each wing its rights, and make the partitions of the months around today. Can be run again."""
    call_command("migrate", interactive=False, verbosity=verbosity)
    wings.grant()
    make_months()


def make_months() -> None:
    """Make the months around today, and those of crossings that found no month of their own."""
    today = date.today()
    ensure_months(
        today - timedelta(days=31 * MONTHS_BACK), today + timedelta(days=31 * MONTHS_AHEAD)
    )
    for month in stray_months():
        ensure_months(month, month)


def make_months_before_serving() -> None:
    """Make what months are missing; say so where it fails, for a post must open without them.

    The session keeps its short patience for locks: close it afterwards.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [PATIENCE])
        make_months()
    except DatabaseError as error:
        click.echo(
            f"The coming months' tables could not be made: {str(error).strip()}\n"
            "Crossings are kept all the same. Run `safar migrate` when it is quiet.",
            err=True,
        )
