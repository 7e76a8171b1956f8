"""Writes: a new version of a list is put forward with its dry run, and loaded whole or not at all."""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import loading, ofac
from safar.control.watchlist.actions.lists import locked, publish
from safar.control.watchlist.choices import SourceFormat
from safar.control.watchlist.models import ImportFile, ImportRun, WatchList
from safar.control.watchlist.parsed import ParsedList, TornFileError
from safar.control.watchlist.policies import not_own_import
from safar.control.watchlist.workflow import IMPORT
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken, Stale
from safar.core.permissions import Actor

SHOWN_PROBLEMS: Final = 100
SDN, ALT = "sdn", "alt"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as somebody handed it in."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@action("watchlist.propose_import", policies=(role_suffices,))
def propose_import(
    actor: Actor, watch_list: WatchList, *, sdn: SourceFile, alt: SourceFile
) -> ImportRun:
    """Checked the files of a new version and put it forward; nothing changes yet

    Raises:
        RuleBroken: a file is torn, naming its line; the list is not fed from such files.
    """
    if watch_list.source_format != SourceFormat.OFAC:
        raise RuleBroken(_("This list is not fed from OFAC's files."), code="E-611")
    parsed = _parsed(sdn, alt)
    planned = loading.plan(watch_list, parsed)
    both = hashlib.sha256(f"{sdn.sha256} {alt.sha256}".encode()).hexdigest()
    run = ImportRun.objects.create(
        list=watch_list,
        file_names=f"{sdn.name}, {alt.name}"[:300],
        sha256=both,
        based_on=watch_list.published_version,
        added=len(planned.added) + len(planned.returned),
        changed=len(planned.changed),
        gone=len(planned.gone),
        same=planned.same,
        bad=parsed.bad,
        shrinks=planned.shrinks,
        problems=[asdict(problem) for problem in parsed.problems[:SHOWN_PROBLEMS]],
        prepared_at=timezone.now(),
        prepared_by_id=actor.user_id,
        prepared_by_name=actor.name,
    )
    for part, file in ((SDN, sdn), (ALT, alt)):
        _keep(run, part, file)
    note(list=watch_list.code, sha256=both, **_counts(run))
    return run


@action("watchlist.approve_import", policies=(not_own_import,))
def approve_import(actor: Actor, run: ImportRun, *, confirm_shrink: bool = False) -> ImportRun:
    """Agreed to an import as the second person and loaded it

    The list is replaced whole in one transaction. `confirm_shrink` is the explicit word that a
    list which loses more than a tenth needs.

    Raises:
        RuleBroken: the list would shrink and nobody said that it may; the kept file is damaged.
        Stale: the list changed since the dry run.
    """
    watch_list = locked(run.list_id)
    IMPORT.move(run, "approve")
    if run.based_on != watch_list.published_version:
        raise Stale(
            _("The list changed since this dry run. Decline the import and propose it again.")
        )
    if run.shrinks and not confirm_shrink:
        raise RuleBroken(
            _("The list would lose more than a tenth. Confirm that this is meant."),
            field="confirm_shrink",
            code="E-612",
        )
    run.decided_at = timezone.now()
    run.decided_by_id, run.decided_by_name = actor.user_id, actor.name
    planned = loading.plan(watch_list, _parsed(**_kept(run)))
    loading.apply(run, watch_list, planned)
    run.save()
    if planned.is_empty:
        watch_list.checked_at = run.decided_at
        watch_list.save()
    else:
        publish(watch_list)
    note(list=watch_list.code, version=watch_list.published_version, **_counts(run))
    return run


@action("watchlist.decline_import", policies=(role_suffices,))
def decline_import(actor: Actor, run: ImportRun, *, reason: str) -> ImportRun:
    """Declined an import, or took back her own"""
    if not reason.strip():
        raise RuleBroken(_("Say why, so that the other person can mend it."), field="reason")
    IMPORT.move(run, "decline")
    run.declined_at, run.reason = timezone.now(), reason.strip()
    run.declined_by_id, run.declined_by_name = actor.user_id, actor.name
    run.save()
    return run


def _counts(run: ImportRun) -> Mapping[str, int]:
    return {name: getattr(run, name) for name in ("added", "changed", "gone", "same", "bad")}


def _parsed(sdn: SourceFile, alt: SourceFile) -> ParsedList:
    try:
        return ofac.read(sdn.content, alt.content, names=(sdn.name, alt.name))
    except TornFileError as torn:
        raise _as_rule_broken(torn) from torn


def _as_rule_broken(torn: TornFileError) -> RuleBroken:
    facts: dict[str, Any] = {"file": torn.file, "wrong": torn.sentence, "line": torn.line}
    if torn.line:
        text = _("%(file)s, line %(line)d: %(wrong)s Nothing was changed.") % facts
    else:
        text = _("%(file)s: %(wrong)s Nothing was changed.") % facts
    return RuleBroken(text, field="files", code="E-610", line=torn.line, wrong=torn.code)


def _keep(run: ImportRun, part: str, file: SourceFile) -> None:
    ImportFile.objects.create(
        run=run,
        part=part,
        name=file.name[:120],
        sha256=file.sha256,
        size=len(file.content),
        content=zlib.compress(file.content),
    )


def _kept(run: ImportRun) -> dict[str, SourceFile]:
    files = {}
    for kept in ImportFile.objects.filter(run=run):
        file = SourceFile(kept.name, zlib.decompress(bytes(kept.content)))
        if file.sha256 != kept.sha256:
            raise RuleBroken(_("The kept file was damaged. Propose the import again."))
        files[kept.part] = file
    return files
