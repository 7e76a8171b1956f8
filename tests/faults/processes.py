"""Which processes descend from one, and how to end them without a word: SIGKILL."""

import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent died, so that none stays as a zombie.

    A zombie's number still counts as alive: PostgreSQL would take it for a running server.
    Where the machine's first process reaps orphans this changes nothing.
    """
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def descendants(root: int) -> list[int]:
    """All processes below `root`, parents before children."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue  # it ended while we looked
        children.setdefault(parent, []).append(int(stat.parent.name))
    found, waiting = [], [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def kill(processes: Iterable[int], *, reaped: bool = True) -> None:
    """SIGKILL to each, then wait until all are gone.

    `reaped`: until nothing of them is left. Otherwise it is enough that they ended: a parent that
    is not of our making may leave a zombie for as long as it likes.
    """
    doomed = list(processes)
    for process in doomed:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    there = _is_there if reaped else is_running
    until(lambda: not any(there(process) for process in doomed), 20, "the killed are gone")


def until(condition: Callable[[], object], seconds: float, what: str, step: float = 0.02) -> None:
    """Wait until the condition holds.

    Raises:
        TimeoutError: it did not within `seconds`.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"Waited {seconds} s in vain until {what}.")
        time.sleep(step)


def is_running(process: int) -> bool:
    """False also of a zombie: it ended, and its parent has not asked how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _is_there(process: int) -> bool:
    with suppress(ChildProcessError):  # no child of ours
        os.waitpid(process, os.WNOHANG)
    return Path(f"/proc/{process}").exists()
