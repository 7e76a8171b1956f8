"""How do a screening engine and its peers speak to the bench? By the files of `safar screen`.

LIST.csv and Q.csv in, R.csv out (`query_id,rank,entity_id,score,explanation`), one JSON line on
standard output. Peers are programs of the same shape, so that each may have its own Python.
"""

import csv
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ANSWER = ("query_id", "rank", "entity_id", "score", "explanation")
MISSING = 3  # the exit code of a peer that is not installed here
ENGINE = (sys.executable, "-c", "from safar.config.cli import main; main()", "screen")


class PeerMissing(Exception):
    """The peer cannot run here; the text says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One candidate."""

    entity: str
    score: float
    explanation: str


@dataclass(frozen=True)
class Ran:
    """What one run answered: candidates by query, best first, and the figures it printed."""

    figures: dict[str, Any]
    answers: dict[str, list[Answer]] = field(default_factory=dict)

    def place(self, query: str, wanted: Iterable[str]) -> int:
        """The rank of the best right answer from 1; 0 where there is none."""
        right = set(wanted)
        found = self.answers.get(query, [])
        return next((at for at, one in enumerate(found, 1) if one.entity in right), 0)


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out, lineterminator="\n")
        sheet.writerow(columns)
        sheet.writerows(rows)
    return path


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def run(command: Sequence[str], listed: Path, queries: Path, top: int) -> Ran:
    """Run an engine or a peer.

    Raises:
        PeerMissing: it says that something it needs is not installed.
    """
    out = queries.with_name(f"{queries.stem}.answers.csv")
    ended = subprocess.run(
        [*command, "--list", str(listed), "--queries", str(queries), "--top", str(top),
         "--out", str(out)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ended.returncode == MISSING:
        raise PeerMissing(ended.stderr.strip())
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {ended.returncode}:\n{ended.stderr}")
    answers: defaultdict[str, list[Answer]] = defaultdict(list)
    for row in read_rows(out):
        answers[row["query_id"]].append(
            Answer(row["entity_id"], float(row["score"]), row["explanation"])
        )
    return Ran(json.loads(ended.stdout.strip().splitlines()[-1]), dict(answers))
