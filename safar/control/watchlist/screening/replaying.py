"""Whom would the entries of a dry run have stopped last month? Worked out as travellers pass by.

The entries are in the file only. They are laid beside the index in use, so that a name is as
common as at a booth, and weighed with their facts as there.
"""

import hashlib
import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from safar.control.watchlist import conflicts
from safar.control.watchlist.actions.import_work import entries_of
from safar.control.watchlist.facts import Listed
from safar.control.watchlist.imports.comparing import ADDED, RETURNED, SAME, Compared, Held
from safar.control.watchlist.imports.keeping import kept
from safar.control.watchlist.models import MOST_ENTRIES, ImportRun, ListEntry
from safar.control.watchlist.rules import Facts, Person, same_document
from safar.control.watchlist.screening import listed_names
from safar.control.watchlist.screening.answers import Weighed, asked, screen, weigh
from safar.control.watchlist.screening.matcher import FLOOR, MOST, NAMES
from safar.control.watchlist.screening.reverse import MANY, Few, NearParts
from safar.control.watchlist.sources.files import Meter
from safar.control.watchlist.sources.parsed import ParsedEntry, Report
from safar.lib.screening import Candidate, Entity, Index
from safar.lib.screening.entity import SHORTEST_NUMBER, document_number
from safar.lib.screening.score import weights

SHOWN: Final = 10  # travellers that are explained
DOUBTS: Final = 30  # rows of the dry run that are put before the others
COMMON: Final = 5  # travellers of a month from which on a name counts as common


@dataclass(frozen=True, slots=True)
class Crossed:
    """A traveller of the last month, with her last crossing and what her document says."""

    traveller_id: UUID
    name: str
    birth: str
    citizenship: str
    document: str
    crossed_at: datetime
    direction: str
    post: str
    person: Person

    def as_row(self) -> dict[str, Any]:
        names = ("name", "birth", "citizenship", "document", "direction", "post")
        said = {name: getattr(self, name) for name in names}
        return {**said, "at": self.crossed_at.isoformat()}


@dataclass(slots=True)
class Tally:
    """What is known so far."""

    done: int = 0
    stopped: int = 0
    shown: list[dict[str, Any]] = field(default_factory=list)
    by_entry: Counter[int] = field(default_factory=Counter)
    last: dict[int, Crossed] = field(default_factory=dict)
    gone: dict[UUID, Crossed] = field(default_factory=dict)


class Replay:
    """The entries of a dry run, held in memory while travellers pass by; many are drawn by chance."""

    def __init__(self, run: ImportRun) -> None:
        self.list = run.list
        self.entries = 0
        self.tally = Tally()
        self._staff = conflicts.Surnames()
        self._of_staff: list[tuple[str, ParsedEntry]] = []
        held = Held.of(run.list)
        with kept(run) as files, entries_of(run, files, Report(), Meter()) as found:
            self._new = heapq.nsmallest(
                MOST_ENTRIES, self._counted(held.compared(found)), key=_by_chance
            )
        self._leaving = Few(sorted(held.gone())[:MANY])
        self._numbers = _by_number(entry for _kind, _pk, entry in self._new)
        self._near = NearParts(text for _k, _p, one in self._new for text, _weak in one.names)
        self._index, self._scale = self._laid_beside()

    @property
    def tried(self) -> int:
        return len(self._new)

    def _counted(self, compared: Iterable[Compared]) -> Iterator[Compared]:
        for one in compared:
            if one[0] != SAME:
                self.entries += 1
                if len(self._of_staff) < DOUBTS and self._staff.are_borne_by(one[2].names):
                    self._of_staff.append((one[0], one[2]))
                yield one

    def _laid_beside(self) -> tuple[Index | None, float]:
        """The index in use with the new entries, and by how much more names there will be."""
        entities = [
            one for n, (_k, _p, entry) in enumerate(self._new) for one in _entities(n, entry)
        ]
        if not entities:
            return None, 1.0
        held = NAMES.current()
        new = sum(len(entity.names) for entity in entities) * self.entries / len(self._new)
        if held is None:
            index = Index.of(entities)
            return index, new / len(index)
        size = len(held.base.index)
        return held.base.index.with_changes(entities), (size + new) / max(size, 1)

    def pass_by(self, page: Sequence[Crossed]) -> None:
        """Try a page of travellers."""
        near = self._near.of([who.person for who in page])
        for who, may_be in zip(page, near, strict=True):
            stops = self._stops(who.person, may_be)
            for number in stops:
                self.tally.by_entry[number] += 1
                self._remember(self.tally.last, number, who)
            if stops and not screen(who.person):
                self._count_new(who, stops)
        for crossed, match in self._leaving.matches([(who, who.person) for who in page]):
            self._remember(self.tally.gone, match.entry_id, crossed)
        self.tally.done += len(page)

    def _stops(self, person: Person, may_be: bool) -> dict[int, Weighed]:
        by_document = self._by_document(person)
        alike: dict[int, list[Candidate]] = {}
        if self._index is not None and (may_be or by_document):
            for one in self._index.search(asked(person), limit=MOST, threshold=FLOOR):
                number = listed_names.entry_of(one.id)[0].int
                if number < len(self._new):
                    score = rescaled(one.score, self._scale)
                    alike.setdefault(number, []).append(replace(one, score=score))
        found = {
            number: weigh(
                person, self._listed(number), number in by_document, alike.get(number, ())
            )
            for number in {*by_document, *alike}
        }
        return {number: weighed for number, weighed in found.items() if weighed}

    def _by_document(self, person: Person) -> set[int]:
        mine = [(issuer, document_number(number)) for issuer, number in person.documents]
        return {
            number
            for document in mine
            for number, other in self._numbers.get(document[1], ())
            if same_document(document, other)
        }

    def _listed(self, number: int) -> Listed:
        entry = self._new[number][2]
        papers = tuple((issuer, text) for _kind, issuer, text in entry.documents)
        facts = Facts(entry.births, entry.sex, entry.citizenships, papers)
        return Listed(self.list.threshold, facts)

    def _count_new(self, who: Crossed, stops: dict[int, Weighed]) -> None:
        self.tally.stopped += 1
        if len(self.tally.shown) < SHOWN:
            number, best = max(stops.items(), key=lambda pair: pair[1].score)
            entry = self._new[number][2]
            why = [reason.as_json() for reason in best.reasons]
            row = {"key": entry.key, "entry": entry.names[0][0], "score": best.score, "why": why}
            self.tally.shown.append({**who.as_row(), **row})

    @staticmethod
    def _remember(last: dict[Any, Crossed], key: Any, who: Crossed) -> None:
        if key not in last or last[key].crossed_at < who.crossed_at:
            last[key] = who

    def so_far(self) -> dict[str, Any]:
        """What a replay keeps, by field."""
        told = self.tally
        return {"done": told.done, "stopped": told.stopped, "shown": told.shown,
                "doubts": self.doubts()}  # fmt: skip

    def doubts(self) -> list[dict[str, Any]]:
        """Rows to be looked at before the others, each with why: the heaviest first."""
        rows = self._leaving_rows()
        often = sorted(self.tally.by_entry.items(), key=lambda pair: (-pair[1], pair[0]))
        for number, travellers in often[:DOUBTS]:
            kind, _pk, entry = self._new[number]
            why = [_crossed(self.tally.last[number])]
            if travellers >= COMMON:
                why.insert(0, {"code": "common", "travellers": travellers})
            rows.append(_row(kind, entry, why))
        known = {row["key"]: row for row in rows}
        for kind, entry in self._of_staff:
            if entry.key in known:
                known[entry.key]["why"].append({"code": "staff"})
            else:
                rows.append(_row(kind, entry, [{"code": "staff"}]))
        return rows[:DOUBTS]

    def _leaving_rows(self) -> list[dict[str, Any]]:
        latest = sorted(self.tally.gone.items(), key=lambda pair: pair[1].crossed_at, reverse=True)
        last = dict(latest[:DOUBTS])
        entries = ListEntry.objects.filter(pk__in=last).prefetch_related("names")
        rows = [
            {
                "kind": "gone", "key": one.source_key, "entry": str(one.pk),
                "name": next((str(name) for name in one.names.all()), ""),
                "why": [_crossed(last[one.pk])],
            }
            for one in entries
        ]  # fmt: skip
        return sorted(rows, key=lambda row: str(row["why"][0]["at"]), reverse=True)


def rescaled(score: float, times: float) -> float:
    """A score of the engine, as it would be among so many times as many names.

    The chance that somebody else is meant grows with the names, see `lib.screening.score`.
    """
    if not 0 < score < 1:
        return score
    raw = math.log(score / (1 - score)) - weights()["steepness"] * math.log(times)
    return 1 / (1 + math.exp(-raw))


def _by_chance(one: Compared) -> bytes:
    return hashlib.blake2b(one[2].key.encode(), digest_size=8).digest()


def _entities(number: int, entry: ParsedEntry) -> Iterator[Entity]:
    """An entry as the engine takes it; its key is its number among the new ones."""
    sexes = frozenset({entry.sex} & {"F", "M"})
    for weak in (False, True):
        if names := tuple(text for text, is_weak in entry.names if is_weak is weak):
            key = listed_names.key(UUID(int=number), weak)
            yield Entity(key, names, entry.births, sexes, tuple(entry.citizenships))


def _by_number(entries: Iterable[ParsedEntry]) -> dict[str, list[tuple[int, tuple[str, str]]]]:
    found: dict[str, list[tuple[int, tuple[str, str]]]] = {}
    for number, entry in enumerate(entries):
        for _kind, issuer, text in entry.documents:
            if len(text) >= SHORTEST_NUMBER:
                found.setdefault(text, []).append((number, (issuer, text)))
    return found


def _crossed(who: Crossed) -> dict[str, Any]:
    at = who.crossed_at.isoformat()
    return {"code": "crossed", "at": at, "direction": who.direction, "post": who.post}


def _row(kind: str, entry: ParsedEntry, why: list[dict[str, Any]]) -> dict[str, Any]:
    shown = "added" if kind in (ADDED, RETURNED) else "changed"
    return {"kind": shown, "key": entry.key, "name": entry.names[0][0], "why": why}
