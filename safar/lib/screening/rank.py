"""How do the names of one store stand against one name of a query?"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from safar.lib.screening.align import Aligned, Names, align, left_over, names_at
from safar.lib.screening.entity import Query
from safar.lib.screening.facts import BIRTHS, Compared, compare, days
from safar.lib.screening.plan import Reading, widened
from safar.lib.screening.score import FAR, fact_evidence, name_evidence, name_only_evidence
from safar.lib.screening.store import CONSIDERED, CONSIDERED_BY_NAME, Store

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
FACTS_SPEAK: Final = 3.0  # nats; a birth date that agrees
LOOKED_AT_AGAIN: Final = 12  # names
NEARNESS_SAYS: Final = 20.0  # nats for a cosine of one, where it is chosen whom to look at again


class Part(NamedTuple):
    """A store with the entities of it that are silent."""

    store: Store
    silent: NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Names of one store against one name of a query, in parallel columns."""

    store: Store
    query_name: str
    readings: list[Reading]
    rows: Ints
    entities: Ints
    said: Floats  # by the name
    facts: Compared
    by_facts: Floats
    reading: Ints
    aligned: list[Aligned]
    left_over: Floats  # the nearest that stands alone on both sides; 0 where a reading joins

    @property
    def features(self) -> Floats:
        """The features of each row's best reading."""
        every = np.stack([aligned.features for aligned in self.aligned])
        return np.asarray(every[self.reading, np.arange(len(self.rows))], np.float32)


def rank(part: Part, query: Query, name: str, ways: list[Reading]) -> Ranked | None:
    """The promising names of a store against one name of a query, read in `ways`; None of none.

    What a name says is weighed by one table where a birth date is known on both sides, and by
    another where nothing but the name tells the candidates apart.
    """
    store, silent = part

    def by_facts(entities: Ints) -> Floats:
        return fact_evidence(compare(store.arrays, store.codes, entities, query))

    knows = bool(query.births or query.sexes or query.citizenships)
    most = CONSIDERED if query.births else CONSIDERED_BY_NAME
    rows = store.promising(ways, by_facts if knows else None, days(query), most)
    entities = store.arrays["owners"][rows].astype(np.int64)
    if silent is not None:
        rows, entities = rows[~silent[entities]], entities[~silent[entities]]
    if not len(rows):
        return None
    facts = compare(store.arrays, store.codes, entities, query)
    by_those = fact_evidence(facts)
    names = names_at(store.arrays, rows)
    seen: dict[int, Floats] = {}
    aligned = [align(way, names, store.vocabulary, seen) for way in ways]
    left = left_over(ways[0], names, aligned[0].partner, store.vocabulary)
    _look_again(ways, names, store, aligned, by_those, left)
    nearest = left.max(axis=1)
    unknown = facts.births == BIRTHS.index("unknown")
    said = np.stack(
        [_said(found, unknown, 0 if at else nearest) for at, found in enumerate(aligned)]
    )
    best = said.argmax(axis=0)
    return Ranked(
        store, name, ways, rows, entities, said.max(axis=0), facts, by_those, best, aligned,
        np.where(best == 0, nearest, 0).astype(np.float32),
    )  # fmt: skip


def _look_again(
    ways: list[Reading], names: Names, store: Store, aligned: list[Aligned], by_facts: Floats,
    left: Floats,
) -> None:  # fmt: skip
    """Compare what stands alone on both sides, where the facts speak for the entity.

    The words that a list's million are searched for are few; a slip of the pen may lie beyond.
    """
    told = np.flatnonzero((by_facts >= FACTS_SPEAK) & (aligned[0].both_alone > 0))
    if len(told) > LOOKED_AT_AGAIN:
        total = by_facts[told] + name_evidence(aligned[0].features[told])
        total += NEARNESS_SAYS * np.maximum(left[told] - FAR, 0).sum(axis=1)
        told = told[np.argpartition(total, -LOOKED_AT_AGAIN)[-LOOKED_AT_AGAIN:]]
    if not len(told):
        return
    chosen = names.of(told)
    places = np.unique(chosen.tokens[chosen.present])
    unmet: list[bool] = list(np.any(aligned[0].partner[told] < 0, axis=0))
    wider = Reading(
        tuple(
            widened(part, places, store.vocabulary) if alone else part
            for part, alone in zip(ways[0].parts, unmet, strict=True)
        )
    )
    again = align(wider, chosen, store.vocabulary, {})
    aligned[0].partner[told], aligned[0].features[told] = again.partner, again.features


def _said(found: Aligned, unknown: NDArray[np.bool_], nearest: Floats | int) -> Floats:
    """What each name says; nothing else tells those apart whose birth is not known."""
    left = np.broadcast_to(np.asarray(nearest, np.float32), unknown.shape)
    only = name_only_evidence(found.features, left)
    says = np.where(unknown, only, name_evidence(found.features))
    return np.where(found.fits, says, -np.inf).astype(np.float32)
