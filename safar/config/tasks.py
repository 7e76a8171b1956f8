"""What the worker does by the clock, for the installation as a whole."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from safar.config import installing, working


@app.periodic(cron="20 2 * * *")
@app.task(name="config.months", queue="clock", pass_context=False)
def months(timestamp: int) -> None:
    """Make the coming months' tables while it is quiet: a server may run for years."""
    installing.make_months_before_serving()


@app.periodic(cron="* * * * *")
@app.task(name="config.stalled", queue="clock", queueing_lock="config.stalled", pass_context=True)
async def stalled(context: JobContext, timestamp: int) -> None:
    """Take up what a worker had begun that died since, while others went on."""
    await working.give_up(context.app)
    await working.take_up(context.app.job_manager)
