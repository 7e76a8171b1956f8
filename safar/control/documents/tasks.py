"""Background work of the owners' lists of lost documents: a file is read and compared."""

from typing import Final
from uuid import UUID

from procrastinate.contrib.django import app

from safar.control.documents import actions
from safar.control.documents.imports.progress import told
from safar.control.documents.models import ListedImport
from safar.control.documents.wording.refusals import BROKE_OFF, TornList
from safar.core.errors import InvalidMove
from safar.core.permissions import system

WORKER: Final = system("documents worker")


@app.task(name="documents.read_list", queue="lists")
def read_list(key: str) -> None:
    """Do the work; whatever stands in its way is noted on the import, in words."""
    run = ListedImport.objects.get(pk=UUID(key))
    try:
        with told(run) as tell:
            actions.read_list(WORKER, run, tell=tell)
    except InvalidMove:
        return  # it was done meanwhile, or declined
    except TornList as torn:
        actions.fail_list(WORKER, run, failure=torn.failure, problems=torn.problems)
    except Exception:
        actions.fail_list(WORKER, run, failure={"code": BROKE_OFF})
        raise


def start(run: ListedImport) -> None:
    """Have a worker read the file, once this transaction ends."""
    read_list.defer(key=str(run.pk))
