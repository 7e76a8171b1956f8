"""What a night does for stays: overstays are found, and those that ended are closed."""

from typing import Final

from procrastinate.contrib.django import app

from safar.control.stays.actions.finding import find_overstays as find
from safar.core.permissions import system

WORKER: Final = system("stays worker")


@app.periodic(cron="15 20 * * *")  # UTC: after midnight in every country of the region
@app.task(name="stays.find_overstays", queue="clock", pass_context=False)
def find_overstays(timestamp: int) -> None:
    """Put new overstays on the list and close those that ended."""
    find(WORKER, None)
