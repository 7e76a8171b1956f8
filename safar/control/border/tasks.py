"""Background work of the border for the lists. Called by name from below, see `watchlist.work`."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from safar.control.border import handing_over

AGAIN = RetryStrategy(max_attempts=5, wait=60)  # seconds; the work can be repeated


@app.task(name="border.rescreen", queue="lists", retry=AGAIN)
def rescreen(key: str) -> None:
    handing_over.rescreen(UUID(key))


@app.task(name="border.try_threshold", queue="lists", retry=AGAIN)
def try_threshold(key: str) -> None:
    handing_over.try_threshold(UUID(key))


@app.task(name="border.replay_import", queue="lists", retry=AGAIN)
def replay_import(key: str) -> None:
    handing_over.replay_import(UUID(key))


@app.periodic(cron="40 0 * * *")
@app.task(name="border.hand_over_traffic", queue="clock", pass_context=False)
def hand_over_traffic(timestamp: int) -> None:
    handing_over.hand_over_traffic()


@app.periodic(cron="10 21 * * *")  # UTC: after midnight in every country of the region
@app.task(name="border.hand_over_shapes", queue="clock", pass_context=False)
def hand_over_shapes(timestamp: int) -> None:
    handing_over.hand_over_shapes()
