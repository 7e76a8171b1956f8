"""Which words of a list may be spellings of this one, and how often would that be chance?"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from safar.lib.names.letters import plain
from safar.lib.screening.cells import close_to
from safar.lib.screening.columns import Texts
from safar.lib.screening.folder import Arrays
from safar.lib.screening.sounds import KINDS, by_rules, is_sound_key, keys, sound_key, spoken
from safar.lib.screening.tokens import TokenModel

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

NEAREST: Final = 300  # words that the model is asked about precisely
MET: Final = 200  # words that share a key, besides
REMEMBERED: Final = 4096  # words of queries, some kilobytes each
ASKED: Final = 24  # the nearest, for which the model is asked precisely
ASKED_ALONE: Final = 64  # where the query is this one word
COMMON: Final = 0.015  # cosine that a word e times as common is worth
BY_FRAME: Final = 0.6  # of a relation, where only the consonants are the same
RULES_TRUSTED: Final = 0.9  # of what the rules say, where the model has its say too
LEAST: Final = 0.02  # a likelihood below this is none
# How likely a name is another name's relative by an ending that papers add or drop.
RELATED: Final = {
    ("slavic", "slavic"): 0.97, ("sky", "sky"): 0.95, ("slavic", "zoda"): 0.85,
    ("slavic", ""): 0.75, ("zoda", ""): 0.75, ("nisba", ""): 0.75, ("nisba", "slavic"): 0.7,
    ("nisba", "zoda"): 0.7, ("given", ""): 0.75, ("given", "given"): 0.4, ("article", ""): 0.9,
    ("zoda", "zoda"): 0.9, ("sky", "slavic"): 0.3, ("nisba", "nisba"): 0.9,
}  # fmt: skip


def _relation_table() -> Floats:
    table = np.zeros((len(KINDS), len(KINDS)), np.float32)
    for (one, other), likely in RELATED.items():
        table[KINDS.index(one), KINDS.index(other)] = likely
        table[KINDS.index(other), KINDS.index(one)] = likely
    return table


_RELATION: Final = _relation_table()


@dataclass(frozen=True, slots=True)
class Similar:
    """Words of a vocabulary like one word: ascending places and their likelihoods."""

    places: Ints
    likely: Floats


NOTHING: Final = Similar(np.zeros(0, np.int64), np.zeros(0, np.float32))


class Vocabulary:
    """All words of a list, each once."""

    def __init__(self, arrays: Arrays, model: TokenModel) -> None:
        self._model = model
        self._arrays = arrays
        self._tokens = Texts(arrays["token_data"], arrays["token_starts"])
        self._starts = arrays["posting_starts"]
        # The same given names come back all day.
        self.similar = lru_cache(maxsize=REMEMBERED)(self._similar)

    def __len__(self) -> int:
        return len(self._tokens)

    def counts(self, places: NDArray[Any]) -> Ints:
        """How many names bear each word."""
        return np.asarray(self._starts[places + 1] - self._starts[places], np.int64)

    def _similar(self, text: str, asked: int = ASKED) -> Similar:
        """Words that are near by the model or meet by a rule, with their likelihoods."""
        if not len(self):
            return NOTHING
        vector = self._model.encode([text])[0]
        met, by_relation = self._related(text)
        places = self._near(vector, met)
        likely = self._likely(text, places, vector, asked)
        at = np.searchsorted(places, met)
        at[at == len(places)] = 0
        known = places[at] == met
        np.maximum.at(likely, at[known], by_relation[known])
        kept = likely >= LEAST
        return Similar(places[kept], likely[kept])

    def _near(self, vector: Floats, met: Ints) -> Ints:
        arrays = self._arrays
        places, cosines = close_to(
            vector, arrays["vectors"], arrays["centres"], arrays["cell_starts"]
        )
        best = places[self._worthiest(places, cosines, NEAREST)]
        met = np.unique(met)
        if len(met) > MET:
            cosines = arrays["vectors"][met] @ vector
            met = met[self._worthiest(met, cosines, MET)]
        return np.unique(np.concatenate([best, met]))

    def _worthiest(self, places: Ints, cosines: Floats, count: int) -> Ints:
        """The nearest; of two as near the one that more names bear."""
        if len(places) > 3 * count:
            near = np.argpartition(cosines, -3 * count)[-3 * count :]
        else:
            near = np.arange(len(places))
        worth = cosines[near] + COMMON * np.log1p(self.counts(places[near])).astype(np.float32)
        return near[_largest(worth, count)]

    def _related(self, text: str) -> tuple[Ints, Floats]:
        """Words that share a key with this one, and what the rules say for each at least."""
        mine = sorted(keys(text))
        hashes = self._arrays["keys"]
        sought = np.array([key for key, _kind in mine], np.uint32)
        firsts, lasts = np.searchsorted(hashes, sought), np.searchsorted(hashes, sought, "right")
        tokens, kinds = self._arrays["key_tokens"], self._arrays["key_kinds"]
        places = [tokens[a:b] for a, b in zip(firsts, lasts, strict=True)]
        said = [
            _RELATION[kind][kinds[a:b]] * (1.0 if is_sound_key(text, key) else BY_FRAME)
            for (key, kind), a, b in zip(mine, firsts, lasts, strict=True)
        ]
        if not places:
            return NOTHING.places, NOTHING.likely
        return np.concatenate(places).astype(np.int64), np.concatenate(said).astype(np.float32)

    def _likely(self, text: str, places: Ints, vector: Floats, most: int) -> Floats:
        sounds = self._arrays["sounds"][places].tolist()
        frames = self._arrays["frames"][places].tolist()
        likely = by_rules(spoken(text), sounds, frames)
        cosines = self._arrays["vectors"][places] @ vector
        asked = _largest(cosines, most)
        words = self._tokens.many(places[asked])
        learnt = self._model.likelihood(text, words, cosines[asked])
        likely[asked] = 1 - (1 - RULES_TRUSTED * likely[asked]) * (1 - learnt)
        for at, word in zip(asked.tolist(), words, strict=True):
            if word == text:
                likely[at] = 1.0
        return likely

    def compared(self, text: str, places: Ints) -> Similar:
        """These words only, each compared precisely."""
        if not len(places):
            return NOTHING
        vector = self._model.encode([text])[0]
        likely = self._likely(text, places, vector, ASKED)
        kept = likely >= LEAST
        return Similar(places[kept], likely[kept])

    def _sounding(self, text: str) -> Ints:
        hashes, tokens = self._arrays["keys"], self._arrays["key_tokens"]
        key = np.uint32(sound_key(text))
        first, last = np.searchsorted(hashes, key), np.searchsorted(hashes, key, "right")
        whole = self._arrays["key_kinds"][first:last] == 0
        return np.asarray(tokens[first:last][whole], np.int64)

    def sounding(self, text: str) -> int:
        """How many names bear a word that sounds exactly so."""
        return int(self.counts(self._sounding(text)).sum())

    def alike_exactly(self, text: str) -> Similar:
        """Only the words that sound exactly so; a cheap look-up."""
        places = np.sort(self._sounding(text))
        return Similar(places, np.full(len(places), 0.9, np.float32))

    def beginning(self, text: str) -> Similar:
        """The words that begin like a word which was cut off."""
        letters = text if text.isascii() else plain(text)
        heads = self._arrays["heads"]
        head = letters[:8].encode()
        a = np.searchsorted(heads, head)
        b = np.searchsorted(heads, head.ljust(8, b"\x7f"), "right")
        places = np.sort(self._arrays["head_tokens"][a:b].astype(np.int64))
        if len(letters) > 8:
            kept = [plain(word).startswith(letters) for word in self._tokens.many(places)]
            places = places[np.array(kept, bool)]
        return Similar(places, np.full(len(places), 0.9, np.float32))

    def firsts(self, places: NDArray[Any]) -> NDArray[np.uint8]:
        """The first sound of each word: a letter of its skeleton."""
        return np.asarray(self._arrays["firsts"][places])

    def texts(self, places: NDArray[Any]) -> list[str]:
        return self._tokens.many(places)


def _largest(worth: Floats, count: int) -> Ints:
    if len(worth) <= count:
        return np.arange(len(worth))
    return np.asarray(np.argpartition(worth, -count)[-count:])
