"""How good is a model on the pairs that no training run has looked at?"""

import hashlib
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from safar.lib.screening.tokens.model import TokenModel
from tools.token_training.judging import CANDIDATES, HARDEST
from tools.token_training.lattice import Array
from tools.token_training.pairs import Pair, some

POOL = {"russian": 30000, "arabic": 12000}
WIDE_QUERIES = 2000
RANKS = (1, 10, 100, CANDIDATES)


def report(file: Path, russian: dict[str, list[Pair]], arabic: dict[str, list[Pair]]) -> None:
    """Print the figures."""
    with np.load(file) as arrays:
        model = TokenModel(dict(arrays))
    print(f"{file.name}: {file.stat().st_size} bytes, sha256 {_sum(file)}")
    everything = sorted(
        {
            token
            for parts in (russian, arabic)
            for part in parts.values()
            for p in part
            for token in p
        }
    )
    vectors = model.encode(everything)
    for name, parts in (("russian", russian), ("arabic", arabic)):
        pool = _pool(parts, POOL[name])
        _ranks(model, name, parts["held-out"], pool)
        _wide(model, name, parts["held-out"], everything, vectors)


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _pool(parts: dict[str, list[Pair]], size: int) -> list[str]:
    """The held-out twins, and others up to the size."""
    own = sorted({twin for _, twin in parts["held-out"]})
    others = sorted({twin for part in parts.values() for _, twin in part} - set(own))
    return own + some(others, size - len(own), np.random.default_rng(1))


def _ranks(model: TokenModel, name: str, pairs: list[Pair], pool: list[str]) -> None:
    twins: dict[str, set[str]] = defaultdict(set)
    for latin, twin in pairs:
        twins[latin].add(twin)
    vectors = model.encode(pool)
    queries = sorted(twins)
    near_ranks, ranks, spent = [], [], 0.0
    sure: list[tuple[float, bool, float]] = []
    for query, vector in zip(queries, model.encode(queries), strict=True):
        cosine = vectors @ vector
        near = np.argpartition(-cosine, CANDIDATES)[:CANDIDATES]
        near = near[np.argsort(-cosine[near], kind="stable")]
        candidates = [pool[at] for at in near]
        true = np.array([candidate in twins[query] for candidate in candidates])
        began = time.process_time()
        likely = model.likelihood(query, candidates, cosine[near])
        spent += time.process_time() - began
        near_ranks.append(int(np.argmax(true)) if true.any() else len(pool))
        best = likely[true].max(initial=-1)
        ranks.append(int((likely[~true] >= best).sum()) if true.any() else len(pool))
        sure += [(float(p), True, 1.0) for p in likely[true]]
        sure += [(float(p), False, 1 / HARDEST) for p in np.sort(likely[~true])[-HARDEST:]]
    print(f"{name}: {len(queries)} held-out queries among {len(pool)}")
    for what, found in (("nearness alone", near_ranks), ("with likelihood", ranks)):
        shares = [f"first {most}: {np.mean(np.array(found) < most):.4f}" for most in RANKS]
        print(f"  {what:16}", ", ".join(shares))
    print(f"  likelihood of {CANDIDATES}, cosines given: {1000 * spent / len(queries):.2f} ms CPU")
    print("  probability said, and found:", _calibration(np.array(sure)))


def _calibration(sure: Array) -> str:
    said, true, weight = sure.T
    cells = []
    for low in np.arange(0, 1, 0.1):
        here = (said >= low) & (said < low + 0.1 + (low > 0.85))
        mean = np.average(said[here], weights=weight[here])
        cells.append(f"{mean:.2f} {np.average(true[here], weights=weight[here]):.2f}")
    return "; ".join(cells)


def _wide(model: TokenModel, name: str, pairs: list[Pair], everything: list[str],
          vectors: Array) -> None:  # fmt: skip
    place = {token: at for at, token in enumerate(everything)}
    chosen = some(pairs, WIDE_QUERIES, np.random.default_rng(2))
    ranks = []
    for (latin, twin), vector in zip(chosen, model.encode([p[0] for p in chosen]), strict=True):
        cosine = vectors @ vector
        cosine[place[latin]] = -1
        ranks.append((cosine > cosine[place[twin]]).sum())
    shares = [f"first {most}: {np.mean(np.array(ranks) < most):.4f}" for most in RANKS]
    print(f"  nearness alone, among {len(everything)} of all scripts:", ", ".join(shares))
