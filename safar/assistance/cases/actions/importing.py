"""Importing a list of cases: handed in, checked, confirmed by whoever handed it in, written whole.

Nothing is written before it is confirmed, and then all of it or nothing. The long parts run in
the background on behalf of the same person, behind the same walls (`import_work`).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Office
from safar.assistance.cases import case_list, programmes, sheets
from safar.assistance.cases.actions.bulk_opening import Opening, open_all
from safar.assistance.cases.choices.instruments import CaseImportStatus
from safar.assistance.cases.models import CaseImport, CaseImportProgress, CaseImportRow
from safar.assistance.cases.policies import placed_there
from safar.assistance.cases.queries import colleagues, imports
from safar.assistance.cases.workflow import CASE_IMPORT
from safar.core.action import action, note, role_suffices
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.permissions import Actor

Start = Callable[[CaseImport], None]
Tell = Callable[[int, int], None]  # done, of how many
AT_ONCE: Final = 1000
KEPT: Final = timedelta(days=30)


@dataclass(frozen=True)
class NewList:
    """A list as it is handed in; programme and office hold where a line names none."""

    programme: str
    office: Office
    purpose: str
    file_name: str
    content: bytes
    compartment: str = ""  # for the policy: the programme's own


def own_list(actor: Actor, target: Any) -> Any:
    """A list belongs to whoever handed it in."""
    return None if target.made_by_id == actor.user_id else _("Another person handed this in.")


def silent(done: int, total: int) -> None:
    """Nobody asks how far it is."""


@action("cases.hand_in_list", policies=(placed_there,))
def hand_in_list(actor: Actor, target: NewList, *, start: Start) -> CaseImport:
    """Hand in a list of cases; it is read and checked by `start`, and nothing is written yet.

    Raises:
        RuleBroken: too large, empty, or imported by her before.
    """
    if len(target.content) > sheets.LARGEST:
        raise sheets.refused(sheets.TOO_LARGE)
    sha256 = hashlib.sha256(target.content).hexdigest()
    rows = CaseImport.objects.visible_to(actor)
    if rows.filter(sha256=sha256, status=CaseImportStatus.LOADED).exists():
        raise RuleBroken(_("You have imported this very file before."), field="file", code="E-544")
    run = CaseImport.objects.create(
        file_name=target.file_name[:120],
        sha256=sha256,
        content=target.content,
        programme=target.programme,
        office=target.office,
        purpose=target.purpose,
        made_at=timezone.now(),
        made_by_id=actor.person_id,
    )
    CaseImportProgress.objects.create(run=run, alive_at=timezone.now())
    note(sha256=sha256, programme=target.programme)
    start(run)
    return run


@action("cases.read_list", policies=(own_list,))
def read_list(actor: Actor, run: CaseImport, *, tell: Tell = silent) -> CaseImport:
    """Read and check the lines of a list, in the background; the file itself goes with it."""
    CASE_IMPORT.move(run, "read")
    where = case_list.Where(
        run.programme,
        run.office,
        [code for code, _name in colleagues.own_programmes(actor)],
        list(colleagues.own_offices(actor)),
        timezone.localdate(),
    )
    listed = case_list.read(sheets.table(bytes(run.content or b"")), where)
    rows = listed.rows
    for row in rows:
        row.run = run
    imports.find_people(actor, rows, tell)
    CaseImportRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    _count(run, rows)
    run.content, run.unread = None, ", ".join(listed.unread)[:300]
    run.save()
    note(lines=run.lines, cases=run.cases, refused=run.refused)
    return run


def _count(run: CaseImport, rows: Sequence[CaseImportRow]) -> None:
    bad = {row.key for row in rows if row.wrong}
    good = [row for row in rows if row.key not in bad and not row.wrong]
    run.lines = len(rows)
    run.refused = sum(bool(row.wrong) for row in rows)
    run.left_out = len(rows) - run.refused - len(good)
    run.cases = len({row.key for row in good})
    run.people_known = sum(row.known is not None for row in good)
    run.people_new = len(good) - run.people_known
    run.people_possible = sum(bool(row.possible) for row in good)


@action("cases.confirm_list", policies=(own_list,))
def confirm_list(
    actor: Actor, run: CaseImport, *, start: Start, leaves_out: bool = False
) -> CaseImport:
    """Have the checked list written, by `start`.

    Raises:
        RuleBroken: nothing could be written, or lines are left out and nobody said that they may.
    """
    CASE_IMPORT.move(run, "confirm")
    if not run.cases:
        raise RuleBroken(_("There is no case that could be opened."))
    if (run.refused or run.left_out) and not leaves_out:
        raise RuleBroken(
            _("Some lines would be left out. Look at them, and say that this is meant."),
            field="leaves_out",
        )
    run.confirmed_at = timezone.now()
    run.save()
    CaseImportProgress.objects.filter(run=run).update(done=0, total=0, alive_at=timezone.now())
    note(cases=run.cases, refused=run.refused, left_out=run.left_out)
    start(run)
    return run


@action("cases.load_list", policies=(own_list,))
def load_list(actor: Actor, run: CaseImport, *, tell: Tell = silent) -> CaseImport:
    """Write the cases of a confirmed list, all or none, in the background; its lines go then.

    Raises:
        NotAllowed: she does not work one of the programmes any more, in one of the offices.
    """
    CASE_IMPORT.move(run, "load")
    rows = list(run.rows.order_by("line"))
    bad = {row.key for row in rows if row.wrong}
    cases: dict[str, list[CaseImportRow]] = {}
    for row in rows:
        if not row.wrong and row.key not in bad:
            cases.setdefault(row.key, []).append(row)
    openings = [_opening(run, lines) for lines in cases.values()]
    _still_placed(actor, openings)
    done = open_all(actor, openings, tell)
    run.rows.all().delete()
    run.ended_at = timezone.now()
    run.people_known, run.people_new = done.known, done.new
    run.save()
    note(cases=len(openings), people=done.new, known=done.known, sha256=run.sha256)
    return run


def _opening(run: CaseImport, lines: list[CaseImportRow]) -> Opening:
    first = lines[0]
    code = first.programme or run.programme
    programme = programmes.get(code)
    return Opening(
        programme=programme,
        office_id=first.office or run.office_id,
        scheme=first.scheme,
        purpose=run.purpose,
        opened_on=first.opened_on or timezone.localdate(run.made_at),
        status=first.status or programme.workflow.start,
        closed_on=first.closed_on,
        closure=first.closure,
        reason=run.file_name,
        lines=sorted(lines, key=lambda row: row.role != "applicant"),
    )


def _still_placed(actor: Actor, openings: Sequence[Opening]) -> None:
    places = {(one.programme.code, one.office_id) for one in openings}
    for code, office in places:
        there = SimpleNamespace(programme=code, compartment="", office=SimpleNamespace(pk=office))
        if why_not := placed_there(actor, there):
            raise NotAllowed(why_not)


@action("cases.note_list_failed", policies=(own_list,))
def note_list_failed(actor: Actor, run: CaseImport, *, why: str) -> CaseImport:
    """Note why a list was not read or not written; nothing of it was."""
    CASE_IMPORT.move(run, "fail")
    _clear(run)
    run.failure = (why.strip() or "–")[:300]
    run.save()
    return run


@action("cases.drop_list", policies=(own_list,))
def drop_list(actor: Actor, run: CaseImport) -> CaseImport:
    """Put a list away: its lines go, nothing of it was written."""
    CASE_IMPORT.move(run, "drop")
    _clear(run)
    run.failure = ""
    run.save()
    return run


@action("cases.clear_old_lists", policies=(role_suffices,))
def clear_old_lists(actor: Actor, target: None) -> int:
    """Put away lists that nobody confirmed for thirty days: they hold people's data."""
    old = CaseImport.objects.filter(
        made_at__lt=timezone.now() - KEPT,
        status__in=(CaseImportStatus.READY, CaseImportStatus.READING, CaseImportStatus.FAILED),
    )
    found = list(old.select_for_update())
    for run in found:
        _clear(run)
        run.status, run.failure = CaseImportStatus.DROPPED, ""
        run.save()
    note(lists=len(found))
    return len(found)


def _clear(run: CaseImport) -> None:
    run.rows.all().delete()
    run.content, run.ended_at = None, timezone.now()
