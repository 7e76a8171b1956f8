"""Are two tokens spellings of one name? The two learned parts behind one door."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safar.lib.screening.tokens.encoder import Encoder, Floats
from safar.lib.screening.tokens.judge import Judge
from safar.lib.screening.tokens.letters import SCRIPTS, Codes, script_of, spell
from safar.lib.screening.tokens.transducer import Transducer

FILE: Final = Path(__file__).with_name("model.npz")
BACKWARDS: Final = 8  # candidates that are also asked: would you be written as the query?
BACKWARDS_OF: Final = 4  # or one in so many, where that is more
_LOWEST: Final = np.float32(-25)  # a log likelihood below this says "no" and nothing more
_NOT_ASKED: Final = np.float32(2)  # how much worse backwards is taken to be, where not asked
_NEARNESS: Final = np.float32(10)  # what a cosine of one is worth when choosing whom to ask


class TokenModel:
    """Encodes tokens for the search, and says how likely two are spellings of one name."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], fingerprint: str = "") -> None:
        """From the arrays of a model file, and the SHA-256 of that file."""
        self.fingerprint = fingerprint  # vectors of two models must never meet in one index
        self._encoder = Encoder(arrays)
        self._transducer = Transducer(arrays, len(SCRIPTS))
        self._judge = Judge(arrays)
        self.dimensions = self._encoder.dimensions

    def encode(self, tokens: Sequence[str]) -> Floats:
        """(n, dimensions), rows of length one: spellings of one name lie close, in any script.

        Tokens are lower-case, of one word, in NFKC, without Arabic vowel marks.
        """
        return self._encoder.encode(spell(tokens))

    def likelihood(
        self, query: str, tokens: Sequence[str], cosines: Floats | None = None
    ) -> Floats:
        """(n,): the probability that each token is a spelling of the same name as `query`.

        Calibrated where the others are the nearest neighbours of the name, not strangers.
        The same letters give 1; a token without letters gives 0. `cosines` of the encoded
        query with the encoded tokens save half of the time, where they are at hand.
        """
        result = np.zeros(len(tokens), np.float32)
        rows = spell([query, *tokens])
        source, candidates = rows[0], rows[1:]
        lettered = np.flatnonzero((candidates > 1).any(axis=1))
        if len(lettered) and (source > 1).any():
            near = None if cosines is None else np.asarray(cosines, np.float32)[lettered]
            features = self.features(source, candidates[lettered], near)
            result[lettered] = self._judge.probability(features)
        same = np.fromiter((token == query for token in tokens), bool, len(tokens))
        result[same] = 1.0
        return result

    def features(self, source: Codes, rows: Codes, cosines: Floats | None = None) -> Floats:
        """What the judge looks at: one row a feature, one column a candidate."""
        if cosines is None:
            near = self._encoder.encode(np.concatenate([source[None], rows]))
            cosines = near[1:] @ near[0]
        scripts = script_of(rows)
        forth = self._forth(source, rows, scripts)
        own = int(script_of(source[None])[0])
        most = max(BACKWARDS, len(rows) // BACKWARDS_OF)
        best = np.argsort(-(forth + _NEARNESS * cosines), kind="stable")[:most]
        back = np.maximum(forth - _NOT_ASKED, _LOWEST)
        asked = self._transducer.many_to_one(rows[best], source, self._transducer.heads[own])
        back[best] = np.maximum(asked, _LOWEST)
        length = (rows > 0).sum(axis=1).astype(np.float32)
        own_length = np.float32((source > 0).sum())
        shown = [forth, back, forth / (length + 1), back / (own_length + 1), cosines]
        shown += [length, length - own_length]
        shown += [np.asarray(scripts == at, np.float32) for at in range(len(SCRIPTS))]
        shown += [np.full(len(rows), own == at, np.float32) for at in range(len(SCRIPTS))]
        return np.stack(shown)

    def _forth(self, source: Codes, rows: Codes, scripts: NDArray[np.int64]) -> Floats:
        result = np.empty(len(rows), np.float32)
        states, _owner = self._transducer.states(source[None])
        for script in set(scripts.tolist()):
            of = np.flatnonzero(scripts == script)
            head = self._transducer.heads[script]
            result[of] = self._transducer.one_to_many(states, rows[of], head)
        return np.maximum(result, _LOWEST)


@lru_cache(maxsize=1)
def load() -> TokenModel:
    """The model that ships with the program; read once a process."""
    content = FILE.read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        return TokenModel(dict(arrays), sha256(content).hexdigest())
