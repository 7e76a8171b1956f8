"""The worker: what Safar does in the background, from the queue in its database."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from procrastinate import App
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

COMMAND = "from safar.config.cli import main; main()"
SILENT = 60  # seconds without a sign of life after which a job's worker is held to be dead
PAUSE = 5  # seconds before the database is asked again
ENDS_WITHIN = 15  # seconds that a job may still take when the server stops
MOST_STARTS = 3  # of a job that ends its worker's process each time
YIELDS = 5  # nice: beside a server the booths come first
LOOKS_EVERY = 1  # seconds after which it is seen that the worker beside the server died
SIGNALS = (signal.SIGTERM, signal.SIGINT)

log = logging.getLogger(__name__)


def run(*, beside: int | None = None, wait: bool = True) -> None:
    """Do what is queued until a signal ends it; what a dead worker left is begun anew first.

    The queue's own worker also returns where it lost the database for a moment: it begins again.

    Args:
        beside: the process of the server; the worker ends itself when that is gone.
        wait: False does what is there and returns.
    """
    if beside is not None:
        os.nice(YIELDS)
        threading.Thread(target=_end_with, args=[beside], daemon=True).start()
    while not _is_done(wait=wait):
        time.sleep(PAUSE)  # the database may be away: what is queued is kept there


@contextmanager
def worker() -> Iterator[None]:
    """A worker in a process of its own beside the server, as long as the block lasts.

    One that dies is followed by another.
    """
    ended = threading.Event()
    watch = threading.Thread(target=_keep_one, args=[ended], daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()


async def give_up(queue: App) -> None:
    """End what ended its worker each time it was begun, and have it said on its page."""
    for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        if job.attempts < MOST_STARTS - 1:  # it counts the starts before this one
            continue
        log.error("%s ended its worker %d times: it is given up.", job.task_name, MOST_STARTS)
        if key := job.task_kwargs.get("key"):
            said = queue.configure_task("watchlist.give_up", queue="lists")
            await said.defer_async(task=job.task_name, key=key)
        await queue.job_manager.finish_job(job, Status.FAILED, delete_job=False)


async def take_up(manager: JobManager) -> None:
    """Put back into the queue what a worker without a sign of life had begun."""
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # another one of its kind waits already: that one is enough
            await manager.finish_job(job, Status.FAILED, delete_job=True)


def _is_done(*, wait: bool) -> bool:
    try:
        asked = asyncio.run(_until_asked(wait=wait))
    except ConnectorException:
        if not wait:
            raise
        log.warning("The database does not answer the worker. It is asked again.", exc_info=True)
        return False
    if wait and not asked:
        log.warning("The worker stopped although nobody asked it to. It begins again.")
    return asked or not wait


def _keep_one(ended: threading.Event) -> None:
    command = [sys.executable, "-c", COMMAND, "worker", "--beside", str(os.getpid())]
    while not ended.is_set():
        try:
            process = subprocess.Popen(command)  # noqa: S603 - our own command
        except OSError:
            log.exception("The worker could not be started. It is tried again.")
        else:
            _wait_for(process, ended)
        if not ended.wait(PAUSE):
            log.warning("The worker is started anew.")


def _wait_for(process: "subprocess.Popen[bytes]", ended: threading.Event) -> None:
    """Wait until the process is gone; end it where the server ends."""
    while process.poll() is None:
        if ended.wait(LOOKS_EVERY):
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(ENDS_WITHIN)
            process.kill()
            process.wait()


async def _until_asked(*, wait: bool) -> bool:
    """Work; whether a signal asked for the end. A job that is being done is done first.

    procrastinate's own handlers would hide which it was: a signal, or a side task that failed.
    """
    asked, work = asyncio.Event(), asyncio.ensure_future(_work(wait=wait))
    if threading.current_thread() is threading.main_thread():
        _heed(asked, work)
    try:
        await work
    except (asyncio.CancelledError, ConnectorException):
        if not asked.is_set():
            raise
    return asked.is_set()


def _heed(asked: asyncio.Event, work: "asyncio.Future[None]") -> None:
    loop = asyncio.get_running_loop()

    def ask() -> None:
        asked.set()
        for one in SIGNALS:
            loop.remove_signal_handler(one)  # a second signal ends it at once
        work.cancel()

    for one in SIGNALS:
        loop.add_signal_handler(one, ask)


async def _work(*, wait: bool) -> None:
    from procrastinate.contrib.django import app

    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as working:
        async with working.open_async():
            await give_up(working)
            await take_up(working.job_manager)
            await working.run_worker_async(
                wait=wait,
                concurrency=1,
                delete_jobs="successful",
                install_signal_handlers=False,
            )


def _end_with(server: int) -> None:
    while os.getppid() == server:
        threading.Event().wait(1)
    os._exit(0)
