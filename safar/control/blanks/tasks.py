"""What a night does for blanks: they are counted, and the difference must be zero."""

from typing import Final

from procrastinate.contrib.django import app

from safar.control.blanks.actions.counting import count_blanks
from safar.core.permissions import system

WORKER: Final = system("blanks worker")


@app.periodic(cron="30 2 * * *")
@app.task(name="blanks.balance", queue="clock", pass_context=False)
def balance(timestamp: int) -> None:
    """Count the blanks of every office, kind by kind."""
    count_blanks(WORKER, None)
