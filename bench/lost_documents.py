"""How long does a booth wait to hear whether a document is lost, among twenty million? One JSON line.

Its own PostgreSQL. The list is written as a CSV file and loaded as the command `safar documents
load` does; then numbers that are on it and numbers that are not are asked in turn, through
Safar's own look-up (single reports and whole lists, one statement) and through psycopg with the
bare index look-up. `python -m bench.lost_documents --rows 1000000` is a trial.
"""

import argparse
import hashlib
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import own_database

P95_TARGET_MS = 2.0
SIZES = {"rows": 20_000_000, "asks": 20_000, "runs": 3}  # asks: look-ups of each kind
ISSUERS = ("KGZ", "KAZ", "UZB", "TJK", "TKM", "RUS", "TUR", "D", "FRA", "CHN")
KINDS = ("lost", "stolen", "stolen_blank", "void")
BARE = "SELECT kind, reported_on, source FROM documents_listed WHERE number = %s AND issuer = %s LIMIT 1"
Document = tuple[str, str]


def main() -> None:
    """Write, load, ask, print."""
    own_database.run("lost", __doc__, SIZES, measure)


def document(number: int) -> Document:
    """The made-up document of a number: letters and digits that stand in no order."""
    digest = hashlib.blake2b(number.to_bytes(8, "big"), digest_size=8).digest()
    code = int.from_bytes(digest, "big")
    letters = chr(65 + code % 26) + chr(65 + code // 26 % 26)
    return ISSUERS[code // 676 % len(ISSUERS)], f"{letters}{code // 6760 % 10**9:09d}"


def measure(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Every figure of the benchmark; milliseconds unless the name says otherwise."""
    from safar.control.documents.models import ListedSource

    known = _migrated() and ListedSource.objects.filter(code="bench", rows=asked.rows).first()
    load_seconds = None if known else _load(asked.rows, folder)
    chance = random.Random(1)
    hits = [document(chance.randrange(asked.rows)) for _ in range(asked.asks)]
    misses = [document(asked.rows + n) for n in range(asked.asks)]
    safar, bare = _safar(), _bare()
    found = {"hit": _share(safar, hits), "miss": _share(safar, misses)}  # and every page is warm
    _share(bare, hits + misses)
    figures: dict[str, Any] = {}
    for kind, documents in (("hit", hits), ("miss", misses)):
        ours, theirs = _timed((safar, bare), documents, asked.runs)
        figures |= {f"{kind}_{name}": value for name, value in ours.items()}
        figures |= {f"{kind}_bare_p50": theirs["p50"], f"{kind}_bare_p95": theirs["p95"]}
        figures[f"{kind}_ratio_p50"] = round(ours["p50"] / theirs["p50"], 2)
    heap, index = _bytes()
    return {
        "question": "is this document lost or stolen",
        "rows": asked.rows, "asks": asked.asks, "runs": asked.runs, "load_seconds": load_seconds,
        **figures, "found": found, "bytes_a_row": round((heap + index) / asked.rows, 1),
        "index_bytes_a_row": round(index / asked.rows, 1), "megabytes": round((heap + index) / 1e6),
        "targets": {"p95": P95_TARGET_MS}, "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def _migrated() -> bool:
    from safar.config import installing
    from safar.core.permissions import system
    from safar.reference import actions as reference

    installing.bring_up_to_date()
    reference.load(system("bench"), None)
    return True


def _load(rows: int, folder: Path) -> float:
    from click.testing import CliRunner

    from safar.control.documents.commands import documents

    path = folder / "listed.csv"
    with path.open("w") as out:
        out.write("issuer,number,kind,reported_on\n")
        for number in range(rows):
            issuer, text = document(number)
            day = f"20{10 + number % 16}-{1 + number % 12:02d}-{1 + number % 28:02d}"
            out.write(f"{issuer},{text},{KINDS[number % 4]},{day}\n")
    began = time.monotonic()
    done = CliRunner().invoke(
        documents, ["load", "bench", str(path), "--name", "Bench", "--confirm-shrink", "--json"]
    )
    path.unlink()
    if done.exit_code:
        raise SystemExit(f"The list could not be loaded: {done.output}{done.exception!r}")
    return round(time.monotonic() - began, 1)


Ask = Callable[[str, str], object]


def _safar() -> Ask:
    from safar.control.documents.queries import report_or_none

    return report_or_none


def _bare() -> Ask:
    import psycopg

    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=3)
    cursor = connection.cursor()

    def ask(issuer: str, number: str) -> object:
        return cursor.execute(BARE, [number, issuer]).fetchone()

    return ask


def _share(ask: Ask, documents: Sequence[Document]) -> float:
    return sum(ask(*one) is not None for one in documents) / len(documents)


def _timed(asks: Sequence[Ask], documents: Sequence[Document], runs: int) -> list[dict[str, float]]:
    """p50 and p95 of each asker, the median of its runs; they take turns number by number."""
    results: list[list[dict[str, float]]] = [[] for _ in asks]
    for _run in range(runs):
        taken: list[list[float]] = [[] for _ in asks]
        for one in documents:
            for ask, times in zip(asks, taken, strict=True):
                began = time.perf_counter()
                ask(*one)
                times.append((time.perf_counter() - began) * 1000)
        for times, held in zip(taken, results, strict=True):
            cuts = statistics.quantiles(times, n=100)
            held.append({"p50": cuts[49], "p95": cuts[94], "p99": cuts[98]})
    return [
        {name: round(statistics.median(run[name] for run in held), 3) for name in held[0]}
        for held in results
    ]


def _bytes() -> tuple[int, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_table_size(inhrelid)), sum(pg_indexes_size(inhrelid))"
            " FROM pg_inherits WHERE inhparent = 'documents_listed'::regclass"
        )
        heap, index = cursor.fetchone()
    return int(heap), int(index)


if __name__ == "__main__":
    main()
