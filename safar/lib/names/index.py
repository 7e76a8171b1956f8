"""Which names of a list are like this one? An index in memory, for lists up to some 100,000."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from operator import itemgetter
from typing import Final, Generic, TypeVar

from safar.lib.names.alignment import aligned, score_of, weight
from safar.lib.names.distance import NEAR_SOUNDS, token_likeness
from safar.lib.names.likeness import Likeness, reasons_of
from safar.lib.names.skeleton import Token, tokens

Key = TypeVar("Key", bound=Hashable)
FLOOR: Final = 0.78  # chosen for at most 10 ordinary names of the region in 1,000 above it
CONSIDERED: Final = 200  # rows weighed roughly for one query
SCORED: Final = 40  # rows scored in full for one query
REMEMBERED: Final = 10_000  # words of queries
SLACK: Final = 0.2  # the rough weighing may be this far below the score
_VOWELS: Final = str.maketrans("", "", "aeiu")


def blocks(skeleton: str) -> set[str]:
    """Keys that two words share if their consonants differ in one place at most.

    Words of one or two consonants share one only if these sound nearly the same.
    """
    bones = skeleton.translate(_VOWELS)
    if len(bones) < 3:
        return {bones, bones.translate(NEAR_SOUNDS)} if bones else {skeleton}
    return {bones, *(bones[:i] + bones[i + 1 :] for i in range(len(bones)))}


def _with_joints(parts: Sequence[Token]) -> list[Token]:
    """The parts, and neighbours as one word: Bakyt Bek finds Bakytbek."""
    joints = [
        Token("", a.letters + b.letters, a.skeleton + b.skeleton, "plain")
        for a, b in pairwise(parts)
        if a.kind == b.kind == "plain"
    ]
    return [*parts, *joints]


class Index(Generic[Key]):
    """Names with their keys, fixed once built; threads may share one."""

    def __init__(self, rows: Iterable[tuple[Key, str]]) -> None:
        self._rows: list[tuple[Key, tuple[Token, ...]]] = []
        self._weights: list[float] = []
        self._words: list[Token] = []
        self._holders: list[list[int]] = []
        self._blocks: defaultdict[str, list[int]] = defaultdict(list)
        # The same given names come back all day.
        self._known_like = lru_cache(maxsize=REMEMBERED)(self._like)
        seen: dict[tuple[str, str], int] = {}
        for key, name in rows:
            self._add(key, tokens(name), seen)

    def __len__(self) -> int:
        return len(self._rows)

    def _add(self, key: Key, parts: tuple[Token, ...], seen: dict[tuple[str, str], int]) -> None:
        row = len(self._rows)
        self._rows.append((key, parts))
        self._weights.append(sum(map(weight, parts)))
        short = [t for t in _with_joints(parts) if t.text or len(t.skeleton) < 12]
        for token in short:
            if token.kind == "initial":
                continue
            word = seen.setdefault((token.skeleton, token.kind), len(self._words))
            if word == len(self._words):
                self._words.append(token)
                self._holders.append([])
                for block in blocks(token.skeleton):
                    self._blocks[block].append(word)
            if not self._holders[word] or self._holders[word][-1] != row:
                self._holders[word].append(row)

    def _like(self, token: Token) -> list[tuple[int, float]]:
        """Words of the list like this one with their likeness, the least alike first."""
        near = {word for block in blocks(token.skeleton) for word in self._blocks.get(block, ())}
        found = [(word, s) for word in near if (s := token_likeness(token, self._words[word]))]
        return sorted(found, key=itemgetter(1))

    def _promises(self, parts: tuple[Token, ...]) -> dict[int, float]:
        """For each row that shares anything with the query, the weight of what it shares."""
        promise: dict[int, float] = {}
        for token in _with_joints(parts):
            if token.kind == "initial":
                continue
            best: dict[int, float] = {}
            share = weight(token)
            for word, alike in self._known_like(replace(token, text="", surname=False)):
                best.update(dict.fromkeys(self._holders[word], alike * share))
            for row, value in best.items():
                promise[row] = promise.get(row, 0.0) + value
        return promise

    def _candidates(self, parts: tuple[Token, ...], floor: float) -> list[int]:
        """The rows worth scoring, by a rough score that takes what is alone for unlike."""
        promise, whole = self._promises(parts), sum(map(weight, parts))
        rough: list[tuple[float, int]] = []
        for row in nlargest(CONSIDERED, promise, key=promise.__getitem__):
            shared = promise[row]
            alone = max(0.0, min(whole, self._weights[row]) - shared)
            rough.append((shared / (shared + alone), -row))
        return [-row for score, row in nlargest(SCORED, rough) if score + SLACK >= floor]

    def search(
        self, query: str, limit: int = 10, floor: float = FLOOR
    ) -> list[tuple[Key, Likeness]]:
        """The rows like the query, best first: at most `limit`, none below `floor`."""
        parts = tokens(query)
        scored = []
        for row in self._candidates(parts, floor):
            found = aligned(parts, self._rows[row][1])
            if (score := score_of(found)) >= floor:
                scored.append((score, -row, found))
        best = nlargest(limit, scored, key=lambda item: item[:2])
        return [
            (self._rows[-row][0], Likeness(round(score, 4), reasons_of(found)))
            for score, row, found in best
        ]
