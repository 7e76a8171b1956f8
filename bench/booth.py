"""How long does an officer wait from scan to verdict, over five million crossings? One JSON line.

Its own PostgreSQL (fsync and synchronous_commit on), granian with its worker processes, and eight
booths in a process of their own: signed in by password, signed on, scanning and admitting over
HTTP as a browser does. The settings are the demo's: production's, but without TLS and the second
factor. `python -m bench.booth --crossings 200000 --travellers 40000` is a trial.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import own_database

P95_TARGET_MS, RATIO_TARGET = 150, 4
DAYS = 365
ALONE_RATE = 6  # scans a second: each is over before the next
SIZES = {
    "crossings": 5_000_000, "travellers": 1_000_000, "seconds": 60, "warm-up": 10,
    "rate": 30, "runs": 3, "workers": 2, "singles": 150,
}  # fmt: skip
DRIVER = Path(__file__).parent / "drivers" / "booths.py"
SERVE = "from safar.config.cli import main; main()"
PER_CROSSING = (
    "travellers_traveller", "travellers_traveldocument", "border_inspection", "border_decision",
    "core_auditentry",
)  # fmt: skip


def main() -> None:
    """Load, serve, drive, measure, print."""
    own_database.run("booth", __doc__, SIZES, measure)


def say(text: str) -> None:
    sys.stderr.write(f"  {text}\n")


def measure(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Every figure of the benchmark; milliseconds unless the name says otherwise."""
    load_seconds = fill(asked)
    people = _people(asked)
    runs: list[dict[str, Any]] = []
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SERVE, "serve", "--port", str(port),
         "--workers", str(asked.workers)], start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(port)
        before = _sizes()
        for number in range(asked.runs):
            into_memory(folder)
            runs.append(_run(asked, port, people))
            say(f"run {number + 1}: {json.dumps(runs[-1])}")
        after = _sizes()
        alone = _alone(asked, port, people)
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(20)
        server.kill()
    sql, statements = _bare_sql(asked, people)
    done = sum(run["crossings"] for run in runs)
    grown = sum(after[name] - before[name] for name in (*PER_CROSSING, "border_crossing"))
    median = {key: round(statistics.median(run[key] for run in runs), 1) for key in runs[0]}
    return {
        "question": "scan to verdict at eight booths",
        **{name: getattr(asked, name) for name in ("rate", "seconds", "runs", "workers")},
        **_stored(), "load_seconds": load_seconds, "scan": median,
        "errors": sum(run["errors"] for run in runs),
        "alone_p50": alone, "sql_p50": sql, "sql_statements": statements,
        "ratio": round(alone / sql, 2),
        "bytes_with_everything": round(grown / done) if done else None,
        "targets": {"p95": P95_TARGET_MS, "errors": 0, "ratio": RATIO_TARGET},
        "cores": os.cpu_count(), "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def fill(asked: argparse.Namespace) -> float:
    """Load users, posts and crossings unless they are there; how many seconds the loading took."""
    from django.db import connection
    from django.utils import timezone

    from safar.config import installing
    from safar.control.border.models import Crossing
    from safar.simulation import booths, demo, loading, users
    from safar.simulation.world import Scale

    installing.bring_up_to_date()
    for name, step in demo.steps()[:3]:
        say(f"{name}: {step(say)}")
    booths.open_shifts()
    if Crossing.objects.exists():
        return 0.0
    began = time.perf_counter()
    today = timezone.now().date() - timedelta(days=1)
    scale = Scale(asked.travellers, DAYS, asked.crossings // DAYS, last_day=today)
    counts = loading.load(scale, say, roster=users.roster())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")
    say(f"{counts}")
    return round(time.perf_counter() - began, 1)


def into_memory(folder: Path) -> None:
    """Read the database's files once: a server at work has them in memory.

    Machines that are lent give back what they have not touched for a minute; a benchmark that
    follows a load of minutes would then measure the disk.
    """
    for path in folder.rglob("*"):
        with suppress(OSError), path.open("rb") as file:  # folders, and files that came and went
            while file.read(1 << 22):
                pass


def _people(asked: argparse.Namespace) -> dict[str, list[str]]:
    from safar.simulation.scans import waiting

    wanted = asked.runs * (asked.seconds + asked.warm_up) * asked.rate + 2 * asked.singles
    found = waiting(wanted + wanted // 4)
    say(f"to scan: {len(found['entry']):,} who enter, {len(found['exit']):,} who leave")
    return found


def _run(asked: argparse.Namespace, port: int, people: dict[str, list[str]]) -> dict[str, Any]:
    """All eight booths at once."""
    from safar.simulation.booths import PLACES

    each = int((asked.seconds + asked.warm_up) * asked.rate / 8)
    booths = [_booth(*place, people, each) for place in PLACES[2:]]
    seen = _drive(port, booths, rate=asked.rate, warm_up=asked.warm_up)
    good = [row for row in seen["rows"] if not row[3].startswith("error")]
    scans, admits = sorted(row[1] for row in good), sorted(row[2] for row in good if row[2])
    return {
        **{f"p{part}": round(_part(scans, part), 1) for part in (50, 95, 99)},
        "admit_p50": round(_part(admits, 50), 1),
        "admit_p95": round(_part(admits, 95), 1),
        "travellers": len(good),
        "per_second": round(len(good) / (seen["seconds"] + max(0.0, seen["ended"])), 1),
        "crossings": len(admits),
        "errors": len(seen["rows"]) - len(good),
    }


def _alone(asked: argparse.Namespace, port: int, people: dict[str, list[str]]) -> float:
    """The median of a scan over HTTP with nobody else about: the server's own time."""
    from safar.simulation.booths import PLACES

    booth = _booth(*PLACES[2], people, asked.singles)
    seen = _drive(port, [booth], rate=ALONE_RATE, warm_up=1)
    spent: list[float] = [row[1] for row in seen["rows"]]
    return round(statistics.median(spent), 2)


def _drive(port: int, booths: list[dict[str, Any]], *, rate: int, warm_up: int) -> dict[str, Any]:
    plan = {"port": port, "rate": rate, "warm_up": warm_up, "booths": booths}
    driven = subprocess.run(
        [sys.executable, str(DRIVER)], input=json.dumps(plan), text=True,
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(driven.stdout)
    return found


def _booth(
    person: Any, lane: str, direction: str, people: dict[str, list[str]], count: int
) -> dict[str, Any]:
    """A booth of the plan, with as many travellers as it will see, each seen nowhere else."""
    from django.urls import reverse

    waiting = people[direction]
    if len(waiting) < count:
        raise SystemExit("Too few people for so many scans: load more travellers.")
    zones, people[direction] = waiting[:count], waiting[count:]
    return {
        "sign_in": reverse("account_login"), "username": person.username,
        "password": person.password, "post": person.posts[0], "lane": lane,
        "direction": str(direction), "zones": zones,
    }  # fmt: skip


def _part(values: list[float], percent: int) -> float:
    return values[min(len(values) - 1, len(values) * percent // 100)] if values else 0.0


def _bare_sql(asked: argparse.Namespace, people: dict[str, list[str]]) -> tuple[float, int]:
    """The median of a scan's own statements on a plain connection, and how many they are.

    Each scan is done inside Django, listened to and rolled back; then the very same statements
    with their parameters run in one transaction that is committed.
    """
    import psycopg
    from django.db import connection, transaction
    from django.urls import reverse

    from safar.simulation.booths import PLACES, signed_in

    client = signed_in(PLACES[2][0])
    zones = [people["entry"].pop() for _ in range(asked.singles)]
    spent, number = [], 0
    with psycopg.connect(os.environ["DATABASE_URL"]) as bare:
        for zone in zones:
            heard: list[tuple[str, Any]] = []

            def listen(
                run: Any, sql: str, params: Any, many: bool, context: Any, heard=heard
            ) -> Any:
                heard.append((sql, params))
                return run(sql, params, many, context)

            with transaction.atomic(), connection.execute_wrapper(listen):
                client.post(reverse("border:scan"), {"scan": zone}, headers={"HX-Request": "true"})
                transaction.set_rollback(True)
            statements = [
                pair for pair in heard if not pair[0].startswith(("SAVEPOINT", "RELEASE"))
            ]
            number = len(statements)
            began = time.perf_counter()
            with bare.transaction(), bare.cursor() as cursor:
                for sql, params in statements:
                    cursor.execute(sql.encode(), params)
                    if cursor.description:
                        cursor.fetchall()
            spent.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(spent[10:]), 2), number


def _sizes() -> dict[str, int]:
    """Bytes on disk with indexes, by table; the months of the crossings together."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT split_part(relname, '_2', 1), sum(pg_total_relation_size(oid))::bigint "
            "FROM pg_class WHERE relkind = 'r' AND relname ~ ANY(%s) GROUP BY 1",
            [[f"^{name}" for name in (*PER_CROSSING, "border_crossing")]],
        )
        return dict(cursor.fetchall())


def _stored() -> dict[str, int]:
    from safar.control.border.models import Crossing
    from safar.control.travellers.models import Traveller

    crossings = Crossing.objects.count()
    return {
        "crossings": crossings,
        "travellers": Traveller.objects.count(),
        "bytes_a_crossing": round(_sizes()["border_crossing"] / crossings),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(150):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise SystemExit("The server did not start within 30 seconds.")


if __name__ == "__main__":
    main()
