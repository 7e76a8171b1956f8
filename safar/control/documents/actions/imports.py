"""Writes: a new version of an owner's list is put forward with its dry run, and decided on.

The work of it is done before the second person looks: what was read lies in a table of its own,
and her word puts that very table in force.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.documents.actions.listed import Version, put_in_force
from safar.control.documents.files import listed as listed_reading
from safar.control.documents.imports import comparing, keeping, listed
from safar.control.documents.imports.progress import Tell, refuse_at_work, silent
from safar.control.documents.models import ListedImport, ListedPiece, ListedProgress, ListedSource
from safar.control.documents.policies import not_own_list
from safar.control.documents.wording.refusals import BROKE_OFF, Problems, TornList
from safar.control.documents.workflow import IMPORT
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor

Start = Callable[[ListedImport], None]
READ_PART = 0.7  # of the work; then comes the index, then the comparison
TRIES = 3  # a person waits for the answer


@action("documents.propose_list", policies=(role_suffices,))
def propose_list(
    actor: Actor, source: ListedSource, *, name: str, content: BinaryIO, start: Start
) -> ListedImport:
    """Put a file forward as the new version of an owner's list; nothing changes yet

    It is read and compared by `start`.

    Raises:
        InvalidMove: another file of this list waits already.
    """
    run = ListedImport(
        source=source,
        file_name=name[:120],
        prepared_at=timezone.now(),
        prepared_by_id=actor.person_id,
    )
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:
        raise InvalidMove(
            _("Another file of this list waits already. Decide on it first."), field="file"
        ) from None
    ListedPiece.objects.filter(run__source=source).exclude(run=run).delete()  # of failed ones
    ListedProgress.objects.create(run=run, alive_at=timezone.now())
    run.sha256, run.size = keeping.keep(run, content)
    run.save()
    note(source=source.code, sha256=run.sha256)
    start(run)
    return run


@action("documents.read_list", policies=(role_suffices,))
def read_list(actor: Actor, run: ListedImport, *, tell: Tell = silent) -> ListedImport:
    """Read the file of an import and compared it with the list in force, in the background

    Raises:
        TornList: the file as a whole cannot be trusted. Nothing of it stays.
    """
    IMPORT.move(run, "read")
    outcome, total = listed_reading.Outcome(), round(run.size / READ_PART) or 1
    with keeping.kept(run) as path:
        blocks = listed_reading.blocks(
            path, run.source.number, outcome, lambda _lines, done: tell(done, total)
        )
        rows = listed.stage(run.part, run.source.number, blocks, lambda: tell(run.size, total))
    if not rows:
        raise TornList("nothing", problems=outcome.problems())
    tell(round(total * (1 + READ_PART) / 2), total)
    run.based_on = ListedSource.objects.get(pk=run.source_id).version
    found = comparing.compare(run.part, rows, listed.part_in_force(run.source.number))
    for name, value in asdict(found).items():
        setattr(run, name, value)
    run.read, run.left_out, run.figures = outcome.read, outcome.left_out, outcome.figures
    run.undated = outcome.undated
    run.unread, run.problems = list(outcome.unread), outcome.problems()
    run.save()
    ListedPiece.objects.filter(run=run).delete()
    note(added=run.added, changed=run.changed, gone=run.gone, left_out=run.left_out)
    return run


@action("documents.approve_list", policies=(not_own_list,))
def approve_list(actor: Actor, run: ListedImport, *, confirm_shrink: bool = False) -> ListedImport:
    """Agreed to a new version of an owner's list as the second person; it is in force at once

    `confirm_shrink` is the explicit word that a list which loses more than a tenth needs.

    Raises:
        RuleBroken: the list would shrink and nobody said that it may.
        Stale: the list changed since the dry run. Unavailable: a backup holds the lists.
    """
    IMPORT.move(run, "load")
    if run.shrinks and not confirm_shrink:
        raise RuleBroken(
            _("The list would lose more than a tenth. Confirm that this is meant."),
            field="confirm_shrink",
            code="E-434",
        )
    version = Version(run.rows, run.left_out, run.file_name, run.sha256)
    put_in_force(actor, run.source, run.part, version, based_on=run.based_on, tries=TRIES)
    run.decided_at, run.decided_by_id = timezone.now(), actor.person_id
    run.save()
    return run


@action("documents.restart_list", policies=(role_suffices,))
def restart_list(actor: Actor, run: ListedImport, *, start: Start) -> ListedImport:
    """Started the reading of an owner's list again whose work broke off

    Raises:
        InvalidMove: it is still at work, or its file is gone.
    """
    refuse_at_work(run)
    if not run.pieces.exists():
        raise InvalidMove(_("The file is gone. Hand it in again."))
    if not run.is_at_work:
        IMPORT.move(run, "read_again")
        run.failure = None
        run.save()
    ListedProgress.objects.filter(run=run).update(done=0, total=0, alive_at=timezone.now())
    start(run)
    return run


@action("documents.decline_list", policies=(role_suffices,))
def decline_list(actor: Actor, run: ListedImport, *, reason: str) -> ListedImport:
    """Declined a new version of an owner's list, or took back her own

    Raises:
        InvalidMove: it is still at work. RuleBroken: no reason was given.
    """
    if not reason.strip():
        raise RuleBroken(_("Say why, so that the other person can mend it."), field="reason")
    refuse_at_work(run)
    IMPORT.move(run, "decline")
    run.declined_at, run.declined_by_id = timezone.now(), actor.person_id
    run.reason, run.failure = reason.strip()[:200], None
    run.save()
    listed.drop(run.part)
    ListedPiece.objects.filter(run=run).delete()
    return run


@action("documents.fail_list", policies=(role_suffices,))
def fail_list(
    actor: Actor, run: ListedImport, *, failure: Mapping[str, Any], problems: Problems = ()
) -> ListedImport:
    """Noted why a new version of an owner's list was not read; the list is as it was

    The file is kept where the work broke off: a torn one would be torn again.
    """
    IMPORT.move(run, "fail")
    run.failure, run.problems = dict(failure), [dict(one) for one in problems]
    run.save()
    if failure["code"] != BROKE_OFF:
        ListedPiece.objects.filter(run=run).delete()
    note(wrong=str(failure["code"]), line=int(failure.get("line") or 0))
    return run
