"""Writes: an import's dry run is tried on last month's travellers; work that cannot be done ends."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from safar.control.watchlist import work
from safar.control.watchlist.actions.import_work import fail_import
from safar.control.watchlist.actions.thresholds import nothing_tried
from safar.control.watchlist.choices import ChangeStatus, ImportStatus, WorkStatus
from safar.control.watchlist.models import ImportReplay, ImportRun, Rescreening, ThresholdChange
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor


@action("watchlist.report_replay", policies=(role_suffices,))
def report_replay(
    actor: Actor, target: ImportReplay, *, so_far: dict[str, Any], is_over: bool = False
) -> ImportReplay:
    """Reported whom an import's entries would have stopped last month, and which are doubtful

    `so_far`: the fields of the replay as they are by now. One whose import was decided on
    meanwhile ends.
    """
    for name, value in so_far.items():
        setattr(target, name, value)
    target.status = WorkStatus.RUNNING
    target.started_at = target.started_at or timezone.now()
    if is_over or target.run.status != ImportStatus.PREPARED:
        _end(target, WorkStatus.DONE)
    if target.run.status != ImportStatus.PREPARED:
        target.shown = []
    target.save()
    note(done=target.done, stopped=target.stopped)
    return target


@action("watchlist.give_up_work", policies=(role_suffices,))
def give_up_work(actor: Actor, target: None, *, task: str, key: UUID) -> None:
    """Gave up work of the lists that ended its worker's process again and again"""
    note(task=task, key=str(key))
    if task in ("watchlist.read_import", "watchlist.load_import"):
        run = ImportRun.objects.get(pk=key)
        if run.is_at_work:
            fail_import(actor, run, failure={"code": "killed"})
    elif task == work.TRY_THRESHOLD:
        for change in ThresholdChange.objects.filter(pk=key, status=ChangeStatus.PROPOSED):
            change.sample = {**(change.sample or nothing_tried()), "failed": True}
            change.save()
    else:
        kind = ImportReplay if task == work.REPLAY else Rescreening
        for one in kind.objects.filter(pk=key).exclude(status=WorkStatus.DONE):
            _end(one, WorkStatus.FAILED)
            one.save()


def _end(one: ImportReplay | Rescreening, status: WorkStatus) -> None:
    one.status, one.ended_at = status, timezone.now()
