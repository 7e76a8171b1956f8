"""Learns where tokens lie, so that spellings of one name lie close: one table, one layer.

Each pair must find its own twin among a batch (both ways); from the second epoch on batches
are made of neighbours, so that the others are hard to tell apart.
"""

import time

import numpy as np

from safar.lib.screening.tokens.encoder import pieces
from tools.token_training.lattice import Array
from tools.token_training.network import Adam
from tools.token_training.pairs import Known, Pair, often_plain, plain
from tools.token_training.respelling import enriched
from tools.token_training.writing import rate_at, spelled

BITS, INNER, OUTER = 15, 128, 64
BATCH, RATE = 2048, 3e-3
DROPPED = 0.15  # of the pieces of each token, so that no single one decides
NEIGHBOURS = 64  # tokens that lie together and share a batch
MADE = 14000


class Nearness:
    """The table, the layer, and how sharply a batch is told apart."""

    def __init__(self, seed: int) -> None:
        """Random weights."""
        chance = np.random.default_rng(seed)
        table = chance.standard_normal((1 << BITS, INNER)) * 0.1
        table[0] = 0
        mix = chance.standard_normal((INNER, OUTER)) / np.sqrt(INNER)
        self.arrays = {
            "table": table.astype(np.float32),
            "table_bias": np.zeros(INNER, np.float32),
            "mix": mix.astype(np.float32),
            "sharp": np.array([np.log(12)], np.float32),
        }
        self.adam = Adam(self.arrays)

    def _forward(self, found: Array, weight: Array) -> tuple[Array, Array, Array]:
        total = np.zeros((len(found), INNER), np.float32)
        for column in found.T:
            here = np.flatnonzero(column)
            total[here] += self.arrays["table"][column[here]]
        inner = np.maximum(total * weight + self.arrays["table_bias"], 0)
        outer = inner @ self.arrays["mix"]
        length = np.sqrt((outer * outer).sum(axis=1, keepdims=True)) + 1e-6
        return inner, outer / length, length

    def encode(self, rows: Array) -> Array:
        """As the program does, in full precision."""
        result = []
        for at in range(0, len(rows), 4096):
            found = pieces(rows[at : at + 4096], BITS)
            result.append(self._forward(found, _weight(found))[1])
        return np.concatenate(result)

    def train(self, left: Array, right: Array, twins: Array, rate: float) -> float:
        """One step on the pieces of two sides; `twins` are others that are no strangers."""
        count, width = len(left), max(left.shape[1], right.shape[1])
        found = np.zeros((2 * count, width), np.int32)
        found[:count, : left.shape[1]], found[count:, : right.shape[1]] = left, right
        weight = _weight(found)
        inner, outer, length = self._forward(found, weight)
        a, b = outer[:count], outer[count:]
        loss, slope, sharp = _tell_apart(a @ b.T, twins, float(np.exp(self.arrays["sharp"][0])))
        back = np.concatenate([slope @ b, slope.T @ a])
        back = (back - outer * (back * outer).sum(axis=1, keepdims=True)) / length
        hidden = (back @ self.arrays["mix"].T) * (inner > 0)
        slopes = {"mix": inner.T @ back, "table_bias": hidden.sum(axis=0), "sharp": sharp}
        self.adam.step(slopes, rate)
        self._train_table(found, hidden * weight, rate)
        return loss

    def _train_table(self, found: Array, slope: Array, rate: float) -> None:
        owner = np.repeat(np.arange(len(found)), found.shape[1])
        key = found.ravel()
        key, owner = key[key > 0], owner[key > 0]
        order = np.argsort(key, kind="stable")
        key, owner = key[order], owner[order]
        starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        self.adam.step_rows("table", key[starts], np.add.reduceat(slope[owner], starts), rate)


def _weight(found: Array) -> Array:
    count = np.maximum((found > 0).sum(axis=1, keepdims=True), 1)
    return np.asarray(1 / np.sqrt(count), np.float32)


def _tell_apart(cosine: Array, twins: Array, sharp: float) -> tuple[float, Array, Array]:
    """Cross entropy of each finding its own, both ways: loss, slope by cosine and by sharpness."""
    count = len(cosine)
    raw = np.where(twins, -1e4, sharp * cosine)
    grown = np.exp(raw - raw.max())
    across, down = grown / grown.sum(axis=1, keepdims=True), grown / grown.sum(axis=0)
    own = np.arange(count)
    loss = -np.log(across[own, own] + 1e-20).mean() - np.log(down[own, own] + 1e-20).mean()
    slope = ((across + down) / 2 / count).astype(np.float32)
    slope[own, own] -= 1 / count
    return (
        float(loss / 2),
        np.asarray(slope * sharp, np.float32),
        np.array([(slope * cosine).sum() * sharp]),
    )


def _one_number(rows: Array) -> Array:
    """A number by which equal tokens are known."""
    by = np.random.default_rng(9).integers(1, 1 << 40, rows.shape[1])
    return np.asarray((rows.astype(np.int64) * by).sum(axis=1))


def _epoch(known: Known, chance: np.random.Generator) -> tuple[Array, Array]:
    more = enriched(known, MADE, chance)
    latin = [latin for latin, _ in known.lc + known.la]
    bare = [(token, plain(token)) for token in latin if plain(token) != token]
    cross: list[Pair] = known.ca + more.ca
    pairs = more.lc + more.la + more.ll + more.cc + more.aa + cross + bare
    return spelled(often_plain(pairs, 0.4, 0.3, chance))


def _neighbourly(vectors: Array, chance: np.random.Generator) -> Array:
    """An order in which neighbours stand together, and the groups of them anyhow."""
    planes = chance.standard_normal((vectors.shape[1], 12)).astype(np.float32)
    cell = (vectors @ planes > 0) @ (1 << np.arange(12))
    along = vectors @ chance.standard_normal(vectors.shape[1:]).astype(np.float32)
    order = np.lexsort((along, cell))
    groups = np.array_split(order, len(order) // NEIGHBOURS)
    chance.shuffle(groups)
    return np.concatenate(groups)


def train(known: Known, epochs: int, seed: int = 3) -> Nearness:
    """The encoder, in full precision."""
    chance, model, steps = np.random.default_rng(seed), Nearness(0), 0
    for epoch in range(epochs):
        began, lost = time.process_time(), 0.0
        left, right = _epoch(known, chance)
        name, twin = _one_number(left), _one_number(right)
        order = chance.permutation(len(left))
        if epoch:
            order = _neighbourly(model.encode(right), chance)
        batches = [order[at : at + BATCH] for at in range(0, len(order) - BATCH + 1, BATCH)]
        for rows in batches:
            twins = (name[rows][:, None] == name[rows]) | (twin[rows][:, None] == twin[rows])
            np.fill_diagonal(twins, False)
            sides = [pieces(side[rows], BITS) for side in (left, right)]
            for side in sides:
                side[chance.random(side.shape, np.float32) < DROPPED] = 0
            rate = RATE * rate_at(steps, epochs * len(batches), 60)
            lost, steps = lost + model.train(sides[0], sides[1], twins, rate), steps + 1
        spent = time.process_time() - began
        print(f"nearness, epoch {epoch}: {lost / len(batches):.4f}, {spent:.0f} s", flush=True)
    return model


def arrays_of(model: Nearness) -> dict[str, Array]:
    """What the program needs of it: the table in one byte a number, a scale for each row."""
    table = model.arrays["table"]
    scale = np.maximum(np.abs(table).max(axis=1), 1e-6) / 127
    return {
        "table": np.round(table / scale[:, None]).astype(np.int8),
        "table_scale": scale.astype(np.float32),
        "table_bias": model.arrays["table_bias"],
        "mix": model.arrays["mix"].astype(np.float16),
    }
