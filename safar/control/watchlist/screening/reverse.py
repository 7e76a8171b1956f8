"""Which of a few entries may each of very many travellers be? The index is of the entries."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar
from uuid import UUID

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from safar.control.watchlist.models import EntryDocument, WatchList
from safar.control.watchlist.rules import Person
from safar.control.watchlist.screening import listed_names
from safar.control.watchlist.screening.answers import Match, asked, screen
from safar.lib.names import fold_tokens
from safar.lib.screening import Index
from safar.lib.screening.entity import document_number

SLACK: Final = 0.5  # of the threshold: a small index knows less of which names are common
NEAR: Final = 0.6  # how alike one part of two names must be, at least, for a closer look
MOST_PARTS: Final = 600  # above, laying every part beside every other takes longer than the index
MANY: Final = 3000  # entries from which on an index of their own saves nothing
Key = TypeVar("Key")


class NearParts:
    """The folded parts of a few names: who shares none, nearly, bears none of the names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parts = sorted({part for name in names for part in _of(name)})

    def of(self, people: Sequence[Person]) -> list[bool]:
        """Which of a page of travellers may bear one of the names at all."""
        parts = [frozenset(part for name in who.names for part in _of(name)) for who in people]
        near = self._near(frozenset().union(*parts))
        return [bool(mine & near) for mine in parts]

    def _near(self, parts: frozenset[str]) -> frozenset[str]:
        if len(self._parts) > MOST_PARTS or not parts:
            return parts
        if not self._parts:
            return frozenset()
        mine = sorted(parts)
        alike = cdist(mine, self._parts, scorer=OSA.normalized_similarity, score_cutoff=NEAR)
        return frozenset(
            part for part, best in zip(mine, alike.max(axis=1), strict=True) if best > 0
        )


class Few:
    """Entries that are new or changed, held in memory while travellers pass by, page after page.

    A page of travellers is first laid beside the entries' folded name parts and numbers, then
    whoever is left beside a small index of the screening engine. Whoever may be meant is
    screened as at a booth, so that the answer is the booth's own.
    """

    def __init__(self, keys: Iterable[UUID]) -> None:
        self.keys = frozenset(keys)
        self._many = len(self.keys) > MANY
        entities = [] if self._many else list(listed_names.entities(list(self.keys)))
        self._index = Index.of(entities) if entities else None
        self._near = NearParts(name for one in entities for name in one.names)
        documents = EntryDocument.objects.filter(entry__in=self.keys)
        self._numbers = frozenset(documents.values_list("number", flat=True))
        lists = WatchList.objects.filter(entries__in=self.keys)
        self._floor = min(lists.values_list("threshold", flat=True), default=1.0)

    def matches(self, page: Sequence[tuple[Key, Person]]) -> Iterator[tuple[Key, Match]]:
        """Yield whom of a page a booth would stop for one of the entries."""
        near = self._near.of([who for _key, who in page])
        for (key, who), may_be in zip(page, near, strict=True):
            if self._by_number(who) or ((may_be or self._many) and self._by_name(who)):
                yield from ((key, match) for match in screen(who) if match.entry_id in self.keys)

    def _by_number(self, person: Person) -> bool:
        return any(document_number(number) in self._numbers for _issuer, number in person.documents)

    def _by_name(self, person: Person) -> bool:
        if self._index is None:
            return self._many
        return bool(self._index.search(asked(person), limit=1, threshold=SLACK * self._floor))


def _of(name: str) -> Iterator[str]:
    """The folded parts of a name, and all of them as one word: parts may be joined or split."""
    parts = fold_tokens(name)
    yield from parts
    yield "".join(parts)
