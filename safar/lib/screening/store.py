"""What is in one set of arrays, from disk or from memory: words, names, facts of entities?"""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safar.lib.screening.align import MOST_COMPARED
from safar.lib.screening.columns import Texts, spread
from safar.lib.screening.folder import Arrays, key_of
from safar.lib.screening.plan import Reading, Sought
from safar.lib.screening.tokens import TokenModel
from safar.lib.screening.vocabulary import Vocabulary

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
LENGTH_COSTS = 0.5  # nats for each part of a listed name, in the rough order
ROUGH = 8000  # names that are ordered roughly with what their length costs
MATCHED_SAYS = 1.0  # nats for each part that has a partner at all, in the rough order
MOST_BORN = 5000  # entities born on one day; a list of a million has some fifty
MOST_LOOKED_AT = 200  # names of those born on one day, none of whose parts is alike
_KIND = 7  # the bits of a part that tell its kind
CONSIDERED = 600  # names that are aligned part by part
CONSIDERED_BY_NAME = 1000  # and where there is no birth date that tells them apart


class Store:
    """The arrays of a build with their readers; never changed once made."""

    def __init__(self, arrays: Arrays, facts: dict[str, Any], model: TokenModel) -> None:
        self.arrays = arrays
        self._local = threading.local()
        self.notes: dict[str, str] = dict(facts.get("notes", {}))
        self.size = int(facts["names"])
        self.entities = int(facts["entities"])
        self.codes: list[str] = list(facts["codes"])
        self.vocabulary = Vocabulary(arrays, model)
        self.names = Texts(arrays["name_data"], arrays["name_starts"])
        self.ids = Texts(arrays["id_data"], arrays["id_starts"])
        self.numbers = Texts(arrays["document_data"], arrays["document_starts"])
        self.issuers = Texts(arrays["issuer_data"], arrays["issuer_starts"])

    def entity_of(self, key: str) -> int | None:
        """The place of an entity by its id."""
        data = key.encode("utf-8", "surrogatepass")
        hashes, places = self.arrays["id_hashes"], self.arrays["id_entities"]
        sought = np.uint32(key_of(data))
        first = int(np.searchsorted(hashes, sought))
        while first < len(hashes) and hashes[first] == sought:
            if self.ids.raw(int(places[first])) == data:
                return int(places[first])
            first += 1
        return None

    def first_name(self, entity: int) -> str:
        """The first name of an entity, or '' where it has none that could be read."""
        first, last = self.arrays["entity_name_starts"][entity : entity + 2]
        return self.names[int(self.arrays["entity_names"][first])] if last > first else ""

    def kinds(self, row: int) -> list[int]:
        """The kind of each part of a name."""
        first, last = self.arrays["starts"][row : row + 2].tolist()
        found: list[int] = (self.arrays["kinds"][first:last] & _KIND).tolist()
        return found

    def by_number(self, number: str) -> list[tuple[int, str]]:
        """The entities that have a document of this normalised number, with its issuer."""
        low, high = 0, len(self.numbers)
        while low < high:
            middle = (low + high) // 2
            if self.numbers[middle] < number:
                low = middle + 1
            else:
                high = middle
        found = []
        while low < len(self.numbers) and self.numbers[low] == number:
            found.append((int(self.arrays["document_owners"][low]), self.issuers[low]))
            low += 1
        return found

    def promising(
        self,
        readings: list[Reading],
        bonus: Callable[[Ints], Floats] | None = None,
        births: Sequence[int] = (),
        most: int = CONSIDERED,
    ) -> Ints:
        """The rows of `most` names that most parts of the query speak for.

        Those born on one of `births` (yyyymmdd) come along, where a day has many of them only
        if any part speaks for them.
        """
        if not self.size:
            return np.zeros(0, np.int64)
        total = self._scratch()
        touched = [self._add(total, part) for part in _distinct(readings)]
        rows = np.concatenate(touched) if touched else np.zeros(0, np.uint32)
        said = total[rows]
        born = self._born(births)
        if len(born) > MOST_LOOKED_AT:
            born = born[total[born] > 0]
        best = _best(said, ROUGH)
        best = best[_once(total, rows[best])]
        total[rows] = 0
        rows, said = rows[best], said[best]
        if len(rows) <= most:
            return np.union1d(rows, born).astype(np.int64)
        lengths = np.minimum(self.arrays["lengths"][rows], MOST_COMPARED)
        rough = said - LENGTH_COSTS * lengths.astype(np.float32)
        if bonus is not None:
            rough = rough + bonus(self.arrays["owners"][rows].astype(np.int64))
        chosen = rows[np.argpartition(rough, -most)[-most:]]
        return np.union1d(chosen, born).astype(np.int64)

    def _born(self, births: Sequence[int]) -> Ints:
        """The rows of names of those born on one of these days."""
        dates, entities = self.arrays["dates"], self.arrays["date_entities"]
        spans = [
            entities[np.searchsorted(dates, day) : np.searchsorted(dates, day, "right")]
            for day in births
        ]
        found = np.unique(np.concatenate([entities[:0], *spans])).astype(np.int64)[:MOST_BORN]
        rows, _which = spread(self.arrays["entity_name_starts"], found)
        return self.arrays["entity_names"][rows].astype(np.int64)

    def _scratch(self) -> Floats:
        """A column of zeros for this thread; whoever uses it leaves zeros."""
        if not hasattr(self._local, "column"):
            self._local.column = np.zeros(self.size, np.float32)
        found: Floats = self._local.column
        return found

    def _add(self, total: Floats, part: Sought) -> NDArray[np.uint32]:
        """Add to each row what its best word says for one part; the rows, some twice."""
        keep = part.evidence > 0
        places, said = part.similar.places[keep], part.evidence[keep]
        order = np.argsort(said, kind="stable")  # the last to be written says most
        starts, postings = self.arrays["posting_starts"], self.arrays["postings"]
        firsts, lasts = starts[places[order]], starts[places[order] + 1]
        spans = [postings[a:b] for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True)]
        if not spans:
            return postings[:0]
        rows = np.concatenate(spans)
        # A row that comes twice is read before it is written: it is added to once.
        total[rows] = total[rows] + np.repeat(said[order] + MATCHED_SAYS, lasts - firsts)
        return rows


def _distinct(readings: list[Reading]) -> list[Sought]:
    found: dict[tuple[str, int, bool], Sought] = {}
    for reading in readings:
        for part in reading.parts:
            found.setdefault((part.part.text, part.part.kind, part.cut), part)
    return list(found.values())


def _once(scratch: Floats, rows: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Marks one of each row; whatever stood in the scratch column for them is lost."""
    numbers = np.arange(len(rows), dtype=np.float32)
    scratch[rows] = numbers
    return np.asarray(scratch[rows] == numbers)


def _best(said: Floats, count: int) -> Ints:
    """The places of the `count` largest or some more, found by a histogram."""
    if len(said) <= count:
        return np.arange(len(said))
    steps = (said * (255 / max(float(said.max()), 1e-6))).astype(np.uint8)
    above = np.cumsum(np.bincount(steps, minlength=256)[::-1])
    least = 255 - int(np.searchsorted(above, count))
    return np.flatnonzero(steps >= least)
