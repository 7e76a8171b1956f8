"""What the worker does by the clock, for the installation as a whole."""

from procrastinate.contrib.django import app

from safar.config import installing


@app.periodic(cron="20 2 * * *")
@app.task(name="config.months", queue="clock", pass_context=False)
def months(timestamp: int) -> None:
    """Make the coming months' tables while it is quiet: a server may run for years."""
    installing.make_months_before_serving()
