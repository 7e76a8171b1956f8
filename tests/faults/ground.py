"""A private Safar to do harm to: its own PostgreSQL and its own web server, and how to kill both."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg

from safar.config.cluster import Cluster, program
from tests.faults import processes

ROOT = Path(__file__).resolve().parents[2]
SMALL = {"shared_buffers": "32MB", "max_connections": "60", "fsync": "on"}
WORKERS = "2"
SERVE = "from safar.config.cli import main; main()"


def new_folder() -> Path:
    """A folder that PostgreSQL's own user may enter, where the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="safar-faults-"))
    folder.chmod(0o755)
    return folder


def environment(cluster: Cluster) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": cluster.url,
        "DJANGO_SETTINGS_MODULE": "safar.config.settings.development",
        "SAFAR_SECRET_KEY": "only-for-the-fault-tests-" * 3,
        "PYTHONUNBUFFERED": "1",
    }


def make_template(folder: Path, tables: str) -> Cluster:
    """A stopped cluster with tables, reference data and officers: each ground is a copy.

    `tables`: the address of the database with every table and nothing else (tests/database.py).
    """
    cluster = Cluster(folder / "template", SMALL)
    cluster.start()
    dump = str(folder / "tables")
    options = ("--no-owner", "--no-privileges")
    _run(str(program("pg_dump")), "--format=custom", *options, f"--file={dump}", tables)
    _run(str(program("pg_restore")), *options, f"--dbname={cluster.url}", dump)
    _run(sys.executable, "-W", "ignore", "-m", "tests.faults.stage", env=environment(cluster))
    cluster.stop()
    return cluster


def _run(*command: str, env: Mapping[str, str] | None = None) -> None:
    made = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr[-3000:]


class Ground:
    """A copy of the template, started with settings of its own, and served."""

    def __init__(self, template: Cluster, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.cluster = Cluster(folder / "ground", settings)
        self._copy(template, settings)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.web: subprocess.Popen[bytes] | None = None

    def _copy(self, template: Cluster, settings: Mapping[str, str]) -> None:
        subprocess.run(["cp", "-a", template.folder, self.cluster.folder], check=True)
        lines = [f"{name} = '{value}'" for name, value in settings.items()]
        lines.append(f"unix_socket_directories = '{self.cluster.socket_folder}'")
        with (self.cluster.data / "postgresql.conf").open("a") as conf:
            conf.write("\n".join(lines) + "\n")

    @property
    def web_log(self) -> Path:
        return self.folder / "web.log"

    def start(self) -> None:
        self.cluster.start()
        self.start_web()

    def start_web(self) -> None:
        with self.web_log.open("ab") as log:
            self.web = subprocess.Popen(
                [sys.executable, "-c", SERVE, "serve", "--port", str(self.port), "--workers", WORKERS],
                cwd=ROOT, env=environment(self.cluster), stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        processes.until(self.answers, 60, "the web server answers", step=0.1)

    def answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        with suppress(OSError, HTTPException):
            connection.request("GET", "/account/sign-in/")
            return connection.getresponse().status > 0
        connection.close()
        return False

    def kill_worker(self, rng: random.Random) -> None:
        """One web worker; the server replaces it by itself."""
        assert self.web is not None
        processes.until(self.workers, 20, "there is a worker")
        processes.kill([rng.choice(self.workers())], reaped=False)

    def workers(self) -> list[int]:
        assert self.web is not None
        below = filter(processes.is_running, processes.descendants(self.web.pid))
        return [one for one in below if "tracker" not in processes.command(one)]

    def kill_web(self) -> None:
        """The whole web server with its workers."""
        assert self.web is not None
        below = processes.descendants(self.web.pid)
        with suppress(ProcessLookupError):
            os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()
        processes.kill(below)

    def kill_database(self) -> None:
        """The postmaster and all its children at once, as a power cut ends them."""
        postmaster = int((self.cluster.data / "postmaster.pid").read_text().split()[0])
        processes.kill([postmaster, *processes.descendants(postmaster)])

    def checkpoint(self) -> None:
        with psycopg.connect(self.cluster.url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def remove(self) -> None:
        if self.web is not None:
            self.kill_web()
        self.cluster.remove()
        shutil.rmtree(self.folder, ignore_errors=True)
