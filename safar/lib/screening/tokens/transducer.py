"""How likely is it that one token is how another script, or another hand, writes this name?

Each letter of the source writes none to four letters of the target. How likely it writes which
is told by a small network that sees the letter among its neighbours and the word as a whole,
times a table of what may follow the target's letter before. All ways of cutting the target
into such pieces are added up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safar.lib.screening.tokens.letters import ALPHABET, Codes

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

MOST: Final = 4  # letters that one letter can stand for: щ and shch
SIDE: Final = 4  # neighbours seen on either side
FLOOR: Final = np.float32(1e-4)  # least share of a piece that never occurred: slips of the pen
_RARER: Final = np.array(
    [1.0, 1.0, 0.1, 0.01, 0.001], np.float32
)  # and by its length, if it is unknown
_LEAST: Final = np.float32(1e-30)


class Pieces:
    """The pieces that a letter can write in one script; piece 0 is nothing at all."""

    def __init__(self, spelled: Codes) -> None:
        """From one row of codes a piece, `PADDING` after its letters."""
        self.unknown = len(spelled)
        nodes: list[dict[int, int]] = [{}]
        ids = [0]
        for number, row in enumerate(spelled):
            at = 0
            for code in row[row > 0].tolist():
                if code not in nodes[at]:
                    nodes[at][code] = len(nodes)
                    nodes.append({})
                    ids.append(self.unknown)
                at = nodes[at][code]
            ids[at] = number
        self._next = np.full((len(nodes) + 1, len(ALPHABET)), len(nodes), np.int64)
        for at, ways in enumerate(nodes):
            for code, there in ways.items():
                self._next[at, code] = there
        self._ids = np.array([*ids, self.unknown], np.int64)

    def ending(self, letters: Ints) -> Ints:
        """(MOST+1, places, tokens): the piece of each length that ends before each place.

        `letters` has one column a token.
        """
        width, tokens = letters.shape
        found = np.full((MOST + 1, width + 1, tokens), self.unknown, np.int64)
        found[0] = 0
        node = np.zeros((width + 1, tokens), np.int64)
        for size in range(1, min(MOST, width) + 1):
            node = self._next[node[: width - size + 1], letters[size - 1 :]]
            found[size, size:] = self._ids[node]
        return found


@dataclass(frozen=True, slots=True)
class Head:
    """What writes one script: its pieces, their weights, and what may follow which letters."""

    pieces: Pieces
    weights: Floats
    bias: Floats
    contexts: Ints  # (letter before last, last letter) -> context
    follows: Floats  # (context, piece), as a factor; the last piece is the unknown one


@dataclass(frozen=True, slots=True)
class Targets:
    """Tokens made ready to be written; one column a token, so that a step is one sweep."""

    pieces: Ints  # (MOST+1, places, tokens)
    follows: Floats  # how well each piece follows what stands before it
    before: Ints  # (places, tokens): the context at each place
    lengths: Ints

    @staticmethod
    def of(rows: Codes, head: Head) -> "Targets":
        """From codes of tokens in the script of `head`."""
        lengths = (rows > 0).sum(axis=1)
        width = int(lengths.max(initial=0))
        letters = rows[:, :width].T.astype(np.int64)
        pieces = head.pieces.ending(letters)
        past = np.zeros((width + 2, len(rows)), np.int64)
        past[2:] = letters
        before = head.contexts[past[:-1], past[1:]]
        follows = np.zeros(pieces.shape, np.float32)
        for size in range(min(MOST, width) + 1):
            of = pieces[size, size:]
            follows[size, size:] = head.follows[before[: width + 1 - size], of]
            if size > 1:
                follows[size, size:] *= _RARER[size] ** (of == head.pieces.unknown)
        return Targets(pieces, follows, before, lengths)


class Transducer:
    """The network and one head a script."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], scripts: int) -> None:
        """From the arrays that training has saved."""
        get = {name: np.asarray(arrays[name]).astype(np.float32) for name in _NETWORK}
        size = get["embedding"].shape[1]
        self._windows = np.stack(
            [
                get["embedding"] @ get["first"][at * size : (at + 1) * size]
                for at in range(2 * SIDE + 1)
            ]
        )
        self._first_bias, self._second = get["first_bias"], get["second"]
        self._word, self._second_bias = get["word"], get["second_bias"]
        self.heads = [_head(arrays, script) for script in range(scripts)]

    def states(self, rows: Codes) -> tuple[Floats, Ints]:
        """What the network makes of each letter: (letters in all, size), and whose they are."""
        lengths = (rows > 0).sum(axis=1)
        width = int(lengths.max(initial=0))
        framed = np.zeros((len(rows), width + 2 * SIDE), np.uint8)
        framed[:, SIDE : SIDE + width] = rows[:, :width]
        owner, place = np.nonzero(rows[:, :width])
        near = self._windows[0][framed[owner, place]]
        for at in range(1, 2 * SIDE + 1):
            near += self._windows[at][framed[owner, place + at]]
        near += self._first_bias
        np.maximum(near, 0, out=near)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        whole = np.add.reduceat(near, starts, axis=0)
        whole *= (1 / lengths[:, None]).astype(np.float32)
        wide = near @ self._second
        wide += (whole @ self._word + self._second_bias)[owner]
        return np.maximum(wide, 0, out=wide), owner

    def writes(self, states: Floats, head: Head, contexts: Ints) -> tuple[Floats, Floats]:
        """The weight of each piece, and 1 / their sum in each of `contexts`; a column a letter."""
        share = head.weights.T @ states.T
        share += head.bias[:, None]
        share -= share.max(axis=0)
        np.exp(share, out=share)
        floor = FLOOR * share.sum(axis=0, keepdims=True)
        share += floor
        total = head.follows[contexts, :-1] @ share
        return np.concatenate([share, floor]), np.reciprocal(total)

    def one_to_many(self, states: Floats, rows: Codes, head: Head) -> Floats:
        """log P(row | source) for each row; `states` are those of the source's letters."""
        targets = Targets.of(rows, head)
        share, norm = self.writes(states, head, np.arange(len(head.follows)))
        ways = _start(targets.before.shape)
        for now, scale in zip(share.T.copy(), norm.T.copy(), strict=True):
            steps = now.take(targets.pieces)
            steps *= targets.follows
            ways = _advance(ways * scale.take(targets.before), steps)
        return _logarithm(ways[targets.lengths, np.arange(len(rows))])

    def many_to_one(self, rows: Codes, target: Codes, head: Head) -> Floats:
        """log P(target | row) for each row; `target` is one row of codes."""
        targets = Targets.of(target[None], head)
        states, owner = self.states(rows)
        share, norm = self.writes(states, head, targets.before[:, 0])
        lengths = np.bincount(owner, minlength=len(rows))
        starts = np.cumsum(lengths) - lengths
        steps = share[targets.pieces[:, :, 0]]  # (MOST+1, places, letters of all rows)
        steps *= targets.follows
        ways = _start((len(targets.before), len(rows)))
        for place in range(int(lengths.max(initial=0))):
            live = np.flatnonzero(lengths > place)
            at = starts[live] + place
            ways[:, live] = _advance(ways[:, live] * norm[:, at], steps[:, :, at])
        return _logarithm(ways[targets.lengths[0]])


_NETWORK: Final = ("embedding", "first", "first_bias", "second", "word", "second_bias")


def _head(arrays: Mapping[str, NDArray[np.generic]], script: int) -> Head:
    follows = np.exp(np.asarray(arrays[f"follows{script}"]).astype(np.float32))
    return Head(
        Pieces(np.asarray(arrays[f"pieces{script}"]).astype(np.uint8)),
        np.asarray(arrays[f"weights{script}"]).astype(np.float32),
        np.asarray(arrays[f"bias{script}"]).astype(np.float32),
        np.asarray(arrays[f"contexts{script}"]).astype(np.int64),
        np.concatenate([follows, np.ones((len(follows), 1), np.float32)], axis=1),
    )


def _start(shape: tuple[int, ...]) -> Floats:
    """Before the first letter every token stands at its first place."""
    ways = np.zeros(shape, np.float32)
    ways[0] = 1
    return ways


def _advance(ways: Floats, steps: Floats) -> Floats:
    """One more letter of the source: `ways` to stand at each place of the target after it."""
    after: Floats = ways * steps[0]
    for size in range(1, min(MOST, len(ways) - 1) + 1):
        after[size:] += ways[:-size] * steps[size, size:]
    return after


def _logarithm(ways: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(ways, _LEAST)), np.float32)
