"""Background work: what is queued in a transaction is queued with it, or not at all."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace
from typing import cast

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.manager import JobManager
from procrastinate.testing import InMemoryConnector

from safar.config import examination, working

pytestmark = pytest.mark.django_db


def queued():
    return ProcrastinateJob.objects.filter(task_name="config.months").count()


def test_what_is_queued_goes_with_the_transaction():
    with transaction.atomic():
        app.configure_task("config.months").defer(timestamp=0)
    assert queued() == 1


def test_what_is_rolled_back_was_never_queued():
    with transaction.atomic():
        app.configure_task("config.months").defer(timestamp=0)
        transaction.set_rollback(True)
    assert queued() == 0


def test_every_task_is_known_by_its_app_s_name():
    app.perform_import_paths()  # as the worker does before its first job
    own = [name for name in app.tasks if not name.startswith("builtin:")]
    assert "config.months" in own
    assert all("." in name for name in own)


def test_the_worker_ends_when_its_server_is_gone():
    """The server's process is a shell that ends at once; nobody else stops the worker."""
    body = f"from safar.config.working import _end_with; _end_with({os.getpid()})"
    child = f"import subprocess,sys; subprocess.Popen([sys.executable,'-c',{body!r}]).wait()"
    done = subprocess.run([sys.executable, "-c", child], timeout=30, check=False)
    assert done.returncode == 0
    assert working.SILENT > working.ENDS_WITHIN


class Rounds:
    """Stands for the queue's worker: each round goes as told, the last one until a signal."""

    def __init__(self, *before, by=signal.SIGTERM):
        self.before, self.begun, self.by = list(before), 0, by

    async def __call__(self, *, wait):
        self.begun += 1
        how = self.before.pop(0) if self.before else "signal"
        if how == "signal":
            os.kill(os.getpid(), self.by)
            await asyncio.wait_for(asyncio.Event().wait(), 10)
        elif how == "database away":
            raise ConnectorException


def worked(monkeypatch, rounds, *, wait=True):
    monkeypatch.setattr(working, "PAUSE", 0)
    monkeypatch.setattr(working, "_work", rounds)
    working.run(wait=wait)
    return rounds.begun


def test_a_worker_that_stops_unasked_begins_again(monkeypatch):
    assert worked(monkeypatch, Rounds("stopped", "database away", "stopped")) == 4


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_a_signal_ends_does_not_begin_again(monkeypatch, by):
    assert worked(monkeypatch, Rounds(by=by)) == 1


def test_a_worker_that_shall_not_wait_ends_when_it_is_through(monkeypatch):
    assert worked(monkeypatch, Rounds("stopped"), wait=False) == 1
    with pytest.raises(ConnectorException):
        worked(monkeypatch, Rounds("database away"), wait=False)


class Process:
    """A worker's process, dead from the beginning or alive until it is ended."""

    def __init__(self, *, dead):
        self.ended_by, self.code = [], 1 if dead else None

    def poll(self):
        return self.code

    def wait(self, timeout=None):
        return self.code

    def terminate(self):
        self.ended_by.append("terminate")
        self.code = -15

    def kill(self):
        self.code = self.code or -9


def test_a_worker_beside_the_server_that_dies_is_followed_by_another(monkeypatch):
    started: list[Process] = []
    third = threading.Event()

    def start(command):
        if len(started) == 1 and not third.is_set():
            third.set()
            raise OSError("no memory")
        started.append(Process(dead=not started))
        if len(started) == 2:
            alive.set()
        return started[-1]

    alive = threading.Event()
    fake = SimpleNamespace(Popen=start, TimeoutExpired=subprocess.TimeoutExpired)
    monkeypatch.setattr(working, "subprocess", fake)
    monkeypatch.setattr(working, "PAUSE", 0)
    monkeypatch.setattr(working, "LOOKS_EVERY", 0.01)
    with working.worker():
        assert alive.wait(10)
    dead, living = started
    assert (dead.ended_by, living.ended_by) == ([], ["terminate"])


def test_what_a_dead_worker_had_begun_is_taken_up_by_the_clock():
    queue = InMemoryConnector()
    with app.replace_connector(queue) as working_app:
        job = working_app.configure_task("border.rescreen", queue="lists").defer(key="x")
        queue.jobs[job] |= {"status": "doing", "worker_id": 99}
        working_app.configure_task("config.stalled", queue="clock").defer(timestamp=0)
        asyncio.run(working_app.run_worker_async(wait=False, queues=["clock"]))
    assert (queue.jobs[job]["status"], queue.jobs[job]["attempts"]) == ("todo", 1)


def test_the_clock_looks_for_dead_workers_every_minute():
    crons = {name: one.cron for (name, _), one in app.periodic_registry.periodic_tasks.items()}
    assert crons["config.stalled"] == "* * * * *"


def test_of_two_of_a_kind_the_one_that_waits_is_enough():
    """Else the worker would stop at the first one that cannot go back, again and again."""
    done = []

    class Manager:
        async def get_stalled_jobs(self, seconds_since_heartbeat):
            return ["double", "single"]

        async def retry_job(self, job):
            if job == "double":
                raise UniqueViolation(constraint_name="x", queueing_lock="x")
            done.append(("again", job))

        async def finish_job(self, job, status, delete_job):
            done.append(("dropped", job))

    asyncio.run(working.take_up(cast("JobManager", Manager())))
    assert done == [("dropped", "double"), ("again", "single")]


def waiting(minutes, *, status="todo", heartbeat=None, scheduled=None):
    """A job that was queued so many minutes ago; `heartbeat`: that of its worker, in seconds."""
    job = app.configure_task("config.months").defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - make_interval(mins => %s)", [minutes]
        )
        if heartbeat is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (now() - make_interval(secs => %s)) RETURNING id",
                [heartbeat],
            )
            (worker,) = cursor.fetchone()
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = %s, worker_id = %s", [status, worker]
            )
        if scheduled is not None:
            cursor.execute(
                "UPDATE procrastinate_jobs SET scheduled_at = now() + make_interval(mins => %s)",
                [scheduled],
            )
    return job


def verdict():
    found = examination._background()
    return found.ok, found.text


def test_the_doctor_is_content_where_nothing_waits():
    assert verdict() == (True, "nothing waits, no worker is there")


def test_the_doctor_finds_work_that_nobody_does():
    waiting(11)
    text = "config.months waits for 11 min, no worker is there: start `safar worker`"
    assert verdict() == (False, text)


def test_the_doctor_lets_a_job_wait_some_minutes():
    waiting(9)
    assert verdict() == (True, "config.months waits for 9 min, no worker is there")


def test_the_doctor_does_not_count_what_is_due_later():
    waiting(60, scheduled=5)
    assert verdict()[0]


def test_the_doctor_trusts_a_worker_with_a_heartbeat():
    waiting(60, status="doing", heartbeat=5)
    assert verdict() == (True, "nothing waits, a worker was seen 5 s ago")


def test_the_doctor_finds_what_a_dead_worker_holds():
    waiting(60, status="doing", heartbeat=600)
    ok, text = verdict()
    assert not ok
    assert "a worker was seen 10 min ago" in text


@pytest.mark.slow
def test_the_doctor_looks_at_the_background_work():
    assert "background work" in [one.name for one in examination.examine()]
