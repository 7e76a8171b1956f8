"""What would a parsed file change in its list, and the change itself, in one piece?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from safar.control.watchlist.choices import IN_FORCE, EntryStatus, Script
from safar.control.watchlist.models import (
    EntryBirth,
    EntryDocument,
    EntryName,
    ImportRun,
    ListEntry,
    WatchList,
)
from safar.control.watchlist.parsed import ParsedEntry, ParsedList
from safar.control.watchlist.workflow import ENTRY
from safar.lib.names import fold

BATCH: Final = 1000
SHRINKS_FROM: Final = 0.1  # a list that loses more than this part needs an explicit word
_KEPT_OUT: Final = (EntryStatus.LIFTED, EntryStatus.DECLINED)  # two people here said so


@dataclass(slots=True)
class Plan:
    """The difference between a file and its list."""

    added: list[ParsedEntry] = field(default_factory=list)
    changed: list[tuple[UUID, ParsedEntry]] = field(default_factory=list)
    returned: list[tuple[UUID, ParsedEntry]] = field(default_factory=list)
    gone: list[UUID] = field(default_factory=list)
    same: int = 0
    in_force: int = 0

    @property
    def shrinks(self) -> bool:
        left = self.in_force - len(self.gone) + len(self.added) + len(self.returned)
        return left < self.in_force * (1 - SHRINKS_FROM)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.returned or self.gone)


def plan(watch_list: WatchList, parsed: ParsedList) -> Plan:
    """Compare by the source's number and fingerprint. Entries lifted here stay lifted."""
    held = {
        key: (pk, status, fingerprint)
        for pk, key, status, fingerprint in ListEntry.objects.filter(list=watch_list).values_list(
            "pk", "source_key", "status", "fingerprint"
        )
    }
    result = Plan()
    for entry in parsed.entries:
        pk, status, fingerprint = held.pop(entry.key, (None, "", ""))
        if pk is None:
            result.added.append(entry)
        elif status == EntryStatus.ENDED:
            result.returned.append((pk, entry))
        elif status in _KEPT_OUT or fingerprint == entry.fingerprint():
            result.same += 1
            result.in_force += status in IN_FORCE
        else:
            result.changed.append((pk, entry))
            result.in_force += 1
    result.gone = [pk for pk, status, _fingerprint in held.values() if status in IN_FORCE]
    result.in_force += len(result.gone)
    return result


def apply(run: ImportRun, watch_list: WatchList, planned: Plan) -> None:
    """Write the plan; the caller's transaction makes it all or nothing."""
    new = [_new_entry(run, watch_list, parsed) for parsed in planned.added]
    ListEntry.objects.bulk_create(new, batch_size=BATCH)
    _write_identities(zip((entry.pk for entry in new), planned.added, strict=True))
    rewritten = [*planned.changed, *planned.returned]
    _rewrite(rewritten)
    _move([pk for pk, _parsed in planned.returned], "return")
    _move(planned.gone, "end")


def _new_entry(run: ImportRun, watch_list: WatchList, parsed: ParsedEntry) -> ListEntry:
    entry = ListEntry(
        list=watch_list,
        source_key=parsed.key,
        instruction=watch_list.default_instruction,
        legal_ground=watch_list.default_ground or watch_list.name,
        contact=watch_list.contact,
        in_force_from=timezone.localdate(),
        sex=parsed.sex,
        citizenships=list(parsed.citizenships),
        remarks=parsed.remarks,
        fingerprint=parsed.fingerprint(),
        changed_at=run.decided_at or timezone.now(),
        proposed_at=run.prepared_at,
        proposed_by_id=run.prepared_by_id,
        proposed_by_name=run.prepared_by_name,
        decided_at=run.decided_at,
        decided_by_id=run.decided_by_id,
        decided_by_name=run.decided_by_name,
    )
    ENTRY.move(entry, "publish")
    return entry


def _rewrite(pairs: list[tuple[UUID, ParsedEntry]]) -> None:
    keys = [pk for pk, _parsed in pairs]
    entries = ListEntry.objects.in_bulk(keys)
    for pk, parsed in pairs:
        entry = entries[pk]
        entry.sex, entry.remarks = parsed.sex, parsed.remarks
        entry.citizenships = list(parsed.citizenships)
        entry.fingerprint = parsed.fingerprint()
        entry.content_version += 1
        entry.version += 1
        entry.changed_at = timezone.now()
    columns = ("sex", "remarks", "citizenships", "fingerprint", "content_version", "version")
    ListEntry.objects.bulk_update(entries.values(), (*columns, "changed_at"), batch_size=BATCH)
    for model in (EntryName, EntryBirth, EntryDocument):
        model.objects.filter(entry__in=keys).delete()
    _write_identities(pairs)


def _move(keys: list[UUID], move: str) -> None:
    entries = list(ListEntry.objects.filter(pk__in=keys))
    for entry in entries:
        ENTRY.move(entry, move)
        entry.version += 1
    ListEntry.objects.bulk_update(entries, ("status", "version"), batch_size=BATCH)


def _write_identities(pairs: Iterable[tuple[UUID, ParsedEntry]]) -> None:
    rows: dict[type[Model], list[Model]] = {EntryName: [], EntryBirth: [], EntryDocument: []}
    for pk, parsed in pairs:
        for row in identities(pk, parsed):
            rows[type(row)].append(row)
    for model, new in rows.items():
        model.objects.bulk_create(new, batch_size=BATCH)  # type: ignore[attr-defined]


def identities(entry_id: UUID, parsed: ParsedEntry) -> list[Model]:
    """The rows of an entry's names, births and documents, not yet written."""
    names = (
        EntryName(
            entry_id=entry_id,
            text=text,
            script=script_of(text),
            is_primary=number == 0,
            is_weak=weak,
            fold=fold(text)[:300],
        )
        for number, (text, weak) in enumerate(parsed.names)
    )
    births = (
        EntryBirth(
            entry_id=entry_id,
            year=birth.date.year,
            month=birth.date.month,
            day=birth.date.day,
            year_to=birth.year_to,
            approximate=birth.approximate,
        )
        for birth in parsed.births
    )
    documents = (
        EntryDocument(entry_id=entry_id, kind=kind, issuer=issuer, number=number)
        for kind, issuer, number in parsed.documents
    )
    return [*names, *births, *documents]


def script_of(name: str) -> Script:
    """The script of a name's first letter outside ASCII; Latin where there is none."""
    for letter in name:
        code = ord(letter)
        if 0x400 <= code <= 0x52F:
            return Script.CYRILLIC
        if 0x600 <= code <= 0x6FF or 0x750 <= code <= 0x77F or 0xFB50 <= code <= 0xFEFF:
            return Script.ARABIC
        if letter.isalpha() and code > 0x24F and not 0x1E00 <= code < 0x1F00:
            return Script.OTHER
    return Script.LATIN
