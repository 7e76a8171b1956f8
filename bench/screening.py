"""How well and how fast are names found? The engine through `safar screen`, and its peers.

One JSON line a row. `python -m bench.screening` runs all rows at 100,000 and 1,000,000 names;
`--pairs FOLDER` (name_pairs) adds the token rows; `--misses FOLDER` writes what was missed.
Peers need the extra `peers`; `--python logic_v2=PATH` runs one with another Python.
"""

import argparse
import json
import os
import shlex
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import figures, misses
from bench.contract import ENGINE, PeerMissing, Ran, read_rows, run
from bench.listed import OFAC, ofac
from bench.lists import FACTS, POOLS, Files, Scratch
from bench.made_up import RECOMBINED

ROWS = ("aliases", "variants", "tokens", "memory")
PEERS = ("tantivy_grams", "pg_trgm", "brute_force", "logic_v2")
MILLION = 1_000_000
# Slow peers answer every so many queries; the engine is compared on the same ones.
STRIDES = {
    "tantivy_grams": (1, 4),
    "pg_trgm": (5, 20),
    "brute_force": (5, 60),
    "logic_v2": (20, 40),
}
TARGETS = {
    "aliases": {"r10": 0.70, "r100": 0.80, "p95_ms": 25, "build_s": 60, "index_mb": 600},
    "variants": {"found": 0.97, "false_alarms_per_1000": 1},
    "cyrillic": {"r1": 0.90, "r10": 0.97},
    "arabic": {"r1": 0.70, "r10": 0.90},
}
LATENCY = ("build_s", "index_mb", "p50_ms", "p95_ms", "explained_p50_ms", "explained_p95_ms")


def main() -> None:
    """Make what is missing, run what is asked, print."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="safar-screening-", dir="/var/tmp") as made:
        scratch = Scratch(Path(asked.scratch or made), asked.ofac, asked.recombined)
        for folder in (scratch.folder, asked.misses):
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
        sized = {"aliases": aliases, "variants": variants, "memory": memory}
        for size in asked.sizes:
            for row in (row for row in sized if row in asked.rows):
                sized[row](asked, scratch, size)
        if "tokens" in asked.rows and asked.pairs:
            for script in POOLS:
                tokens(asked, scratch, script)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, MILLION])
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=list(ROWS))
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    parser.add_argument("--python", action="append", default=[], help="PEER=PATH of its Python")
    parser.add_argument("--engine", type=shlex.split, help="in place of `safar screen`")
    parser.add_argument("--no-engine", dest="engine", action="store_const", const=())
    parser.set_defaults(engine=ENGINE)
    parser.add_argument("--ofac", type=Path, default=OFAC, help="folder with sdn*.csv, alt*.csv")
    parser.add_argument("--pairs", type=Path, help="folder of name_pairs")
    parser.add_argument("--facts", nargs="+", choices=FACTS, default=["birth_date"])
    parser.add_argument("--clean", type=int, default=100_000, help="travellers at 100,000 names")
    parser.add_argument("--clean-at-million", type=int, default=20_000)
    parser.add_argument("--peer-clean", type=int, default=2_000)
    parser.add_argument("--tokens", type=int, default=2_000)
    parser.add_argument("--threshold", type=float, help="else the one that is shipped")
    parser.add_argument("--recombined", type=float, default=RECOMBINED, help="share of the padding")
    parser.add_argument("--curve", action="store_true", help="found and alarms by threshold")
    parser.add_argument("--runs", type=int, default=1, help="of the engine's latency")
    parser.add_argument("--scratch", type=Path, help="folder that keeps lists from run to run")
    parser.add_argument("--misses", type=Path)
    return parser.parse_args()


def say(question: str, **answer: Any) -> None:
    line = {"question": question, **answer, "load": round(os.getloadavg()[0], 1)}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def aliases(asked: argparse.Namespace, scratch: Scratch, size: int) -> None:
    """Aliases nobody indexed: is the primary name among the first ten, the first hundred?"""
    files, wanted = scratch.aliases(size)
    ran = None
    if asked.engine:
        ran, timed = _engine(asked, files, 100, asked.runs)
        found = figures.recall(ran, wanted)
        targets = TARGETS["aliases"] if size == MILLION else {}
        say(
            "OFAC aliases",
            by="safar",
            names=size,
            recombined=asked.recombined,
            **found,
            **timed,
            targets=targets,
        )
        if asked.misses:
            misses.write_aliases(asked.misses, size, ran, wanted, ofac(asked.ofac)[0])
    for peer in asked.peers:
        stride = STRIDES[peer][size >= MILLION]
        files, part = scratch.aliases(size, stride)
        if theirs := _peer(asked, peer, files, 100):
            same = figures.recall(ran, part) if ran else {}
            say(
                "OFAC aliases", by=peer, names=size, recombined=asked.recombined, **figures.recall(theirs, part),
                **theirs.figures, safar_on_the_same={k: same[k] for k in ("r10", "r100") if same},
                **_ratios(ran, theirs),
            )  # fmt: skip


def _ratios(ours: Ran | None, theirs: Ran) -> dict[str, float]:
    if ours is None:
        return {}
    return {
        f"times_faster_{part}": round(theirs.figures[f"{part}_ms"] / ours.figures[f"{part}_ms"], 1)
        for part in ("p50", "p95")
    }


def variants(asked: argparse.Namespace, scratch: Scratch, size: int) -> None:
    """Are listed people found under another spelling, and who is held up for nothing?"""
    if asked.engine:
        clean = asked.clean_at_million if size >= MILLION else asked.clean
        files, rows, travellers = scratch.people(size, clean, asked.facts)
        threshold = asked.threshold or _shipped()
        lowest = ("--threshold", str(figures.CURVE[0])) if asked.curve or asked.misses else ()
        ran = run((*asked.engine, *lowest), files.listed, files.queries, 10)
        say(
            "variants and clean travellers", by="safar", names=size, facts=asked.facts,
            threshold=threshold, **figures.found(ran, rows, threshold),
            **figures.alarms(ran, travellers, threshold), **_timed([ran]),
            curve=figures.curve(ran, rows, travellers) if lowest else [], targets=TARGETS["variants"],
        )  # fmt: skip
        if asked.misses:
            misses.write_variants(asked.misses, size, ran, rows, threshold)
            names = _names(files.listed)
            misses.write_alarms(asked.misses, size, ran, travellers, threshold, names)
    if "logic_v2" in asked.peers and size < MILLION:
        _scored_by_peer(asked, scratch, size)


def _scored_by_peer(asked: argparse.Namespace, scratch: Scratch, size: int) -> None:
    """The one peer that scores facts too, at its own threshold, on fewer travellers."""
    files, rows, travellers = scratch.people(size, asked.peer_clean, asked.facts)
    if theirs := _peer(asked, "logic_v2", files, 10):
        threshold = theirs.figures["threshold"]
        say(
            "variants and clean travellers", by="logic_v2", names=size, facts=asked.facts,
            **figures.found(theirs, rows, threshold),
            **figures.alarms(theirs, travellers, threshold), **theirs.figures,
        )  # fmt: skip


def _names(listed: Path) -> Mapping[str, Sequence[str]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_rows(listed):
        names[row["entity_id"]].append(f"{row['name']} ({row.get('birth_date', '')})")
    return names


def tokens(asked: argparse.Namespace, scratch: Scratch, script: str) -> None:
    """One Latin token: is its twin in another script first, or among ten?"""
    files, wanted = scratch.tokens(asked.pairs, script, asked.tokens)
    if asked.engine:
        ran, timed = _engine(asked, files, 10, 1)
        found = figures.token_recall(ran, wanted)
        say(
            f"Latin token to {script}, held out",
            by="safar",
            **found,
            **timed,
            targets=TARGETS[script],
        )
        if asked.misses:
            misses.write_tokens(asked.misses, script, ran, wanted)
    for peer in ("brute_force", "tantivy_grams"):
        if peer in asked.peers and (theirs := _peer(asked, peer, files, 10)):
            found = figures.token_recall(theirs, wanted)
            say(f"Latin token to {script}, held out", by=peer, **found, **theirs.figures)


def memory(asked: argparse.Namespace, scratch: Scratch, size: int) -> None:
    """What one more worker costs when the index is mapped already."""
    if not asked.engine:
        return
    from bench.drivers.screening_workers import measured

    files, _ = scratch.aliases(size)
    say("memory of workers", by="safar", names=size, **measured(files), targets={"index_mb": 600})


def _engine(
    asked: argparse.Namespace, files: Files, top: int, runs: int
) -> tuple[Ran, dict[str, Any]]:
    done = [run(asked.engine, files.listed, files.queries, top) for _ in range(runs)]
    return done[0], _timed(done)


def _timed(done: Sequence[Ran]) -> dict[str, Any]:
    """Medians of the runs."""
    return {
        key: round(statistics.median(one.figures[key] for one in done), 2)
        for key in LATENCY
        if key in done[0].figures
    }


def _peer(asked: argparse.Namespace, peer: str, files: Files, top: int) -> Ran | None:
    pythons = dict(text.split("=", 1) for text in asked.python)
    command = (pythons.get(peer, sys.executable), "-m", f"bench.peers.{peer}")
    try:
        return run(command, files.listed, files.queries, top)
    except PeerMissing as why:
        say("a peer is missing", by=peer, why=str(why))
        return None


def _shipped() -> float:
    from safar.lib.screening import THRESHOLD

    return float(THRESHOLD)


if __name__ == "__main__":
    main()
