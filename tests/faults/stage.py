"""Makes the tables, reference data and officers of a fault test, in the database that is named.

Run as `python -m tests.faults.stage` with DATABASE_URL; nothing runs in a test's transaction.
"""

import django


def main() -> None:
    django.setup()
    from safar.config import installing  # noqa: PLC0415 - only after Django's own setup
    from tests.faults.officer import FIRST_LINE, SECOND_LINE  # noqa: PLC0415
    from tests.makers import border  # noqa: PLC0415
    from tests.makers.accounts import user  # noqa: PLC0415

    installing.bring_up_to_date()
    border.open_shift(border.MANAS)
    for name in FIRST_LINE:
        user(name, "officer", posts=[border.MANAS])
    for name in SECOND_LINE:
        user(name, "second_line", posts=[border.MANAS])


if __name__ == "__main__":
    main()
