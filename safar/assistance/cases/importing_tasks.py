"""The background work of a list of cases: read, or written; how far it is, and how it ended.

The worker performs it by `config.tasks`, acting in the database as the pages' role on behalf of
whoever handed the list in: both walls stand, and a placement that ended since counts.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from safar.assistance.cases.actions import importing, receiving
from safar.assistance.cases.actions.importing import Tell
from safar.assistance.cases.choices.instruments import CaseImportStatus
from safar.assistance.cases.models import CaseImport, CaseImportProgress
from safar.core.errors import DomainError, InvalidMove
from safar.core.permissions import Actor, system

TASK, QUEUE = "config.case_list", "cases"
EVERY: Final = 1.0  # seconds between two signs of life
SIGN: Final = """
UPDATE cases_caseimportprogress SET done = %s, total = %s, alive_at = %s WHERE run_id = %s
"""


def start(run: CaseImport) -> None:
    """Have a worker do what the list waits for, once this transaction ends."""
    job = app.configure_task(TASK, queue=QUEUE, allow_unknown=True)
    job.defer(key=str(run.pk), user=str(run.made_by_id))


def perform(actor: Actor, key: UUID) -> None:
    """Do what the list waits for; whatever stands in its way is noted on it, in a sentence."""
    run = CaseImport.objects.visible_to(actor).filter(pk=key).first()
    if run is None or not run.is_at_work:
        return  # done meanwhile, or put away
    with translation.override(actor.language):
        _perform(actor, run)


def clear_old() -> None:
    """Put away lists that nobody confirmed for thirty days, and referrals declined a year ago."""
    importing.clear_old_lists(system("clock"), None)
    receiving.clear_declined_referrals(system("clock"), None)


def is_alive(progress: CaseImportProgress, now: datetime | None = None) -> bool:
    """Whether the work gave a sign of life lately. Waiting for a worker counts as one at first."""
    return (now or timezone.now()) - progress.alive_at < CaseImport.ALIVE_FOR


def _perform(actor: Actor, run: CaseImport) -> None:
    loading = run.status == CaseImportStatus.LOADING
    work = importing.load_list if loading else importing.read_list
    try:
        with told(run) as tell:
            work(actor, run, tell=tell)
    except InvalidMove:
        return
    except DomainError as error:
        importing.note_list_failed(actor, run, why=str(error))
    except DatabaseError:
        why = _("The database refused what the list says. Nothing of it was written.")
        importing.note_list_failed(actor, run, why=why)
        raise
    except Exception:
        importing.note_list_failed(actor, run, why=_("Something unforeseen. Tell the help desk."))
        raise


@contextmanager
def told(run: CaseImport) -> Iterator[Tell]:
    """Give what writes down `done` of `total`, over a connection of its own.

    The work is one transaction, whose rows nobody sees before its end.
    """
    own = connection.copy()
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            with own.cursor() as cursor:
                cursor.execute(SIGN, [done, total, timezone.now(), run.pk])

    try:
        yield tell
    finally:
        own.close()
