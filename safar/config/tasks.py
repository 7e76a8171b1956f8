"""What the worker does by the clock, for the installation as a whole."""

from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app

from safar.accounts.models import User
from safar.accounts.queries import actor_of
from safar.assistance.cases import importing_tasks
from safar.config import installing, wings, working


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


@app.task(name=importing_tasks.TASK, queue=importing_tasks.QUEUE)
def case_list(key: str, user: str) -> None:
    """Read or write a list of cases behind the walls of whoever handed it in, as a page does."""
    who = User.objects.get(pk=user)
    with wings.acting_in(wings.ASSISTANCE, who.pk):
        importing_tasks.perform(actor_of(who), UUID(key))


@app.periodic(cron="40 2 * * *")
@app.task(name="config.old_case_lists", queue="clock", pass_context=False)
def old_case_lists(timestamp: int) -> None:
    """Put away lists of cases that nobody confirmed."""
    importing_tasks.clear_old()
