"""What do all peers share? Reading the files, the same normalisation, timing, answering."""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.contract import ANSWER, MISSING, read_rows, write_rows
from bench.listed import folded

Found = Sequence[tuple[str, float]]  # entity ids with scores, best first


@dataclass(frozen=True)
class Asked:
    """A list and its queries, with the names folded alike for every peer."""

    ids: list[str]
    names: list[str]
    rows: list[dict[str, str]]
    queries: list[dict[str, str]]
    top: int


def asked() -> tuple[Asked, argparse.Namespace]:
    parser = argparse.ArgumentParser()
    for name in ("list", "queries", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--top", type=int, default=100)
    given = parser.parse_args()
    rows, queries = read_rows(given.list), read_rows(given.queries)
    names = [folded(row["name"]) for row in rows]
    return Asked([row["entity_id"] for row in rows], names, rows, queries, given.top), given


def answer(
    given: argparse.Namespace, asked: Asked, build_s: float,
    find: Callable[[dict[str, str]], Found], **figures: Any,
) -> None:  # fmt: skip
    """Ask each query, write the answers, print the JSON line. Times are milliseconds.

    `cpu_` is this process's own time, which neighbours on the machine do not touch.
    """
    spent, own, rows = [], [], []
    for query in asked.queries:
        began, cpu = time.perf_counter(), time.process_time()
        found = find(query)
        own.append((time.process_time() - cpu) * 1000)
        spent.append((time.perf_counter() - began) * 1000)
        rows += [
            (query["query_id"], str(at), key, f"{score:.4f}", "")
            for at, (key, score) in enumerate(_each_once(found)[: asked.top], 1)
        ]
    write_rows(given.out, ANSWER, rows)
    line = {"build_s": round(build_s, 1), **_parts(spent, ""), **_parts(own, "cpu_"), **figures}
    sys.stdout.write(json.dumps(line) + "\n")


def _parts(spent: list[float], kind: str) -> dict[str, float]:
    return {
        f"{kind}p50_ms": round(statistics.median(spent), 2),
        f"{kind}p95_ms": round(sorted(spent)[len(spent) * 95 // 100], 2),
    }


def _each_once(found: Found) -> list[tuple[str, float]]:
    best: dict[str, float] = {}
    for key, score in found:
        best.setdefault(key, score)
    return list(best.items())


def missing(why: str) -> None:
    """End aloud: this peer is not installed here."""
    sys.stderr.write(f"{why}\n")
    raise SystemExit(MISSING)
