"""Learns which letters write which: the pieces of each script, then the network over them."""

import math
import time

import numpy as np

from safar.lib.screening.tokens.letters import SCRIPTS, WIDTH, spell
from tools.token_training.lattice import Array, by_length, find_pieces
from tools.token_training.network import Network, contexts_of
from tools.token_training.pairs import Known, Pair, often_plain, some
from tools.token_training.respelling import enriched, persian, romanised

BATCH = 256
RATE = 2e-3
MADE = 9000  # Cyrillic words respelled an epoch
LATIN, CYRILLIC, ARABIC = range(3)
_LONGEST = WIDTH - 4

Sets = list[tuple[Array, Array, int]]  # sources, targets, script of the targets


def spelled(pairs: list[Pair]) -> tuple[Array, Array]:
    """Codes of the two sides, of the pairs that consist of known letters."""
    left, right = spell([a for a, _ in pairs]), spell([b for _, b in pairs])
    sound = np.ones(len(left), bool)
    for side in (left, right):
        length = (side > 0).sum(axis=1)
        sound &= (length > 0) & (length < _LONGEST) & ~(side == 1).any(axis=1)
    return left[sound], right[sound]


def pieces_and_contexts(known: Known, seed: int = 7) -> tuple[list[Array], list[Array]]:
    """Of each script, from a part of the pairs."""
    chance = np.random.default_rng(seed)
    made = romanised(known.cyrillic, 12000, chance)
    respelled, _ = persian(known.la, chance)
    latin = some(known.lc, 12000, chance) + some(known.la, 7000, chance)
    latin += made.lc[:4000] + made.la[:2000]
    cyrillic = some(known.lc, 20000, chance) + made.lc[:6000]
    arabic = some(known.la, 20000, chance) + made.la[:2000] + some(respelled, 4000, chance)
    pieces, contexts = [], []
    for script, pairs, keep in ((LATIN, latin, 12), (CYRILLIC, cyrillic, 8), (ARABIC, arabic, 12)):
        sources, targets = spelled(pairs)
        if script == LATIN:
            sources, targets = targets, sources
        pieces.append(find_pieces(sources, targets, SCRIPTS[script], keep))
        contexts.append(contexts_of(targets))
    return pieces, contexts


def with_article(known: Known, chance: np.random.Generator) -> list[Pair]:
    """Latin tokens whose Arabic twin has the article that the Latin one leaves out."""
    return [(a, "ال" + b) for a, b in some(known.la, 1500, chance) if not b.startswith("ال")]


def both_ways(known: Known, chance: np.random.Generator) -> Sets:
    """Everything to learn in one epoch, in both directions."""
    found: Sets = []
    for pairs, left, right in (
        (often_plain(known.lc, 0.35, 0, chance), LATIN, CYRILLIC),
        (often_plain(known.la + with_article(known, chance), 0.35, 0, chance), LATIN, ARABIC),
        (often_plain(known.ll, 0.3, 0.3, chance), LATIN, LATIN),
        (known.cc, CYRILLIC, CYRILLIC),
        (known.aa, ARABIC, ARABIC),
        (known.ca, CYRILLIC, ARABIC),
    ):
        a, b = spelled(pairs)
        found += [(a, b, right), (b, a, left)]
    return found


def rate_at(step: int, steps: int, warm: int) -> float:
    """The share of the learning rate: up in a line, down as a cosine."""
    down = 0.5 * (1 + math.cos(math.pi * min(1, step / steps))) + 0.01
    return min(1.0, (step + 10) / warm) * down


def train(known: Known, epochs: int, seed: int = 5) -> Network:
    """The network, its pieces and its contexts inside."""
    pieces, contexts = pieces_and_contexts(known)
    print("pieces", [len(rows) for rows in pieces], flush=True)
    network, chance = Network(pieces, contexts, seed), np.random.default_rng(seed)
    steps = 0
    for epoch in range(epochs):
        began, seen, total = time.process_time(), 0, 0.0
        sets = both_ways(enriched(known, MADE, chance), chance)
        batches = [
            (which, rows)
            for which, (sources, targets, _) in enumerate(sets)
            for rows in by_length(sources, targets, BATCH, chance)
        ]
        chance.shuffle(batches)
        for which, rows in batches:
            sources, targets, script = sets[which]
            rate = RATE * rate_at(steps, epochs * len(batches), 300) * (len(rows) / BATCH) ** 0.5
            logs = network.train(sources[rows], targets[rows], script, rate, wary=steps > 400)
            total, seen, steps = total + np.maximum(logs, -50).sum(), seen + len(rows), steps + 1
        spent = time.process_time() - began
        print(f"writing, epoch {epoch}: {total / seen:.3f} a token, {spent:.0f} s", flush=True)
    return network


def arrays_of(network: Network) -> dict[str, Array]:
    """What the program needs of it, small."""
    big = ("embedding", "first", "second", "word", "weights", "follows")
    result = {
        name: array.astype(np.float16) if name.rstrip("012") in big else array
        for name, array in network.arrays.items()
    }
    for script, rows in enumerate(network.pieces):
        result[f"pieces{script}"] = rows
        result[f"contexts{script}"] = network.contexts[script].astype(np.uint16)
    return result
