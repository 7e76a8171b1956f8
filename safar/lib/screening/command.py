"""`safar screen`: who of a list may these people be? Needs no database."""

import csv
import gc
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import click
import numpy as np

from safar.lib.screening.build import Builder, finish
from safar.lib.screening.entity import Query
from safar.lib.screening.errors import BadRow, IndexBroken
from safar.lib.screening.index import Index
from safar.lib.screening.rows import read_list, read_queries
from safar.lib.screening.score import THRESHOLD

COLUMNS = ("query_id", "rank", "entity_id", "score", "explanation")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="screen")
@click.option("--list", "list_path", type=_FILE, help="The list: entity_id,name and facts.")
@click.option("--queries", type=_FILE, required=True, help="The queries: query_id,name and facts.")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--index", "folder", type=click.Path(file_okay=False, path_type=Path),
              help="Where the index is kept; without --list the one there is used.")  # fmt: skip
@click.option("--threshold", type=click.FloatRange(0, 1),
              help=f"Least score; {THRESHOLD} for queries with a birth date, else none.")  # fmt: skip
def screen(
    list_path: Path | None,
    queries: Path,
    top: int,
    out: Path,
    folder: Path | None,
    threshold: float | None,
) -> None:
    """Screen the people of one CSV file against the list of another.

    LIST: entity_id,name[,birth_date,sex,citizenship,document], one row a name, an id may come
    back. QUERIES: query_id,name and the same facts. Several facts of a kind stand apart with a
    semicolon; a birth date may be 1984-05-17, 1984-05, 1984, ~1984 or 1980/1984.

    Without a birth date all --top answers are given; with one only those from the threshold on.
    Prints one line of JSON: seconds to build, megabytes on disk, milliseconds a query. p50_ms and
    p95_ms are of the search: the --top candidates found, compared and scored. explained_p50_ms
    and explained_p95_ms are of the same with the explanation of every candidate put in words,
    which a booth does for the few that it shows. Neither holds reading or writing of files.

    Exit status: 0 answered, 2 a file cannot be read; the message names the line.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="safar-screen-") as scratch:
            said = _run(list_path, queries, top, out, folder or Path(scratch), threshold)
    except (BadRow, IndexBroken) as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)
    click.echo(json.dumps(said))


def _run(
    list_path: Path | None,
    queries: Path,
    top: int,
    out: Path,
    folder: Path,
    threshold: float | None,
) -> dict[str, float]:
    asked = list(read_queries(queries))
    started = time.perf_counter()
    if list_path is not None:
        builder = Builder()
        read_list(list_path, builder)
        finish(builder, folder)
        del builder
    built = time.perf_counter() - started
    index = Index.open(folder)
    gc.collect()
    gc.freeze()  # what the build left behind need not be walked through between two queries
    with out.open("w", encoding="utf-8", newline="") as file:
        times = _answer(index, asked, top, threshold, file)
    size = sum(path.stat().st_size for path in folder.rglob("*.npy"))
    p50, p95 = np.percentile(times, [50, 95], axis=0) if times else np.zeros((2, 2))
    return {
        "build_s": round(built, 2),
        "index_mb": round(size / 1e6, 1),
        "p50_ms": round(float(p50[0]), 2),
        "p95_ms": round(float(p95[0]), 2),
        "explained_p50_ms": round(float(p50[1]), 2),
        "explained_p95_ms": round(float(p95[1]), 2),
        "names": len(index),
        "queries": len(asked),
    }


def _answer(
    index: Index,
    asked: Iterable[tuple[str, Query]],
    top: int,
    threshold: float | None,
    file: TextIO,
) -> list[tuple[float, float]]:
    """Write the answers; the milliseconds of each query, searched and searched and explained."""
    sheet = csv.writer(file, lineterminator="\n")
    sheet.writerow(COLUMNS)
    times = []
    for key, query in asked:
        least = threshold if threshold is not None else THRESHOLD if query.births else 0.0
        started = time.perf_counter()
        found = index.search(query, top, least)
        searched = time.perf_counter()
        told = [one.explanation for one in found]
        explained = time.perf_counter()
        times.append(((searched - started) * 1000, (explained - started) * 1000))
        for rank, (one, text) in enumerate(zip(found, told, strict=True), 1):
            sheet.writerow((key, rank, one.id, f"{one.score:.6f}", text))
    return times


if __name__ == "__main__":
    screen()
