"""Background work of the lists: a version is read and loaded (see `imports.progress`); what a day begins."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from procrastinate.contrib.django import app

from safar.control.watchlist import actions
from safar.control.watchlist.actions.import_work import failure_of
from safar.control.watchlist.choices import ImportStatus
from safar.control.watchlist.imports.progress import told
from safar.control.watchlist.models import ImportRun
from safar.core.errors import DomainError, InvalidMove
from safar.core.permissions import system

WORKER: Final = system("lists worker")
GIVE_UP: Final = "watchlist.give_up"


@app.task(name="watchlist.read_import", queue="lists")
def read_import(key: str) -> None:
    _perform(actions.read_import, UUID(key))


@app.task(name="watchlist.load_import", queue="lists")
def load_import(key: str) -> None:
    _perform(actions.load_import, UUID(key))


@app.task(name=GIVE_UP, queue="lists")
def give_up(task: str, key: str) -> None:
    """Say on the page of some work that it ended its worker's process too often."""
    actions.give_up_work(WORKER, None, task=task, key=UUID(key))


@app.periodic(cron="5 20 * * *")  # UTC: after midnight in every country of the region
@app.task(name="watchlist.ask_for_today", queue="clock", pass_context=False)
def ask_for_today(timestamp: int) -> None:
    """Have those who are inside compared with the entries whose first day this is."""
    actions.ask_for_today(WORKER, None)


def start(run: ImportRun) -> None:
    """Have a worker do what the import waits for, once this transaction ends."""
    task = load_import if run.status == ImportStatus.LOADING else read_import
    task.defer(key=str(run.pk))


def perform(run: ImportRun) -> None:
    """Do here and now what the import waits for: without a worker, by the command line."""
    loading = run.status == ImportStatus.LOADING
    _perform(actions.load_import if loading else actions.read_import, run.pk)


def _perform(work: Callable[..., Any], key: UUID) -> None:
    """Do the work; whatever stands in its way is noted on the run, in words."""
    run = ImportRun.objects.get(pk=key)
    try:
        with told(run) as tell:
            work(WORKER, run, tell=tell)
    except InvalidMove:
        return  # it was done meanwhile, or declined
    except DomainError as error:
        actions.fail_import(WORKER, run, failure=failure_of(error))
    except Exception:
        actions.fail_import(WORKER, run, failure={"code": "unforeseen"})
        raise
