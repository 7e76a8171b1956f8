"""What the worker does for passports: at night, what is past its time goes."""

from typing import Final

from procrastinate.contrib.django import app

from safar.control.passports.actions.erasing import AT_ONCE
from safar.control.passports.actions.erasing import erase as erase_some
from safar.core.permissions import system

WORKER: Final = system("passports worker")


@app.periodic(cron="30 3 * * *")
@app.task(name="passports.erase", queue="clock", pass_context=False)
def erase(timestamp: int) -> None:
    """Erase what is past its time, old drafts too, a few hundred in a transaction."""
    while erase_some(WORKER, None) == AT_ONCE:
        pass
