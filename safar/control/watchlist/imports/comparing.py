"""What would a file change in its list: who is added, changed (and in what), gone?"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from safar.control.watchlist.choices import IN_FORCE, EntryStatus
from safar.control.watchlist.models import (
    EntryBirth,
    EntryDocument,
    EntryName,
    ListEntry,
    WatchList,
)
from safar.control.watchlist.sources.parsed import ParsedEntry
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import Birth

T = TypeVar("T")
BATCH: Final = 1000
SHRINKS_FROM: Final = 0.1  # a list that loses more than this part needs an explicit word
SHOWN: Final = {"changed": 40, "added": 20, "gone": 20}  # examples on the page of the dry run
ADDED, CHANGED, RETURNED, SAME = "added", "changed", "returned", "same"
_KEPT_OUT: Final = (EntryStatus.LIFTED, EntryStatus.DECLINED)  # two people here said so
Compared = tuple[str, UUID | None, ParsedEntry]


class Tell(Protocol):
    """Says how far the work is: `done` of `total`, or what it is at (`ImportStage`)."""

    def __call__(self, done: int, total: int, stage: str = "", /) -> None: ...


def silent(_done: int, _total: int, _stage: str = "") -> None:
    """Tell nobody how far the work is."""


def batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Cut anything into lists: no statement carries more values than the protocol's 65,535."""
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch


@dataclass(slots=True)
class Held:
    """The list as it is: (entry, status, fingerprint) by the source's number."""

    entries: dict[str, tuple[UUID, str, bytes]]
    in_force: int

    @classmethod
    def of(cls, watch_list: WatchList) -> "Held":
        columns = ("source_key", "pk", "status", "fingerprint")
        rows = ListEntry.objects.filter(list=watch_list).order_by().values_list(*columns)
        entries: dict[str, tuple[UUID, str, bytes]] = {
            key: (pk, EntryStatus(status), bytes.fromhex(fingerprint))
            for key, pk, status, fingerprint in rows.iterator(chunk_size=5000)
        }
        return cls(entries, sum(one[1] in IN_FORCE for one in entries.values()))

    def compared(self, entries: Iterable[ParsedEntry]) -> Iterator[Compared]:
        """Say of each entry of the file what it is to the list; what is held stays behind."""
        for entry in entries:
            pk, status, fingerprint = self.entries.pop(entry.key, (None, "", b""))
            if pk is None:
                yield ADDED, None, entry
            elif status == EntryStatus.ENDED:
                yield RETURNED, pk, entry
            elif status in _KEPT_OUT or fingerprint == bytes.fromhex(entry.fingerprint()):
                yield SAME, pk, entry
            else:
                yield CHANGED, pk, entry

    def gone(self) -> list[UUID]:
        """Entries in force that the file, once compared to its end, does not name any more."""
        return [pk for pk, status, _fingerprint in self.entries.values() if status in IN_FORCE]


@dataclass(slots=True)
class Plan:
    """The difference between a file and its list, counted; with examples to be looked at."""

    in_force: int = 0
    added: int = 0  # those who return among them
    changed: int = 0
    gone: int = 0
    same: int = 0
    what_changed: Counter[str] = field(default_factory=Counter)
    shown: list[dict[str, Any]] = field(default_factory=list)

    @property
    def shrinks(self) -> bool:
        return self.gone > self.in_force * SHRINKS_FROM

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.gone)


def plan(watch_list: WatchList, entries: Iterable[ParsedEntry], tell: Tell = silent) -> Plan:
    """Compare by the source's number and fingerprint. Entries lifted here stay lifted."""
    held = Held.of(watch_list)
    result = Plan(in_force=held.in_force)
    shown: dict[str, list[dict[str, Any]]] = {"changed": [], "added": [], "gone": []}
    for batch in batches(held.compared(entries)):
        kinds = Counter(kind for kind, _pk, _entry in batch)
        result.added += kinds[ADDED] + kinds[RETURNED]
        result.changed += kinds[CHANGED]
        result.same += kinds[SAME]
        new = (one for kind, _pk, one in batch if kind in (ADDED, RETURNED))
        shown["added"] += [_row("added", one.key, one.names[0][0]) for one in new]
        shown["changed"] += _changes(
            [(pk, one) for kind, pk, one in batch if kind == CHANGED and pk], result
        )
        for kind, most in SHOWN.items():
            del shown[kind][most:]
        tell(result.added + result.changed + result.same, 0)
    gone = held.gone()
    result.gone = len(gone)
    shown["gone"] = _gone_rows(gone[: SHOWN["gone"]])
    result.shown = [row for kind in ("gone", "changed", "added") for row in shown[kind]]
    return result


def _row(kind: str, key: str, name: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "key": key, "name": name, **more}


def _gone_rows(keys: list[UUID]) -> list[dict[str, Any]]:
    entries = ListEntry.objects.filter(pk__in=keys).prefetch_related("names")
    return [
        _row("gone", one.source_key, next((str(name) for name in one.names.all()), ""),
             entry=str(one.pk))
        for one in entries
    ]  # fmt: skip


def _changes(pairs: list[tuple[UUID, ParsedEntry]], result: Plan) -> list[dict[str, Any]]:
    rows = []
    before = _said_so_far([pk for pk, _entry in pairs])
    for pk, entry in pairs:
        what = differences(before[pk], entry)
        result.what_changed.update(one["field"] for one in what)
        if [one["field"] for one in what] != ["remarks"]:
            rows.append(_row("changed", entry.key, entry.names[0][0], entry=str(pk), what=what))
    return rows


def differences(before: ParsedEntry, after: ParsedEntry) -> list[dict[str, Any]]:
    """Field by field what goes and what comes: `[{"field", "was": […], "now": […]}]`."""
    found = []
    for name in ("names", "births", "sex", "citizenships", "documents", "remarks"):
        was, now = _texts(before, name), _texts(after, name)
        if set(was) != set(now):
            goes, comes = [t for t in was if t not in now], [t for t in now if t not in was]
            found.append({"field": name, "was": goes[:5], "now": comes[:5]})
    return found


def _texts(entry: ParsedEntry, name: str) -> list[str]:
    if name == "names":
        return [text for text, _weak in entry.names]
    if name == "births":
        return [str(birth) for birth in entry.births]
    if name == "documents":
        return [f"{issuer} {number}".strip() for _kind, issuer, number in entry.documents]
    if name == "remarks":
        return [line[:200] for line in entry.remarks.splitlines()]
    value = getattr(entry, name)
    return list(value) if isinstance(value, tuple) else [value] if value else []


def _said_so_far(keys: Collection[UUID]) -> dict[UUID, ParsedEntry]:
    """What the list holds of these entries, in the shape of what a file says."""
    names: defaultdict[UUID, list[tuple[str, bool]]] = defaultdict(list)
    rows = EntryName.objects.filter(entry__in=keys).values_list("entry_id", "text", "is_weak")
    for pk, text, weak in rows:
        names[pk].append((text, weak))
    documents: defaultdict[UUID, list[tuple[str, str, str]]] = defaultdict(list)
    papers = EntryDocument.objects.filter(entry__in=keys)
    for pk, kind, issuer, number in papers.values_list("entry_id", "kind", "issuer", "number"):
        documents[pk].append((kind, issuer, number))
    births: defaultdict[UUID, list[Birth]] = defaultdict(list)
    columns = ("entry_id", "year", "month", "day", "year_to", "approximate")
    for pk, year, month, day, year_to, about in EntryBirth.objects.filter(
        entry__in=keys
    ).values_list(*columns):
        births[pk].append(Birth(PartialDate(year, month, day), year_to, about))
    own = ("pk", "source_key", "sex", "citizenships", "remarks")
    return {
        pk: ParsedEntry(
            key=key,
            names=tuple(names[pk]),
            births=tuple(births[pk]),
            sex=sex,
            citizenships=tuple(citizenships),
            documents=tuple(documents[pk]),
            remarks=remarks,
        )
        for pk, key, sex, citizenships, remarks in ListEntry.objects.filter(
            pk__in=keys
        ).values_list(*own)
    }
