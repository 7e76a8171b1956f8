"""In how many ways can one token write another, letter by letter, and how likely is each?

Arrays have the tokens last, so that one sweep serves them all: (letters of the source,
lengths of the piece, places in the target, tokens).
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safar.lib.screening.tokens.letters import ALPHABET
from safar.lib.screening.tokens.transducer import MOST, Pieces

Array = NDArray[Any]

_LENGTHS = np.array([0.15, 0.8, 0.05, 0.003, 0.0002])  # first guess: how long pieces are
_SEEN = 15  # a run of letters rarer than this is no piece


@dataclass
class Ways:
    """Forward and backward sums over all ways, and the likelihood of each token."""

    before: Array  # (letters+1, places, tokens)
    after: Array
    total: Array  # (tokens,)


def sum_up(steps: Array, lengths: Array, scale: Array | None = None) -> Ways:
    """All ways through `steps`; `scale` (letters, places, tokens) multiplies each departure."""
    count, _, places, tokens = steps.shape
    before = np.zeros((count + 1, places, tokens))
    before[0, 0] = 1
    for at in range(count):
        leaving = before[at] if scale is None else before[at] * scale[at]
        before[at + 1] = leaving * steps[at, 0]
        for size in range(1, min(MOST, places - 1) + 1):
            before[at + 1, size:] += leaving[:-size] * steps[at, size, size:]
    each = np.arange(tokens)
    after = np.zeros_like(before)
    after[count, lengths, each] = 1
    for at in range(count - 1, -1, -1):
        after[at] = after[at + 1] * steps[at, 0]
        for size in range(1, min(MOST, places - 1) + 1):
            after[at, :-size] += after[at + 1, size:] * steps[at, size, size:]
        if scale is not None:
            after[at] *= scale[at]
    return Ways(before, after, before[count, lengths, each])


def shares(ways: Ways, steps: Array, totals: Array, scale: Array | None = None) -> Array:
    """How much of each token's likelihood goes through each step."""
    leaving = ways.before[:-1] if scale is None else ways.before[:-1] * scale
    arriving = ways.after[1:] / totals
    result = np.zeros_like(steps)
    result[:, 0] = leaving * arriving * steps[:, 0]
    for size in range(1, min(MOST, steps.shape[2] - 1) + 1):
        result[:, size, size:] = leaving[:, :-size] * arriving[:, size:] * steps[:, size, size:]
    return result


def by_length(
    sources: Array, targets: Array, most: int, chance: np.random.Generator
) -> list[Array]:
    """Batches of row numbers: sources of one length, targets of about one length."""
    lengths, others = (sources > 0).sum(axis=1), (targets > 0).sum(axis=1)
    order = chance.permutation(len(sources))
    order = order[np.lexsort((others[order] // 2, lengths[order]))]
    cuts = np.flatnonzero(np.diff(lengths[order])) + 1
    runs = np.split(order, cuts)
    return [run[at : at + most] for run in runs for at in range(0, len(run), most)]


def find_pieces(sources: Array, targets: Array, script: str, keep: float) -> Array:
    """The pieces that letters write in a script: one row of codes a piece, by use (EM).

    All single letters of the script are pieces, and nothing at all is piece 0.
    """
    runs: Counter[bytes] = Counter()
    for row in targets:
        letters = bytes(row[row > 0])
        for size in range(2, MOST + 1):
            runs.update(letters[at : at + size] for at in range(len(letters) - size + 1))
    single = [bytes([ALPHABET.index(letter)]) for letter in script]
    pieces = [b"", *single, *sorted(run for run, seen in runs.items() if seen >= _SEEN)]
    used = _expectation(sources, targets, pieces)
    kept = [piece for piece, use in zip(pieces, used, strict=True) if len(piece) < 2 or use >= keep]
    return _as_rows(kept)


def _as_rows(pieces: list[bytes]) -> Array:
    rows = np.zeros((len(pieces), MOST), np.uint8)
    for at, piece in enumerate(pieces):
        rows[at, : len(piece)] = list(piece)
    return rows


def _expectation(sources: Array, targets: Array, pieces: list[bytes]) -> Array:
    finder, count = Pieces(_as_rows(pieces)), len(pieces)
    size = np.array([len(piece) for piece in pieces])
    chances = np.tile((_LENGTHS / np.maximum(np.bincount(size, minlength=MOST + 1), 1))[size], 1)
    table = np.concatenate([np.tile(chances, (len(ALPHABET), 1)), np.zeros((len(ALPHABET), 1))], 1)
    batches = by_length(sources, targets, 4096, np.random.default_rng(0))
    counted: Array = np.zeros(0)
    for _ in range(4):
        counted = np.zeros(len(ALPHABET) * (count + 1))
        for rows in batches:
            steps, flat = _steps(sources[rows], targets[rows], finder, table)
            lengths = (targets[rows] > 0).sum(axis=1)
            ways = sum_up(steps, lengths)
            share = shares(ways, steps, np.where(ways.total > 0, ways.total, np.inf))
            counted += np.bincount(flat.ravel(), share.ravel(), len(counted))
        counted = counted.reshape(len(ALPHABET), count + 1)
        counted[:, count] = 0
        table = (counted + 1e-9) / (counted + 1e-9).sum(axis=1, keepdims=True)
        table[:, count] = 0
    return np.asarray(counted.sum(axis=0)[:count])


def _steps(sources: Array, targets: Array, finder: Pieces, table: Array) -> tuple[Array, Array]:
    letters = sources[:, : int((sources[0] > 0).sum())].T.astype(np.int64)
    width = int((targets > 0).sum(axis=1).max())
    ending = finder.ending(targets[:, :width].T.astype(np.int64))
    flat = letters[:, None, None, :] * table.shape[1] + ending[None]
    return table.ravel()[flat], flat
