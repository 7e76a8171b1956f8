"""What a night does for visas: drafts that were never sent go, blanks are counted."""

from typing import Final

from procrastinate.contrib.django import app

from safar.control.visas import actions
from safar.control.visas.actions.counting import count_blanks
from safar.core.permissions import system

WORKER: Final = system("visas worker")


@app.periodic(cron="50 2 * * *")
@app.task(name="visas.clear_drafts", queue="clock", pass_context=False)
def clear_drafts(timestamp: int) -> None:
    """Delete what was begun and not touched for thirty days."""
    actions.clear_drafts(WORKER, None)


@app.periodic(cron="30 2 * * *")
@app.task(name="visas.balance", queue="clock", pass_context=False)
def balance(timestamp: int) -> None:
    """Count the blank stickers of every consulate: the difference must be zero."""
    count_blanks(WORKER, None)
