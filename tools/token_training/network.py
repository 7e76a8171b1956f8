"""How is the network trained that says what a letter writes?  Forward, backward, one step."""

from dataclasses import dataclass

import numpy as np

from safar.lib.screening.tokens.letters import ALPHABET
from safar.lib.screening.tokens.transducer import MOST, SIDE, Pieces
from tools.token_training.lattice import Array, shares, sum_up

SIZE, WIDTH = 32, 256  # of a letter's vector, and of the two layers
_BIAS = np.array([0, 0, -2, -4, -6], np.float32)  # first guess by the length of a piece
_PULL = 2e-3  # of the table of what follows what, towards nothing
_IMPOSSIBLE = 1e-200
NOISE = (np.log(0.02), -3.2)  # a pair that is none: 2 %, and 1/25 for each letter of it


class Adam:
    """Kingma and Ba 2015, on arrays by name."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        """The arrays are changed in place."""
        self.arrays, self.steps = arrays, 0
        self._mean = {name: np.zeros_like(array) for name, array in arrays.items()}
        self._square = {name: np.zeros_like(array) for name, array in arrays.items()}

    def step(self, slopes: dict[str, Array], rate: float) -> None:
        """One step against the slopes."""
        self.steps += 1
        first, second = 1 - 0.9**self.steps, 1 - 0.99**self.steps
        for name, slope in slopes.items():
            mean, square = self._mean[name], self._square[name]
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope * slope - square)
            self.arrays[name] -= rate * (mean / first) / (np.sqrt(square / second) + 1e-6)

    def step_rows(self, name: str, rows: Array, slope: Array, rate: float) -> None:
        """The same for some rows of one array; `step` must have been called for this step."""
        first, second = 1 - 0.9**self.steps, 1 - 0.99**self.steps
        mean = 0.9 * self._mean[name][rows] + 0.1 * slope
        square = 0.99 * self._square[name][rows] + 0.01 * slope * slope
        self._mean[name][rows], self._square[name][rows] = mean, square
        change = rate * (mean / first) / (np.sqrt(square / second) + 1e-6)
        self.arrays[name][rows] -= change


def contexts_of(targets: Array, most: int = 256) -> Array:
    """(letter before last, last letter) -> context: the frequent pairs, else the last letter."""
    letters = len(ALPHABET)
    past = np.zeros((len(targets), targets.shape[1] + 1), np.int64)
    past[:, 1:] = targets
    keys = (past[:, :-1] * letters + past[:, 1:])[targets > 0]
    seen = np.bincount(keys, minlength=letters * letters)
    table = np.zeros((letters, letters), np.int64)
    last = np.unique(keys % letters)
    table[:, last] = np.arange(1, len(last) + 1)
    often = np.argsort(-seen, kind="stable")[:most]
    table.ravel()[often] = len(last) + 1 + np.arange(len(often))
    return table


@dataclass
class Pass:
    """What the forward pass leaves behind for the backward one."""

    framed: Array
    shown: Array
    first: Array
    word: Array
    second: Array
    letters: int
    tokens: int


class Network:
    """A window of letters, two layers, the word's mean, and one head a script."""

    def __init__(self, pieces: list[Array], contexts: list[Array], seed: int) -> None:
        """Random weights for the pieces of each script."""
        chance = np.random.default_rng(seed)
        self.pieces, self.finders = pieces, [Pieces(rows) for rows in pieces]
        self.contexts = contexts
        window = (2 * SIDE + 1) * SIZE

        def spread(rows: int, columns: int, by: float) -> Array:
            values = chance.standard_normal((rows, columns)) * by / np.sqrt(rows)
            return np.asarray(values, np.float32)

        self.arrays = {
            "embedding": spread(len(ALPHABET), SIZE, 0.3 * len(ALPHABET) ** 0.5),
            "first": spread(window, WIDTH, 2),
            "first_bias": np.zeros(WIDTH, np.float32),
            "second": spread(WIDTH, WIDTH, 1.4),
            "word": spread(WIDTH, WIDTH, 1),
            "second_bias": np.zeros(WIDTH, np.float32),
        }
        for script, rows in enumerate(pieces):
            table = (int(contexts[script].max()) + 1, len(rows))
            self.arrays[f"weights{script}"] = spread(WIDTH, len(rows), 0.3)
            self.arrays[f"bias{script}"] = _BIAS[(rows > 0).sum(axis=1)]
            self.arrays[f"follows{script}"] = np.zeros(table, np.float32)
        self.adam = Adam(self.arrays)

    def forward(self, sources: Array) -> Pass:
        """Of sources that all have the same length."""
        at, (tokens, letters) = self.arrays, sources.shape
        framed = np.zeros((tokens, letters + 2 * SIDE), np.int64)
        framed[:, SIDE : SIDE + letters] = sources
        view = np.lib.stride_tricks.sliding_window_view(framed, 2 * SIDE + 1, axis=1)
        windows = view.transpose(1, 0, 2).reshape(letters * tokens, -1)
        shown = at["embedding"][windows].reshape(len(windows), -1)
        first = np.maximum(shown @ at["first"] + at["first_bias"], 0)
        word = first.reshape(letters, tokens, -1).mean(axis=0)
        second = (first @ at["second"]).reshape(letters, tokens, -1) + word @ at["word"]
        second = np.maximum(second + at["second_bias"], 0).reshape(len(windows), -1)
        return Pass(framed, shown, first, word, second, letters, tokens)

    def train(self, sources: Array, targets: Array, script: int, rate: float,
              wary: bool) -> Array:  # fmt: skip
        """One step on a batch; the log likelihood of each target before it."""
        done = self.forward(sources[:, : int((sources[0] > 0).sum())])
        logs, slopes = self._through_lattice(done, targets, script, wary, learn=True)
        slopes |= self._backward(done, slopes.pop("second"))
        count = len(sources)
        slopes = {name: slope / count for name, slope in slopes.items()}
        slopes[f"follows{script}"] += _PULL / 256 * self.arrays[f"follows{script}"]
        self.adam.step(slopes, rate)
        return logs

    def measure(self, sources: Array, targets: Array, script: int) -> Array:
        """The log likelihood of each target; sources of one length."""
        done = self.forward(sources[:, : int((sources[0] > 0).sum())])
        return self._through_lattice(done, targets, script, wary=False, learn=False)[0]

    def _through_lattice(
        self, done: Pass, targets: Array, script: int, wary: bool, learn: bool
    ) -> tuple[Array, dict[str, Array]]:
        lengths = (targets > 0).sum(axis=1)
        of, steps = self._lattice(done, targets[:, : int(lengths.max())], script)
        ways = sum_up(steps, lengths, of.scale)
        possible = ways.total > _IMPOSSIBLE
        logs = np.log(np.where(possible, ways.total, _IMPOSSIBLE))
        if not learn:
            return logs, {}
        trust = possible.astype(np.float64)
        if wary:
            trust /= 1 + np.exp(np.clip(NOISE[0] + NOISE[1] * lengths - logs, -50, 50))
        totals = np.where(trust > 1e-20, ways.total / np.maximum(trust, 1e-20), np.inf)
        used = shares(ways, steps, totals, of.scale)
        passed = (ways.before * ways.after)[:-1] / totals * of.scale
        return logs, self._slopes(done, script, of, used, passed)

    def _lattice(self, done: Pass, targets: Array, script: int) -> tuple["_Lattice", Array]:
        """The weights of all steps through the targets, and what they are made of."""
        at, finder = self.arrays, self.finders[script]
        letters = targets.T.astype(np.int64)
        raw = done.second @ at[f"weights{script}"] + at[f"bias{script}"]
        share = np.exp(raw - raw.max(axis=1, keepdims=True))
        follows = np.exp(at[f"follows{script}"])
        ending = finder.ending(letters)
        unknown = ending == finder.unknown
        ending[unknown] = 0
        past = np.zeros((len(letters) + 2, done.tokens), np.int64)
        past[2:] = letters
        before = self.contexts[script][past[:-1], past[1:]]
        fit = np.zeros(ending.shape)
        for size in range(min(MOST, len(letters)) + 1):
            fit[size, size:] = follows[before[: len(before) - size], ending[size, size:]]
        fit[unknown] = 0
        rows = np.arange(len(share)).reshape(done.letters, 1, 1, done.tokens)
        flat = rows * share.shape[1] + ending
        spot = rows[:, 0] * len(follows) + before
        scale = 1 / (share @ follows.T).ravel()[spot].astype(np.float64)
        of = _Lattice(share, follows, ending, before, flat, spot, scale)
        return of, share.ravel()[flat] * fit

    def _slopes(self, done: Pass, script: int, of: "_Lattice", used: Array,
                passed: Array) -> dict[str, Array]:  # fmt: skip
        share, follows = of.share, of.follows
        wanted = np.bincount(of.flat.ravel(), used.ravel(), share.size).reshape(share.shape)
        through = np.bincount(of.spot.ravel(), passed.ravel(), len(share) * len(follows))
        through = through.reshape(len(share), len(follows)).astype(np.float32)
        raw = share * (through @ follows) - wanted.astype(np.float32)
        pairs = np.zeros(follows.size)
        by_token = used.sum(axis=0)
        for size in range(min(MOST, len(of.before) - 1) + 1):
            key = of.before[: len(of.before) - size] * follows.shape[1] + of.ending[size, size:]
            pairs += np.bincount(key.ravel(), by_token[size, size:].ravel(), follows.size)
        return {
            f"follows{script}": follows * (through.T @ share)
            - pairs.reshape(follows.shape).astype(np.float32),
            f"weights{script}": done.second.T @ raw,
            f"bias{script}": raw.sum(axis=0),
            "second": raw @ self.arrays[f"weights{script}"].T,
        }

    def _backward(self, done: Pass, slope: Array) -> dict[str, Array]:
        at = self.arrays
        slope = slope * (done.second > 0)
        by_word = slope.reshape(done.letters, done.tokens, -1).sum(axis=0)
        first = (slope @ at["second"].T).reshape(done.letters, done.tokens, -1)
        first = (first + by_word @ at["word"].T / done.letters).reshape(len(slope), -1)
        first *= done.first > 0
        shown = (first @ at["first"].T).reshape(done.letters, done.tokens, 2 * SIDE + 1, SIZE)
        framed = np.zeros((done.letters + 2 * SIDE, done.tokens, SIZE), np.float32)
        for place in range(2 * SIDE + 1):
            framed[place : place + done.letters] += shown[:, :, place]
        codes = done.framed.T.ravel()
        which = np.zeros((len(ALPHABET), len(codes)), np.float32)
        which[codes, np.arange(len(codes))] = 1
        return {
            "second": done.first.T @ slope,
            "second_bias": slope.sum(axis=0),
            "word": done.word.T @ by_word,
            "first": done.shown.T @ first,
            "first_bias": first.sum(axis=0),
            "embedding": which @ framed.reshape(-1, SIZE),
        }


@dataclass
class _Lattice:
    share: Array
    follows: Array
    ending: Array
    before: Array
    flat: Array
    spot: Array
    scale: Array
