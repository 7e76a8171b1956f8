"""What a night does for stays: overstays are found and closed; what is past its time goes."""

from typing import Final

from procrastinate.contrib.django import app

from safar.control.stays.actions.erasing import erase as erase_all
from safar.control.stays.actions.extending import end_of_who_left
from safar.control.stays.actions.finding import find_overstays as find
from safar.core.permissions import system

WORKER: Final = system("stays worker")


@app.periodic(cron="15 20 * * *")  # UTC: after midnight in every country of the region
@app.task(name="stays.find_overstays", queue="clock", pass_context=False)
def find_overstays(timestamp: int) -> None:
    """Put new overstays on the list and close those that ended; nobody who left waits to stay."""
    end_of_who_left(WORKER, None)
    find(WORKER, None)


@app.periodic(cron="45 20 * * *")
@app.task(name="stays.erase", queue="clock", pass_context=False)
def erase(timestamp: int) -> None:
    """Erase what is past its time; after the finding, which closes what can be told no more."""
    erase_all(WORKER, None)
