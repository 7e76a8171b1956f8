"""The worker: what Safar does in the background, from the queue in its database."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from procrastinate.exceptions import ConnectorException

COMMAND = "from safar.config.cli import main; main()"
SILENT = 60  # seconds without a sign of life after which a job's worker is held to be dead
PAUSE = 5  # seconds before the database is asked again
ENDS_WITHIN = 15  # seconds that a job may still take when the server stops


def run(*, beside: int | None = None, wait: bool = True) -> None:
    """Do what is queued until interrupted; what a dead worker left is begun anew first.

    Args:
        beside: the process of the server; the worker ends itself when that is gone.
        wait: False does what is there and returns.
    """
    if beside is not None:
        threading.Thread(target=_end_with, args=[beside], daemon=True).start()
    while True:
        try:
            return asyncio.run(_work(wait=wait))
        except ConnectorException:
            if not wait:
                raise
            time.sleep(PAUSE)  # the database is away: what is queued is kept there


@contextmanager
def worker() -> Iterator[None]:
    """A worker in a process of its own beside the server, as long as the block lasts."""
    command = [sys.executable, "-c", COMMAND, "worker", "--beside", str(os.getpid())]
    process = subprocess.Popen(command)  # noqa: S603 - our own command
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(ENDS_WITHIN)
        process.kill()


async def _work(*, wait: bool) -> None:
    from procrastinate.contrib.django import app

    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as working:
        async with working.open_async():
            manager = working.job_manager
            for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
                await manager.retry_job(job)
            await working.run_worker_async(wait=wait, concurrency=1, delete_jobs="successful")


def _end_with(server: int) -> None:
    while os.getppid() == server:
        threading.Event().wait(1)
    os._exit(0)
