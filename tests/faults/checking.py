"""Is every receipt on record once, and is everything on record whole? By plain SQL, without Safar."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from safar.config.cluster import Cluster
from tests.faults.ground import ROOT, SERVE, environment

CROSSINGS = """
SELECT c.id::text, d.number, extract(epoch FROM c.received_at)
FROM border_crossing c JOIN travellers_traveldocument d ON d.id = c.document_id
"""
# Whatever is on record only in part: an admission without its crossing, a crossing without its
# one decision on the same inspection, an inspection with two crossings.
TORN = """
SELECT 'admitted without a crossing', x.id FROM border_decision x
    LEFT JOIN border_crossing c ON c.id = x.id WHERE x.kind = 'admit' AND c.id IS NULL
UNION ALL SELECT 'a crossing without its decision', c.id FROM border_crossing c
    LEFT JOIN border_decision x ON x.id = c.id AND x.kind = 'admit'
        AND x.inspection_id = c.inspection_id WHERE x.id IS NULL
UNION ALL SELECT 'two crossings of one inspection', c.inspection_id FROM border_crossing c
    GROUP BY c.inspection_id HAVING count(*) > 1
"""


@dataclass(frozen=True)
class Tally:
    """What was found, against the receipts that the officers keep."""

    accepted: int  # receipts of different crossings
    on_record: int
    lost: list[str]  # keys with a receipt and no crossing
    doubled: list[str]  # keys or document numbers with more than one crossing
    wrong: list[str]  # keys whose crossing bears another document
    torn: list[Any]
    untrue: int  # said "nothing was recorded" of a crossing that was on record by then


def tally(
    cluster: Cluster,
    receipts: Iterable[Mapping[str, str]],
    said_not_recorded: Iterable[tuple[str, float]] = (),
) -> Tally:
    with psycopg.connect(cluster.url) as connection:
        rows = connection.execute(CROSSINGS).fetchall()
        torn = connection.execute(TORN).fetchall()
    numbers = {key: number for key, number, _at in rows}
    times = {key: float(at) for key, _number, at in rows}
    kept = {line["key"]: line["number"] for line in receipts}
    counted = Counter([row[0] for row in rows] + [row[1] for row in rows])
    return Tally(
        accepted=len(kept),
        on_record=len(rows),
        lost=[key for key in kept if key not in numbers],
        doubled=[one for one, count in counted.items() if count > 1],
        wrong=[key for key in kept if numbers.get(key, kept[key]) != kept[key]],
        torn=torn,
        untrue=sum(
            times.get(key, at) < at for key, at in dict(reversed([*said_not_recorded])).items()
        ),
    )


def anchor(cluster: Cluster, file: Path) -> None:
    """Keep the audit's head outside the database, as `safar audit anchor` does."""
    with psycopg.connect(cluster.url) as connection:
        head = connection.execute(
            "SELECT number, encode(hash, 'hex') FROM core_audithead"
        ).fetchone()
    assert head is not None
    with file.open("a") as out:
        out.write(json.dumps({"number": head[0], "hash": head[1]}) + "\n")


def audit_verdict(cluster: Cluster, anchors: Path) -> dict[str, Any]:
    """What `safar audit verify` says."""
    told = subprocess.run(
        [sys.executable, "-c", SERVE, "audit", "verify", "--json", "--anchors", str(anchors)],
        cwd=ROOT, env=environment(cluster), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.stdout, told.stderr[-2000:]
    verdict: dict[str, Any] = json.loads(told.stdout)
    return verdict
