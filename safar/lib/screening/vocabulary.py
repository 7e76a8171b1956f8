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
from safar.lib.screening.sounds import (
    KINDS,
    by_rules,
    frame_key,
    is_sound_key,
    keys,
    sound_key,
    spoken,
)
from safar.lib.screening.tokens import TokenModel

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

NEAREST: Final = 300  # words that the model is asked about precisely
MET: Final = 200  # words that share a key, besides
MET_BY_FRAME: Final = 60  # words for a piece of a name written as one
REMEMBERED: Final = 4096  # words of queries, some kilobytes each
ASKED: Final = 24  # the nearest, for which the model is asked precisely
ASKED_ALONE: Final = 64  # where the query is this one word
COMMON: Final = 0.015  # cosine that a word e times as common is worth
BY_FRAME: Final = 0.6  # of a relation, where only the consonants are the same
RULES_TRUSTED: Final = 0.9  # of what the rules say, where the model has its say too
RULES_ALONE: Final = 0.05  # and where nothing but this one word tells one name from another
RELATED_ALONE: Final = 0.02
WHOLE_WORDS: Final = ("article", "father")  # which longer names on the list are without
RELATED_WHOLE: Final = 0.4
LEAST: Final = 0.02  # a likelihood below this is none
# How likely a name is another name's relative by an ending that papers add or drop.
RELATED: Final = {
    ("slavic", "slavic"): 0.97, ("sky", "sky"): 0.95, ("slavic", "zoda"): 0.85,
    ("slavic", ""): 0.75, ("zoda", ""): 0.75, ("nisba", ""): 0.75, ("nisba", "slavic"): 0.7,
    ("nisba", "zoda"): 0.7, ("given", ""): 0.75, ("given", "given"): 0.4, ("article", ""): 0.9,
    ("zoda", "zoda"): 0.9, ("sky", "slavic"): 0.3, ("nisba", "nisba"): 0.9,
    ("father", ""): 0.75, ("father", "father"): 0.9, ("half", ""): 0.6,
}  # fmt: skip


def _relation_table() -> Floats:
    table = np.zeros((len(KINDS), len(KINDS)), np.float32)
    for (one, other), likely in RELATED.items():
        table[KINDS.index(one), KINDS.index(other)] = likely
        table[KINDS.index(other), KINDS.index(one)] = likely
    return table


_RELATION: Final = _relation_table()

_ALONE: Final = [RELATED_WHOLE if kind in WHOLE_WORDS else RELATED_ALONE for kind in KINDS]


@dataclass(frozen=True, slots=True)
class Similar:
    """Words of a vocabulary like one word: ascending places and their likelihoods.

    `vector` is where the word lies among them, if that was asked.
    """

    places: Ints
    likely: Floats
    vector: Floats | None = None


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
        met, by_relation = self._related(text, asked == ASKED_ALONE)
        places = self._near(vector, met)
        alone = asked == ASKED_ALONE
        likely = self._likely(text, places, vector, asked, RULES_ALONE if alone else 1.0)
        at = np.searchsorted(places, met)
        at[at == len(places)] = 0
        known = places[at] == met
        np.maximum.at(likely, at[known], by_relation[known])
        if alone:
            return Similar(places, np.maximum(likely, np.float32(1e-6)), vector)
        kept = likely >= LEAST
        return Similar(places[kept], likely[kept], vector)

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

    def _related(self, text: str, alone: bool) -> tuple[Ints, Floats]:
        """Words that share a key with this one, and what the rules say for each at least."""
        mine = sorted(keys(text))
        hashes = self._arrays["keys"]
        sought = np.array([key for key, _kind in mine], np.uint32)
        firsts, lasts = np.searchsorted(hashes, sought), np.searchsorted(hashes, sought, "right")
        tokens, kinds = self._arrays["key_tokens"], self._arrays["key_kinds"]
        places = [tokens[a:b] for a, b in zip(firsts, lasts, strict=True)]
        said = [
            _RELATION[kind][kinds[a:b]]
            * (1.0 if is_sound_key(text, key) else BY_FRAME)
            * (_ALONE[kind] if alone else 1.0)
            for (key, kind), a, b in zip(mine, firsts, lasts, strict=True)
        ]
        if not places:
            return NOTHING.places, NOTHING.likely
        return np.concatenate(places).astype(np.int64), np.concatenate(said).astype(np.float32)

    def _likely(
        self, text: str, places: Ints, vector: Floats, most: int, rules: float = 1.0
    ) -> Floats:
        sounds = self._arrays["sounds"][places].tolist()
        frames = self._arrays["frames"][places].tolist()
        likely = rules * by_rules(spoken(text), sounds, frames)
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

    def cosines(self, vector: Floats, places: NDArray[Any]) -> Floats:
        """How near these words lie to another by the model, from -1 to 1."""
        return np.asarray(self._arrays["vectors"][places] @ vector, np.float32)

    def _sounding(self, text: str) -> Ints:
        return self._under(sound_key(text))

    def _under(self, sought: int) -> Ints:
        """The words that have this key whole."""
        hashes, tokens = self._arrays["keys"], self._arrays["key_tokens"]
        key = np.uint32(sought)
        first, last = np.searchsorted(hashes, key), np.searchsorted(hashes, key, "right")
        whole = self._arrays["key_kinds"][first:last] == 0
        return np.asarray(tokens[first:last][whole], np.int64)

    def sounding(self, text: str) -> int:
        """How many names bear a word that sounds exactly so."""
        return int(self.counts(self._sounding(text)).sum())

    def framing(self, text: str) -> int:
        """How many names bear a word with exactly these consonants."""
        return int(self.counts(self._under(frame_key(text))).sum())

    def alike_by_frame(self, text: str) -> Similar:
        """Only the words with exactly these consonants, the most frequent compared precisely."""
        places = self._under(frame_key(text))
        often = _largest(self.counts(places).astype(np.float32), MET_BY_FRAME)
        return self.compared(text, np.sort(places[often]))

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
