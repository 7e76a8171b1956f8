"""Where does a token lie among all tokens, so that spellings of one name lie close?"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safar.lib.screening.tokens.letters import Codes

Floats = NDArray[np.float32]

LONGEST: Final = 4  # letters of the longest piece looked at
_NEAR_END: Final = 5  # letters from either end whose place is told apart
_THIRDS: Final = 3
_BLOCK: Final = 2048  # tokens encoded together: keeps the work inside the cache
_FEW: Final = 12  # tokens that are quicker added up in one go
_OPEN, _CLOSE = 250, 251  # codes of the two ends of a token
_SHIFT = np.uint32(509)
_SPREAD = np.uint32(2654435769)  # 2**32 / golden ratio (Knuth 6.4)


def pieces(rows: Codes, bits: int) -> NDArray[np.int32]:
    """Hashed pieces of each token, below 2**bits; 0 = none.

    Runs of two to four letters with the ends marked, pairs with one letter between them left
    out, letters by their place from either end, pairs by the third of the word they stand in.
    """
    size, length = len(rows), (rows > 0).sum(axis=1)
    width = int(length.max(initial=0)) + 2
    framed = np.zeros((size, width + LONGEST), np.uint32)
    framed[:, 1 : width - 1] = rows[:, : width - 2]
    framed[:, 0] = _OPEN
    framed[np.arange(size), length + 1] = _CLOSE
    shown = [framed[:, at : at + width] for at in range(LONGEST)]
    bare = shown[0] + np.uint32(1)
    pair = bare * _SHIFT + shown[1]
    triple = pair * _SHIFT + shown[2]
    place = np.arange(width, dtype=np.uint32)
    head = np.minimum(place, _NEAR_END)
    end = length.astype(np.uint32)[:, None] + np.uint32(1)
    tail = np.minimum(end - place, _NEAR_END)  # beyond the end it wraps round: masked below
    third = _THIRDS * place // end
    inside = [shown[at] > 0 for at in range(LONGEST)]
    found = (
        (pair, inside[1]),
        (triple, inside[2]),
        (triple * _SHIFT + shown[3], inside[3]),
        (bare * _SHIFT + shown[2] + np.uint32(7 << 20), inside[2]),
        (bare * _SHIFT + head + np.uint32(11 << 20), inside[0]),
        (bare * _SHIFT + tail + np.uint32(13 << 20), inside[0]),
        (pair * _SHIFT + third + np.uint32(17 << 20), inside[1]),
    )
    keys = np.concatenate([key for key, _ in found], axis=1)
    real = np.concatenate([mask for _, mask in found], axis=1)
    keys = keys * _SPREAD
    keys ^= keys >> np.uint32(15)
    keys *= np.uint32(0x85EBCA6B)
    keys >>= np.uint32(32 - bits)
    return np.where(real, np.maximum(keys, 1), 0).astype(np.int32)


def unit(vectors: Floats) -> Floats:
    """The same directions at length one."""
    length = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True))
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)


class Encoder:
    """A table of pieces, summed, and one layer that mixes the sum."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """From the arrays that training has saved."""
        scale = np.asarray(arrays["table_scale"]).astype(np.float32)
        self._table = np.asarray(arrays["table"]).astype(np.float32) * scale[:, None]
        self._bits = len(self._table).bit_length() - 1
        self._bias = np.asarray(arrays["table_bias"]).astype(np.float32)
        self._mix = np.asarray(arrays["mix"]).astype(np.float32)
        self.dimensions = int(self._mix.shape[1])

    def encode(self, rows: Codes) -> Floats:
        """One row of length one a token; a token without letters gets some fixed direction."""
        result = np.empty((len(rows), self.dimensions), np.float32)
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            result[start : start + len(block)] = self._encode(block)
        return result

    def _encode(self, rows: Codes) -> Floats:
        found = pieces(rows, self._bits)
        if len(rows) <= _FEW:
            total = self._table[found].sum(axis=1)
        else:
            total = np.zeros((len(rows), self._table.shape[1]), np.float32)
            part = np.empty_like(total)
            for column in found.T.copy():
                total += self._table.take(column, axis=0, out=part, mode="clip")
        count = np.maximum((found > 0).sum(axis=1, keepdims=True), 1)
        total *= (1 / np.sqrt(count)).astype(np.float32)
        return unit(np.maximum(total + self._bias, 0) @ self._mix)
