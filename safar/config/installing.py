"""What a new or updated installation needs before it serves."""

from datetime import date, timedelta

from django.core.management import call_command

from safar.control.border.partitions import ensure_months

MONTHS_BACK, MONTHS_AHEAD = 14, 3


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Migrate, and make the partitions of the months around today. Can be run again."""
    call_command("migrate", interactive=False, verbosity=verbosity)
    today = date.today()
    ensure_months(
        today - timedelta(days=31 * MONTHS_BACK), today + timedelta(days=31 * MONTHS_AHEAD)
    )
