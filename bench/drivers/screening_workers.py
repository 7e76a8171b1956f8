"""What does each further worker cost in memory when two search one mapped index?

Each worker is a process that opens the index and asks; both stand still while the kernel counts.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.contract import read_rows
from bench.lists import Files

WORKERS, ASKED = 2, 200
COUNTED = {"Pss": "pss_mb", "Pss_Anon": "own_mb", "Pss_File": "mapped_mb", "Rss": "resident_mb"}


def measured(files: Files) -> dict[str, Any]:
    """Megabytes of the mean worker; `own_mb` is what one more costs, `mapped_mb` is shared."""
    from safar.lib.screening import Entity, build

    with tempfile.TemporaryDirectory(prefix="safar-screening-", dir="/var/tmp") as folder:
        rows = read_rows(files.listed)
        build((Entity(row["entity_id"], (row["name"],)) for row in rows), Path(folder))
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        del rows
        workers = [_worker(folder, files.queries) for _ in range(WORKERS)]
        try:
            for worker in workers:
                _line(worker)  # all have asked
            counted = [_counted(worker.pid) for worker in workers]
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
    mean = {
        name: round(sum(one[key] for one in counted) / WORKERS / 1024)
        for key, name in COUNTED.items()
    }
    return {"workers": WORKERS, "index_mb": round(size / 1e6), **mean}


def _worker(folder: str, queries: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.drivers.screening_workers", folder, str(queries)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def _line(worker: subprocess.Popen[str]) -> str:
    if worker.stdout is None or not (line := worker.stdout.readline()):
        raise SystemExit("A worker ended before it had asked.")
    return line


def _counted(process: int) -> dict[str, int]:
    """Kilobytes by the kernel's own count."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    pairs = (line.split(":") for line in lines)
    return {name: int(value.split()[0]) for name, value in pairs if name in COUNTED}


def _ask(folder: Path, queries: Path) -> None:
    from safar.lib.screening import Index, Query

    index = Index.open(folder)
    for row in read_rows(queries)[:ASKED]:
        index.search(Query((row["name"],)))
    sys.stdout.write("asked\n")
    sys.stdout.flush()
    sys.stdin.read()  # stand still until the other end goes


if __name__ == "__main__":
    _ask(Path(sys.argv[1]), Path(sys.argv[2]))
