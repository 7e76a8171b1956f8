"""Which of many vectors lie close to one? Cells around centres, of which only some are looked at."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
CELL: Final = 256  # vectors in a cell, about
LOOKED_AT: Final = 12_000  # vectors compared with one query, about
_SAMPLE: Final = 40  # vectors a cell that its centre is learnt from
_ROUNDS: Final = 6
_BLOCK: Final = 8192


def _nearest(vectors: Floats, centres: Floats) -> Ints:
    found = np.empty(len(vectors), np.int64)
    for at in range(0, len(vectors), _BLOCK):
        found[at : at + _BLOCK] = np.argmax(vectors[at : at + _BLOCK] @ centres.T, axis=1)
    return found


def _normal(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def centres_of(vectors: Floats, seed: int = 7) -> Floats:
    """The centres of cells for these unit vectors, by spherical k-means on a sample."""
    random = np.random.default_rng(seed)
    count = max(1, len(vectors) // CELL)
    sample = vectors
    if len(vectors) > count * _SAMPLE:
        sample = vectors[np.sort(random.choice(len(vectors), count * _SAMPLE, replace=False))]
    if not len(sample):
        return np.zeros((1, vectors.shape[1]), np.float32)
    centres = sample[random.choice(len(sample), count, replace=False)]
    for _ in range(_ROUNDS):
        nearest = _nearest(sample, centres)
        order = np.argsort(nearest, kind="stable")
        present, starts = np.unique(nearest[order], return_index=True)
        sums = np.add.reduceat(sample[order], starts, axis=0)
        centres = centres.copy()
        centres[present] = _normal(np.asarray(sums, dtype=np.float32))
    return np.asarray(centres, dtype=np.float32)


def in_cells(vectors: Floats, centres: Floats) -> tuple[Ints, Ints]:
    """An order of the vectors that puts each cell's together, and where each cell begins."""
    nearest = _nearest(vectors, centres)
    order = np.argsort(nearest, kind="stable")
    starts = np.zeros(len(centres) + 1, np.int64)
    np.cumsum(np.bincount(nearest, minlength=len(centres)), out=starts[1:])
    return order, starts


def close_to(
    vector: Floats, vectors: NDArray[Any], centres: Floats, starts: Ints
) -> tuple[Ints, Floats]:
    """Places of vectors in the cells around a unit vector, and their cosines with it."""
    cells = max(4, LOOKED_AT * len(centres) // max(1, len(vectors)))
    if cells >= len(centres):
        every = np.arange(len(vectors), dtype=np.int64)
        return every, np.asarray(vectors @ vector, dtype=np.float32)
    towards = centres @ vector
    chosen = np.sort(np.argpartition(towards, -cells)[-cells:])
    spans = [(int(starts[c]), int(starts[c + 1])) for c in chosen]
    places = np.concatenate([np.arange(a, b) for a, b in spans])
    return places, np.concatenate([vectors[a:b] @ vector for a, b in spans])
