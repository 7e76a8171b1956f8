"""Makes the tables, reference data and officers of a fault test, in the database that is named.

Run as `python -m tests.faults.stage` with DATABASE_URL; nothing runs in a test's transaction.
"""

import django


def main() -> None:
    django.setup()
    from safar.config import installing
    from tests.faults.officer import FIRST_LINE, SECOND_LINE
    from tests.makers import border
    from tests.makers.accounts import user

    installing.bring_up_to_date()
    border.open_shift(border.MANAS)
    for name in FIRST_LINE:
        user(name, "officer", posts=[border.MANAS])
    for name in SECOND_LINE:
        user(name, "second_line", posts=[border.MANAS])


if __name__ == "__main__":
    main()
