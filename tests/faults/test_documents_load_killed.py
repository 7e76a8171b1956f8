"""A bulk load of lost documents is killed half way: the old version stays whole and is looked up."""

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from safar.config.cluster import Cluster
from tests.faults import processes
from tests.faults.ground import ROOT, SERVE, Ground, environment

pytestmark = pytest.mark.faults

SEED = int(os.environ.get("SAFAR_SEED", "20261122"))
OLD, NEW = 30_000, 600_000  # documents of the version in force, and of the one that comes
STRIDE = 97  # every so many-th of the old numbers is asked for
PARTS = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname ~ '^documents_listed_[0-9]'"
STATE = f"""
SELECT (SELECT version FROM documents_listedsource), (SELECT rows FROM documents_listedsource),
    (SELECT count(*) FROM documents_listed), ({PARTS})
"""
LOOK = "SELECT kind FROM documents_listed WHERE number = %s AND issuer = 'RUS'"
COPYING = "SELECT pid FROM pg_stat_progress_copy WHERE tuples_processed > %s"
INDEXING = "SELECT pid FROM pg_stat_progress_create_index WHERE %s > 0"
# What nobody should write: into the part in force, by pieces that are committed one by one.
CARELESS = """
import psycopg, sys
with psycopg.connect(sys.argv[1], autocommit=True) as it:
    (part,) = it.execute("SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid"
        " WHERE inhparent = 'documents_listed'::regclass").fetchone()
    it.execute(f"DELETE FROM {part}")
    for line in range(10**9):
        with it.cursor().copy(f"COPY {part} (number, issuer, kind, source) FROM STDIN") as sink:
            sink.write("".join(f"N{line * 1000 + n:07d}\\tRUS\\tl\\t1\\n" for n in range(1000)))
"""


def numbers(letter: str, count: int) -> Iterator[str]:
    return (f"{letter}{number:07d}" for number in range(count))


def write(path: Path, letter: str, count: int) -> Path:
    with path.open("w") as out:
        out.write("issuer,number,kind\n")
        out.writelines(f"RUS,{number},lost\n" for number in numbers(letter, count))
    return path


def load(cluster: Cluster, path: Path) -> "subprocess.Popen[bytes]":
    """`safar documents load`, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", SERVE, "documents", "load", "sltd", str(path), "--json"],
        cwd=ROOT, env=environment(cluster), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def faults(cluster: Cluster, letter: str, count: int, version: int) -> list[str]:
    """In what the list in force is not this version, whole and by itself: nothing, if it is."""
    found = []
    with psycopg.connect(cluster.url) as connection:
        state = connection.execute(STATE).fetchone()
        if state != (version, count, count, 1):
            found.append(f"version, rows said, rows there, tables: {state}")
        asked = list(numbers(letter, count))[::STRIDE]
        lost = [one for one in asked if not connection.execute(LOOK, [one]).fetchone()]
        if lost:
            found.append(f"{len(lost)} of {len(asked)} numbers are not found")
    return found


@contextmanager
def booth(cluster: Cluster) -> Iterator[dict[str, int]]:
    """Somebody who asks for old numbers all the while: how often, and how often in vain."""
    said, over = {"asked": 0, "missed": 0}, threading.Event()

    def ask() -> None:
        rng, asked = random.Random(SEED), list(numbers("O", OLD))
        while not over.is_set():
            with suppress(psycopg.OperationalError), psycopg.connect(cluster.url) as connection:
                connection.autocommit = True
                while not over.wait(0.002):
                    there = connection.execute(LOOK, [rng.choice(asked)]).fetchone()
                    said["asked"] += 1
                    said["missed"] += there is None

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        yield said
    finally:
        over.set()
        thread.join()


def backend(cluster: Cluster, where: str, value: int) -> int:
    """The PostgreSQL process that is so far with the load; 0 while none is."""
    with psycopg.connect(cluster.url) as connection:
        row = connection.execute(where, [value]).fetchone()
    return int(row[0]) if row else 0


def far(cluster: Cluster, where: str, value: int) -> int:
    """Wait until the load is so far; return the PostgreSQL process that does it."""
    found: list[int] = []

    def look() -> bool:
        found.append(backend(cluster, where, value))
        return found[-1] > 0

    processes.until(look, 120, "the load is so far", step=0.005)
    return found[-1]


def answers(cluster: Cluster) -> bool:
    with suppress(psycopg.OperationalError), psycopg.connect(cluster.url):
        return True
    return False


def kill(made: Ground, kind: str, loading: "subprocess.Popen[bytes]", worker: int) -> None:
    """End one of the three without a word, and wait until the database answers again."""
    if kind == "command":
        processes.kill([loading.pid])
    elif kind == "backend":
        processes.kill([worker])
    else:
        made.kill_database()
        made.cluster.start()
    loading.wait(60)
    processes.until(lambda: answers(made.cluster), 60, "the database answers", step=0.1)
    processes.until(lambda: not at_work(made.cluster), 60, "the load's own session is gone")


def at_work(cluster: Cluster) -> bool:
    with psycopg.connect(cluster.url) as connection:
        others = (
            "SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND pid <> pg_backend_pid()"
        )
        return connection.execute(others).fetchone() is not None


@pytest.fixture
def made(new_ground, tmp_path) -> Ground:
    """A ground whose list has a version in force."""
    ground: Ground = new_ground()
    ground.cluster.start()
    assert load(ground.cluster, write(tmp_path / "old.csv", "O", OLD)).wait(120) == 0
    assert faults(ground.cluster, "O", OLD, 1) == []
    return ground


def test_the_old_version_stays_whole_and_is_looked_up_whoever_is_killed(made, tmp_path, report):
    rng, new = random.Random(SEED), write(tmp_path / "new.csv", "N", NEW)
    moments = [(COPYING, rng.randint(1, NEW * 3 // 4)) for _ in range(2)] + [(INDEXING, 1)]
    plan = [(kind, *moment) for kind in ("command", "backend", "database") for moment in moments]
    with booth(made.cluster) as said:
        for kind, where, value in plan:
            loading = load(made.cluster, new)
            worker = far(made.cluster, where, value)
            kill(made, kind, loading, worker)
            assert faults(made.cluster, "O", OLD, 1) == [], kind
    report(
        f"seed {SEED}: {len(plan)} kills of a load of {NEW:,} over {OLD:,}; a booth asked "
        f"{said['asked']:,} times, {said['missed']} in vain"
    )
    assert said["asked"] > 1000
    assert said["missed"] == 0
    assert load(made.cluster, new).wait(120) == 0
    assert faults(made.cluster, "N", NEW, 2) == []


def test_control_a_load_that_writes_into_the_version_in_force_is_found_torn(made, report):
    with booth(made.cluster) as said:
        careless = subprocess.Popen([sys.executable, "-c", CARELESS, made.cluster.url])

        def far() -> bool:
            with psycopg.connect(made.cluster.url) as connection:
                row = connection.execute(LOOK, ["N0005000"]).fetchone()
            return row is not None

        processes.until(far, 60, "it is half way", step=0.01)
        processes.kill([careless.pid])
        careless.wait()
    found = faults(made.cluster, "O", OLD, 1)
    report(f"found: {'; '.join(found)}; a booth asked in vain {said['missed']} times")
    assert len(found) == 2
    assert said["missed"] > 0
