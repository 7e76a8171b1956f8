"""Who on the list may this be? The index that is searched, with what changed since its build."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from safar.lib.screening import folder as folders
from safar.lib.screening.build import Builder
from safar.lib.screening.entity import Candidate, Entity, Query, Reason, document_number
from safar.lib.screening.errors import IndexBroken
from safar.lib.screening.explain import fact_reasons, name_reasons
from safar.lib.screening.facts import compare
from safar.lib.screening.plan import elsewhere, readings
from safar.lib.screening.rank import Part, Ranked, rank
from safar.lib.screening.score import (
    THRESHOLD,
    probability,
)
from safar.lib.screening.store import Store
from safar.lib.screening.tokens import load

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
MOST_NAMES: Final = 8  # names of one query that are looked up


class Index:
    """Searches a build and the changes since; threads may share it."""

    def __init__(self, main: Store, generation: str = "") -> None:
        self._parts = [Part(main, None)]
        self.generation = generation

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The current index of a folder, mapped: nothing is read before it is searched.

        Raises:
            IndexBroken: there is none, or it is torn, or of another version.
        """
        arrays, facts, generation = folders.read(Path(folder))
        model = load()
        if facts.get("model") != model.fingerprint:
            raise IndexBroken(f"The index in {folder} is of another model: build it again.")
        try:
            return cls(Store(arrays, facts, model), generation)
        except KeyError as missing:
            raise IndexBroken(f"The index in {folder} lacks {missing}: build it again.") from None

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> Self:
        """An index in memory, for a list of some thousands."""
        return cls(_in_memory(entities))

    @property
    def notes(self) -> dict[str, str]:
        """What the caller of the build noted with it."""
        return self._parts[0].store.notes

    def __len__(self) -> int:
        """How many names are searched, silent ones included."""
        return sum(part.store.size for part in self._parts)

    def with_changes(self, added: Iterable[Entity], gone: Collection[str] = ()) -> "Index":
        """The same build with these entities besides or instead, and without those gone.

        Meant for the changes since the build: each call starts from the build again.
        """
        main = self._parts[0].store
        added = list(added)
        changed = type(self)(main, self.generation)
        silent = _silent(main, {*gone, *(entity.id for entity in added)})
        changed._parts = [Part(main, silent)]
        present = [entity for entity in added if entity.id not in set(gone)]
        if present:
            changed._parts.append(Part(_in_memory(present), None))
        return changed

    def search(
        self, query: Query, limit: int = 10, threshold: float = THRESHOLD
    ) -> list[Candidate]:
        """Who this may be, best first: those with a document of theirs, then at most `limit`.

        Nobody comes twice; nobody below `threshold` comes by the name alone.
        """
        by_document = self._by_document(query)
        found = self._best(query, limit, set(by_document))
        scores = self._scores([total for total, _ranked, _at in found.values()])
        by_name_alone = self._scores([ranked.said[at] for _total, ranked, at in found.values()])
        by_name = [
            self._candidate(key, query, ranked, at, pair, by_document.pop(key, None))
            for (key, (_total, ranked, at)), *pair in zip(
                found.items(), scores, by_name_alone, strict=True
            )
            if pair[0] >= threshold or key in by_document
        ]
        alone = [self._by_number(query, *match) for match in by_document.values()]
        ordered = sorted([*alone, *by_name], key=lambda one: not one.by_document)
        documents = sum(one.by_document for one in ordered)
        return ordered[: max(limit, documents)]

    def _best(
        self, query: Query, limit: int, always: set[str]
    ) -> dict[str, tuple[float, Ranked, int]]:
        """The best row of each of `limit` entities, best first, and of those in `always`."""
        best: dict[str, tuple[float, Ranked, int]] = {}
        for ranked in self.ranked(query):
            total = ranked.said + ranked.by_facts
            order = np.argsort(-total, kind="stable")
            first = np.sort(np.unique(ranked.entities[order], return_index=True)[1])
            if not always:
                first = first[:limit]
            chosen = order[first]
            keys = ranked.store.ids.many(ranked.entities[chosen])
            for at, key in zip(chosen.tolist(), keys, strict=True):
                if key not in best or best[key][0] < total[at]:
                    best[key] = (float(total[at]), ranked, at)
        ordered = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
        return {
            key: found
            for place, (key, found) in enumerate(ordered)
            if place < limit or key in always
        }

    def ranked(self, query: Query) -> list[Ranked]:
        """Every name that was weighed, for each name of the query and each store."""
        found = []
        main = self._parts[0].store
        also = [part.store.vocabulary for part in self._parts[1:]]
        for name in query.names[:MOST_NAMES]:
            ways = readings(name, main.vocabulary, main.size, also)
            if not ways:
                continue
            for place, part in enumerate(self._parts):
                own = [elsewhere(way, part.store.vocabulary) for way in ways] if place else ways
                ranked = rank(part, query, name, own)
                if ranked is not None:
                    found.append(ranked)
        return found

    def _scores(self, evidence: Sequence[float]) -> list[float]:
        main = self._parts[0].store.size
        found: list[float] = probability(np.array(evidence, np.float32), main).tolist()
        return found

    def _by_document(self, query: Query) -> dict[str, tuple[Store, int, Reason]]:
        found: dict[str, tuple[Store, int, Reason]] = {}
        for document in query.documents:
            number = document_number(document.number)
            for store, silent in self._parts if number else ():
                for entity, issuer in store.by_number(number):
                    if silent is not None and silent[entity]:
                        continue
                    if not issuer or not document.issuer or issuer == document.issuer:
                        reason = Reason("document.agrees", {"query": number})
                        found[store.ids[entity]] = store, entity, reason
        return found

    def _candidate(
        self,
        key: str,
        query: Query,
        ranked: Ranked,
        at: int,
        scores: Sequence[float],
        document: tuple[Store, int, Reason] | None,
    ) -> Candidate:
        store, row, entity = ranked.store, int(ranked.rows[at]), int(ranked.entities[at])

        def why() -> tuple[Reason, ...]:
            way = int(ranked.reading[at])
            partner = ranked.aligned[way].partner[at].tolist()
            found = [document[2]] if document else []
            found += name_reasons(ranked.readings[way], partner, store, row)
            return (*found, *fact_reasons(store, query, ranked.facts, at, entity))

        return Candidate(
            id=key,
            score=1.0 if document else scores[0],
            name_score=scores[1],
            name=store.names[row],
            query_name=ranked.query_name,
            why=why,
            by_document=document is not None,
        )

    @staticmethod
    def _by_number(query: Query, store: Store, entity: int, reason: Reason) -> Candidate:
        """An entity that nothing but a document number speaks for."""

        def why() -> tuple[Reason, ...]:
            facts = compare(store.arrays, store.codes, np.array([entity]), query)
            return (reason, *fact_reasons(store, query, facts, 0, entity))

        name = store.first_name(entity)
        return Candidate(store.ids[entity], 1.0, 0.0, name, "", why, by_document=True)


def _in_memory(entities: Iterable[Entity]) -> Store:
    builder = Builder()
    for entity in entities:
        builder.add(entity)
    arrays, facts = builder.arrays()
    return Store(arrays, facts, load())


def _silent(store: Store, gone: Collection[str]) -> NDArray[np.bool_] | None:
    places = [place for key in gone if (place := store.entity_of(key)) is not None]
    if not places:
        return None
    silent = np.zeros(store.entities, bool)
    silent[places] = True
    return silent
