"""Writes: an import is read and compared, and loaded whole: at once, or by a worker."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import work
from safar.control.watchlist.actions.lists import locked, publish
from safar.control.watchlist.actions.rescreening import ask_since
from safar.control.watchlist.choices import ImportStage
from safar.control.watchlist.imports import comparing, loading
from safar.control.watchlist.imports.comparing import Tell, silent
from safar.control.watchlist.imports.keeping import kept
from safar.control.watchlist.models import ImportReplay, ImportRun, WatchList
from safar.control.watchlist.screening import name_index
from safar.control.watchlist.sources.files import Meter, SourceFile
from safar.control.watchlist.sources.formats import FORMATS, columns_from
from safar.control.watchlist.sources.parsed import (
    FAILED,
    ParsedEntry,
    Report,
    TornFileError,
    sentence_of,
)
from safar.control.watchlist.workflow import IMPORT
from safar.core.action import action, note, role_suffices
from safar.core.errors import DomainError, InvalidMove, RuleBroken, Stale
from safar.core.permissions import Actor

COUNTS: Final = ("added", "changed", "gone", "same", "bad", "others")


class TornImport(RuleBroken):
    """A file of the import cannot be read; `failure` as its run keeps it."""

    def __init__(self, torn: TornFileError) -> None:
        self.failure = torn.as_json()
        super().__init__(
            sentence_of(self.failure), field="files", code="E-610", line=torn.line, wrong=torn.code
        )


@action("watchlist.read_import", policies=(role_suffices,))
def read_import(actor: Actor, run: ImportRun, *, tell: Tell = silent) -> ImportRun:
    """Read the files of an import and compared them with the list, in the background"""
    if not IMPORT.allows(run.status, "read"):
        raise InvalidMove(_("This import was read already."))
    with kept(run) as files:
        return prepare(run, files, tell)


@action("watchlist.load_import", policies=(role_suffices,))
def load_import(actor: Actor, run: ImportRun, *, tell: Tell = silent) -> ImportRun:
    """Loaded an import that a second person had agreed to, in the background"""
    watch_list = locked(run.list_id)
    if not IMPORT.allows(run.status, "load"):
        raise InvalidMove(_("This import was loaded already."))
    refuse_stale(run, watch_list)
    return load(run, watch_list, tell)


@action("watchlist.fail_import", policies=(role_suffices,))
def fail_import(actor: Actor, run: ImportRun, *, failure: Mapping[str, Any]) -> ImportRun:
    """Noted why an import was not done in the background; the list is as it was"""
    IMPORT.move(run, "fail")
    run.failure = dict(failure)
    run.save()
    note(wrong=str(failure.get("code", "")), line=int(failure.get("line") or 0))
    return run


def failure_of(error: DomainError) -> dict[str, Any]:
    """An error of the background work, as its run keeps it."""
    if isinstance(error, TornImport):
        return error.failure
    if isinstance(error, Stale):
        return {"code": "stale"}
    return {"code": error.code, "text": str(error)}


@contextmanager
def entries_of(
    run: ImportRun, files: Mapping[str, SourceFile], report: Report, meter: Meter
) -> Iterator[Iterable[ParsedEntry]]:
    """The persons of an import's files, as they stream by.

    Raises:
        TornImport: a file cannot be read.
    """
    reader = FORMATS[run.list.source_format].read
    try:
        yield reader(files, report, meter, columns_from(run.columns))
    except TornFileError as torn:
        raise TornImport(torn) from torn


def prepare(run: ImportRun, files: Mapping[str, SourceFile], tell: Tell) -> ImportRun:
    report, meter = Report(), Meter(total=sum(file.size for file in files.values()))
    with entries_of(run, files, report, meter) as entries:
        planned = comparing.plan(run.list, entries, lambda *_: tell(meter.done, meter.total))
    IMPORT.move(run, "read")
    run.based_on = WatchList.objects.get(pk=run.list_id).published_version
    for name in ("added", "changed", "gone", "same"):
        setattr(run, name, getattr(planned, name))
    run.bad, run.others = report.bad, report.others
    run.shrinks, run.shown = planned.shrinks, planned.shown
    run.what_changed = dict(planned.what_changed)
    run.problems = [asdict(problem) for problem in report.problems]
    run.save()
    _ask_for_replay(run)
    note(**counts(run))
    return run


def _ask_for_replay(run: ImportRun) -> None:
    """Have what would change tried on last month's travellers, where anything would."""
    ImportReplay.objects.filter(run=run).delete()
    if run.added or run.changed or run.gone:
        work.defer(work.REPLAY, ImportReplay.objects.create(run=run, asked_at=timezone.now()).pk)


def load(run: ImportRun, watch_list: WatchList, tell: Tell) -> ImportRun:
    run.list = watch_list
    with (
        kept(run) as files,
        entries_of(run, files, Report(), Meter()) as entries,
    ):
        done = loading.apply(run, watch_list, entries, tell)
    IMPORT.move(run, "load")
    run.save()
    if done.is_empty:
        watch_list.checked_at = timezone.now()
        watch_list.save()
    else:
        publish(watch_list)
        ask_since(watch_list, run.decided_at or timezone.now())
        tell(1, 1, ImportStage.INDEXING)
        name_index.build_before_commit()
    note(version=watch_list.published_version)
    return run


def forget_travellers(run: ImportRun) -> None:
    """Once it is decided, nobody needs to see whom an import would have stopped."""
    ImportReplay.objects.filter(run=run).update(shown=[])


def refuse_stale(run: ImportRun, watch_list: WatchList) -> None:
    if run.based_on != watch_list.published_version:
        raise Stale(FAILED["stale"])


def counts(run: ImportRun) -> Mapping[str, int]:
    return {name: getattr(run, name) for name in COUNTS}
