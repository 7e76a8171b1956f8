"""A worker that is killed while a list is replaced: the old version screens on, whole."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from tests.faults import processes
from tests.faults.ground import ROOT, SERVE, Ground, environment

pytestmark = pytest.mark.faults

ENTRIES = 1500  # enough to be settled, see `watchlist.loading`
PREPARE = """
import django; django.setup()
from safar.control.watchlist import actions, tasks
from safar.control.watchlist.models import ImportRun
from safar.control.watchlist.sources.files import SourceFile
from safar.control.watchlist.sources.table import Columns
from tests.makers.watchlist import actor, head, watch_list
columns = Columns({"key": "no", "name": "name", "birth": "born"})
def version(first, year):
    rows = "".join(f"{n},SURNAME{n} Given{n % 90},{year}\\n" for n in range(1, ENTRIES))
    return SourceFile("mia.csv", f"no,name,born\\n0,{first},{year}\\n{rows}".encode())
on = watch_list("mia", source_format="table")
files = {"file": version("SEITOV Marat", 1970)}
run = actions.propose_import(actor("R. Kadyrov"), on, files=files, columns=columns)
actions.approve_import(head(), run)
files = {"file": version("OMUROV Bakyt", 1980)}
run = actions.propose_import(actor("R. Kadyrov"), on, files=files, columns=columns)
assert run.changed == ENTRIES
actions.approve_import(head(), run, start=tasks.start)
""".replace("ENTRIES", str(ENTRIES))
LOOK = """
import django, json; django.setup()
from safar.control.watchlist import queries
from safar.control.watchlist.wording import imports as import_wording
from safar.control.watchlist.models import EntryBirth, EntryName, ImportRun, ListEntry, WatchList
from tests.makers.watchlist import person
run = ImportRun.objects.latest("prepared_at")
print(json.dumps({
    "status": run.status,
    "said": import_wording.failure(run),
    "version": WatchList.objects.get(code="mia").published_version,
    "in_force": ListEntry.objects.filter(status="published", content_version=1).count(),
    "names": EntryName.objects.count(),
    "of_the_new": EntryBirth.objects.filter(year=1980).count(),
    "old_is_found": len(queries.screen(person("SEITOV<<MARAT"))),
    "new_is_found": len(queries.screen(person("OMUROV<<BAKYT"))),
}))
"""
IN_PIECES = """
import django; django.setup()
from django.db import connection
from safar.control.watchlist import tasks
from safar.control.watchlist.imports import loading
from safar.control.watchlist.models import ImportRun
settle = loading._settle
def careless():
    connection.connection.commit()  # what a load in pieces would do
    settle()
loading._settle = careless
tasks.perform(ImportRun.objects.latest("prepared_at"))
"""
OLD = {
    "version": 1, "in_force": ENTRIES, "names": ENTRIES, "of_the_new": 0,
    "old_is_found": 1, "new_is_found": 0,
}  # fmt: skip
NEW = {
    "version": 2, "in_force": 0, "names": ENTRIES, "of_the_new": ENTRIES,
    "old_is_found": 0, "new_is_found": 1,
}  # fmt: skip
AT_IT = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ANALYZE%'"
)
STAGE = "SELECT stage FROM watchlist_importprogress ORDER BY alive_at DESC LIMIT 1"
WORKER = (SERVE, "worker", "--once")


@pytest.fixture
def ground(new_ground) -> Ground:
    """A list in its first version, whose second one a worker is to load."""
    made: Ground = new_ground()
    made.cluster.start()
    python(made, PREPARE)
    return made


def settings(ground: Ground) -> dict[str, str]:
    return {**environment(ground.cluster), "SAFAR_DATA": str(ground.folder / "data")}


def python(ground: Ground, *arguments: str) -> str:
    command = [sys.executable, "-W", "ignore", "-c", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=settings(ground), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def look(ground: Ground) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(python(ground, LOOK).splitlines()[-1])
    return found


def beside(seen: dict[str, Any]) -> dict[str, Any]:
    return {name: seen[name] for name in OLD}


@contextmanager
def kept_settling(ground: Ground) -> Iterator["psycopg.Connection[Any]"]:
    """No load gets past its settling: somebody keeps the lock that it needs there."""
    with (
        psycopg.connect(ground.cluster.url) as keeper,
        psycopg.connect(ground.cluster.url, autocommit=True) as looker,
    ):
        keeper.execute("LOCK TABLE watchlist_entryname IN SHARE UPDATE EXCLUSIVE MODE")
        yield looker


def kill_in_its_settling(ground: Ground, *arguments: str) -> None:
    """Start a process that loads, and kill it in the middle of its settling."""
    with kept_settling(ground) as looker:
        command = [sys.executable, "-W", "ignore", "-c", *arguments]
        loads = subprocess.Popen(command, cwd=ROOT, env=settings(ground), start_new_session=True)

        def settles() -> bool:
            assert loads.poll() is None, "it ended before it was killed"
            told = looker.execute(STAGE).fetchone()
            return looker.execute(AT_IT).fetchone() == (1,) and told == ("settling",)

        processes.until(settles, 60, "the load settles, and its page says so")
        processes.kill([loads.pid, *processes.descendants(loads.pid)])
        loads.wait()
    with psycopg.connect(ground.cluster.url, autocommit=True) as looker:
        others = "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        processes.until(
            lambda: looker.execute(others).fetchone() == (0,), 30, "its session has ended"
        )
        looker.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 min'")


def test_a_worker_killed_in_its_settling_leaves_the_old_version_and_the_import_runs_again(
    ground, report
):
    kill_in_its_settling(ground, *WORKER)
    seen = look(ground)
    assert beside(seen) == OLD
    assert seen["status"] == "loading"
    python(ground, *WORKER)
    seen = look(ground)
    assert (seen["status"], beside(seen)) == ("loaded", NEW)
    report(f"killed while {ENTRIES} changed entries were settled: none was seen; loaded again")


def test_control_of_a_load_in_pieces_the_same_look_finds_the_new_version(ground, report):
    kill_in_its_settling(ground, IN_PIECES)
    seen = look(ground)
    assert beside(seen) != OLD
    assert seen["of_the_new"] == ENTRIES
    report(f"a load that commits in pieces: {seen['of_the_new']} entries of a half version seen")


def test_a_load_that_ends_its_worker_three_times_is_given_up_with_a_sentence(ground, report):
    for _ in range(3):
        kill_in_its_settling(ground, *WORKER)
        assert look(ground)["status"] == "loading"
    python(ground, *WORKER)
    seen = look(ground)
    assert seen["status"] == "failed"
    assert seen["said"].startswith("The work ended its process three times.")
    assert beside(seen) == OLD
    report("killed three times: given up, the old version screens")
