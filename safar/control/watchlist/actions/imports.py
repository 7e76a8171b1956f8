"""Writes: a new version of a list is put forward with its dry run, and loaded whole or not at all.

What takes long runs at once, or later: `start` begins it in the background, in the transaction
that asked for it.
"""

import hashlib
from collections.abc import Callable, Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.actions.import_work import (
    TornImport,
    counts,
    forget_travellers,
    load,
    prepare,
    refuse_stale,
)
from safar.control.watchlist.actions.lists import locked
from safar.control.watchlist.choices import ImportStatus, SourceFormat
from safar.control.watchlist.imports.comparing import silent
from safar.control.watchlist.imports.keeping import keep, kept
from safar.control.watchlist.imports.progress import is_alive
from safar.control.watchlist.models import ImportProgress, ImportRun, SourceMapping, WatchList
from safar.control.watchlist.policies import not_own_import, with_the_right_to_end
from safar.control.watchlist.sources import table
from safar.control.watchlist.sources.files import SourceFile
from safar.control.watchlist.sources.formats import FORMATS, Format, columns_from
from safar.control.watchlist.sources.parsed import (
    TornFileError,
)
from safar.control.watchlist.sources.table import Columns
from safar.control.watchlist.workflow import IMPORT
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor

Start = Callable[[ImportRun], None]


@action("watchlist.propose_import", policies=(role_suffices,))
def propose_import(
    actor: Actor,
    watch_list: WatchList,
    *,
    files: Mapping[str, SourceFile],
    columns: Columns | None = None,
    start: Start | None = None,
) -> ImportRun:
    """Put the files of a new version forward; nothing of the list changes yet

    `files` by the parts of the list's format. They are read and compared at once, or by `start`;
    a table whose columns nobody named waits for that.

    Raises:
        RuleBroken: the list is fed from no such files; read at once: one is torn, naming its line.
    """
    given = _format_of(watch_list)
    if set(files) != {part.name for part in given.parts}:
        raise RuleBroken(_("These are not the files that this list is fed from."), code="E-611")
    names, sums = zip(*((file.name, file.sha256) for file in files.values()), strict=True)
    run = ImportRun.objects.create(
        list=watch_list,
        file_names=", ".join(names)[:300],
        sha256=hashlib.sha256(" ".join(sums).encode()).hexdigest() if len(sums) > 1 else sums[0],
        based_on=watch_list.published_version,
        prepared_at=timezone.now(),
        prepared_by_id=actor.user_id,
        prepared_by_name=actor.name,
    )
    ImportProgress.objects.create(run=run, alive_at=timezone.now())
    for part, file in files.items():
        keep(run, part, file)
    if watch_list.source_format == SourceFormat.TABLE:
        _take_columns(actor, run, columns, files["file"], may_ask=start is not None)
    note(list=watch_list.code, sha256=run.sha256)
    return _begin_reading(run, files, start)


@action("watchlist.choose_columns", policies=(role_suffices,))
def choose_columns(
    actor: Actor, run: ImportRun, *, columns: Columns, start: Start | None = None
) -> ImportRun:
    """Chose which column of a table is what, for this import and the list's next files

    Whoever chooses decides what the list will say: she becomes its preparer, and another person
    has to agree.

    Raises:
        RuleBroken: no column holds the name; read at once: the table is torn.
    """
    IMPORT.move(run, "choose_columns")
    if not {"name", "surname", "given"} & set(columns.columns):
        raise RuleBroken(_("Choose the column of the name, or of the surname."), field="name")
    note(uploaded_by=str(run.prepared_by_id or ""))
    run.prepared_at = timezone.now()
    run.prepared_by_id, run.prepared_by_name = actor.user_id, actor.name
    _remember(actor, run, columns)
    ImportProgress.objects.filter(run=run).update(done=0, total=0, alive_at=timezone.now())
    with kept(run) as files:
        return _begin_reading(run, files, start)


@action("watchlist.approve_import", policies=(not_own_import, with_the_right_to_end))
def approve_import(
    actor: Actor, run: ImportRun, *, confirm_shrink: bool = False, start: Start | None = None
) -> ImportRun:
    """Agreed to an import as the second person; it is loaded at once, or by `start`

    The list is replaced whole in one transaction. `confirm_shrink` is the explicit word that a
    list which loses more than a tenth needs. Where a table of the owner's own leaves entries
    out, the second person needs the right to lift (`policies.with_the_right_to_end`).

    Raises:
        RuleBroken: the list would shrink and nobody said that it may; the kept file is damaged.
        Stale: the list changed since the dry run.
    """
    watch_list = locked(run.list_id)
    IMPORT.move(run, "agree")
    refuse_stale(run, watch_list)
    if run.shrinks and not confirm_shrink:
        raise RuleBroken(
            _("The list would lose more than a tenth. Confirm that this is meant."),
            field="confirm_shrink",
            code="E-612",
        )
    run.decided_at = timezone.now()
    run.decided_by_id, run.decided_by_name = actor.user_id, actor.name
    run.save()
    forget_travellers(run)
    note(list=watch_list.code, **counts(run))
    if start is None:
        return load(run, watch_list, silent)
    ImportProgress.objects.filter(run=run).update(done=0, total=0, alive_at=timezone.now())
    start(run)
    return run


@action("watchlist.restart_import", policies=(role_suffices,))
def restart_import(actor: Actor, run: ImportRun, *, start: Start) -> ImportRun:
    """Started an import again whose work broke off

    Raises:
        InvalidMove: it is still at work, or was done.
    """
    progress = ImportProgress.objects.select_for_update().filter(run=run).first()
    if run.is_at_work:
        if is_alive(progress):
            raise InvalidMove(_("The work goes on. Wait until it is done."))
    else:
        IMPORT.move(run, "load_again" if run.decided_at else "read_again")
        run.failure = None
        run.save()
    ImportProgress.objects.filter(run=run).update(done=0, total=0, alive_at=timezone.now())
    start(run)
    return run


@action("watchlist.decline_import", policies=(role_suffices,))
def decline_import(actor: Actor, run: ImportRun, *, reason: str) -> ImportRun:
    """Declined an import, or took back her own"""
    if not reason.strip():
        raise RuleBroken(_("Say why, so that the other person can mend it."), field="reason")
    IMPORT.move(run, "decline")
    run.declined_at, run.reason, run.failure = timezone.now(), reason.strip(), None
    run.declined_by_id, run.declined_by_name = actor.user_id, actor.name
    run.save()
    forget_travellers(run)
    return run


def _format_of(watch_list: WatchList) -> Format:
    if watch_list.source_format not in FORMATS:
        raise RuleBroken(_("This list is kept by hand: it takes no files."), code="E-611")
    return FORMATS[watch_list.source_format]


def _take_columns(
    actor: Actor, run: ImportRun, columns: Columns | None, file: SourceFile, *, may_ask: bool
) -> None:
    """The columns as given, or as remembered where the table still has them all; else ask."""
    if columns is not None:
        _remember(actor, run, columns)
        return
    remembered = SourceMapping.objects.filter(list=run.list_id).first()
    held = columns_from(remembered.as_json() if remembered else None)
    fits = _fits(file, held)  # asked for in any case: it refuses what is no table
    if remembered is not None and fits:
        run.columns = remembered.as_json()
    elif may_ask:
        IMPORT.move(run, "ask_columns")
    else:
        raise RuleBroken(
            _("Which column of this table is what? Name the columns."),
            field="columns",
            code="E-614",
        )
    run.save()


def _fits(file: SourceFile, columns: Columns) -> bool:
    """Whether the table has every column that is remembered; one that cannot be read is refused."""
    try:
        seen = table.preview(file, separator=columns.separator, sheet=columns.sheet)
    except TornFileError as torn:
        raise TornImport(torn) from torn
    return set(columns.columns.values()) <= set(seen.heading)


def _remember(actor: Actor, run: ImportRun, columns: Columns) -> None:
    run.columns = columns.as_json()
    run.save()
    SourceMapping.objects.update_or_create(
        list_id=run.list_id,
        defaults={
            **columns.as_json(),
            "remembered_at": timezone.now(),
            "remembered_by_id": actor.user_id,
            "remembered_by_name": actor.name,
        },
    )


def _begin_reading(
    run: ImportRun, files: Mapping[str, SourceFile], start: Start | None
) -> ImportRun:
    if run.status != ImportStatus.READING:
        return run
    if start is None:
        return prepare(run, files, silent)
    run.save()
    start(run)
    return run
