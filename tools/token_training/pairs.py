"""Which tokens are spellings of one name, and which of them may training see?"""

import hashlib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import numpy as np

Pair = tuple[str, str]
Item = TypeVar("Item")
HELD_OUT, TUNING = "012", "3"  # first hexadecimal digit of sha1(Latin token)
MOST_SPELLINGS = 30  # a twin of more Latin tokens than this says little about them
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ə": "a", "ß": "ss", "æ": "ae"})


def part_of(latin: str) -> str:
    """Held-out, tuning or training: told by the token itself, so that no one can mix them up."""
    first = hashlib.sha1(latin.encode()).hexdigest()[0]
    return "held-out" if first in HELD_OUT else "tuning" if first in TUNING else "training"


def read(path: Path) -> dict[str, list[Pair]]:
    """(Latin, twin) by part, from lines of: Latin token, letters of the twin, count."""
    parts: dict[str, list[Pair]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        latin, letters, *_ = line.split("\t")
        parts[part_of(latin)].append((latin, letters.replace(" ", "")))
    return parts


def plain(token: str) -> str:
    """As a passport's machine readable zone has it, nearly: without marks on the letters."""
    letters = unicodedata.normalize("NFD", token)
    return "".join(c for c in letters if not unicodedata.combining(c)).translate(_LETTERS)


def often_plain(
    pairs: list[Pair], left: float, right: float, chance: np.random.Generator
) -> list[Pair]:
    """The pairs, a share of either side without marks."""
    draws = chance.random((len(pairs), 2))
    return [
        (plain(a) if x < left else a, plain(b) if y < right else b)
        for (a, b), (x, y) in zip(pairs, draws, strict=True)
    ]


def some(items: list[Item], most: int, chance: np.random.Generator) -> list[Item]:
    """At most so many of the items, by chance."""
    return [items[at] for at in chance.permutation(len(items))[:most]]


def _sharing(pairs: list[Pair], limit: int, chance: np.random.Generator) -> list[Pair]:
    """Pairs of the left sides that share a right side."""
    groups: dict[str, list[str]] = defaultdict(list)
    for left, right in pairs:
        groups[right].append(left)
    found: list[Pair] = []
    for lefts in groups.values():
        if 1 < len(lefts) <= MOST_SPELLINGS:
            found += some(list(combinations(sorted(set(lefts)), 2)), limit * len(lefts), chance)
    return found


@dataclass(frozen=True)
class Known:
    """What people have written, by the scripts of the two sides: Latin, Cyrillic, Arabic."""

    lc: list[Pair]
    la: list[Pair]
    ll: list[Pair]
    cc: list[Pair]
    aa: list[Pair]
    ca: list[Pair]

    @staticmethod
    def of(russian: list[Pair], arabic: list[Pair], seed: int = 0) -> "Known":
        """Same-script pairs share a twin in another script."""
        chance = np.random.default_rng(seed)
        cyrillic = dict(russian)
        ca = [(cyrillic[latin], twin) for latin, twin in arabic if latin in cyrillic]
        return Known(
            lc=russian,
            la=arabic,
            ll=_sharing(russian, 3, chance) + _sharing(arabic, 3, chance),
            cc=_sharing(ca, 3, chance),
            aa=_sharing([(b, a) for a, b in ca], 3, chance),
            ca=ca,
        )

    @property
    def cyrillic(self) -> list[str]:
        """Every Cyrillic token once."""
        return sorted({twin for _, twin in self.lc})
