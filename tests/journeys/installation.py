"""A whole Safar for the browser: its own database, people and histories, served by granian.

Run as a program (`python -m tests.journeys.installation`), it fills the database that
DATABASE_URL names; pytest's own settings and connections stay out of it.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "safar_journeys"
PATIENCE = 60  # seconds, until the first answer of the server
# The console script, wherever it lies, in a process that has printed before, as the demo's has.
SERVE = "import typst; typst.compile(b'=', format='pdf'); from safar.config.cli import main; main()"


@dataclass(frozen=True)
class Installation:
    """A running Safar: its address, and a look into its tables from the outside."""

    address: str
    database: str

    def count(self, table: str, where: str = "true", *values: object) -> int:
        """How many rows a table has; the condition is written by the story."""
        with psycopg.connect(self.database) as connection:
            row = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", values)
            return int(row.fetchone()[0])  # type: ignore[index]

    def crossings(self, number: str) -> int:
        """How many crossings the document of this number made."""
        documents = "SELECT id FROM travellers_traveldocument WHERE number = %s"
        return self.count("border_crossing", f"document_id IN ({documents})", number)


def create() -> str:
    """Make the database anew, with tables and without a row, and return its address."""
    from tests import database  # here: the program fills without the tests' settings

    database.copy(DATABASE)
    return database.address(DATABASE)


def environment(database: str) -> dict[str, str]:
    settings = {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "safar.config.settings.development",
        "SAFAR_SEAL_FOLDER": str(Path(tempfile.gettempdir()) / f"{DATABASE}_seal"),
        "SAFAR_PASSPORT_FOLDER": str(Path(tempfile.gettempdir()) / f"{DATABASE}_passports"),
    }
    return {**os.environ, **settings}


def fill(database: str) -> None:
    """Tables, reference data, lists, people and histories, made by the real actions."""
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.installation"],
        env=environment(database), cwd=ROOT, check=True,
    )  # fmt: skip


@contextmanager
def serve(database: str, log: Path, **settings: str) -> Iterator[str]:
    """Serve with granian on a free port of this machine, and return the address.

    `settings`: variables of the environment that this server has beside the others.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", SERVE, "serve", "--workers", "1"]
    with log.open("w") as out:
        server = subprocess.Popen(
            [*command, "--port", str(port)],
            env=environment(database) | settings, cwd=ROOT, stdout=out, stderr=out,
        )  # fmt: skip
        try:
            _wait(server, f"{address}/_ui/", log)
            yield address
        finally:
            server.terminate()
            server.wait(20)


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _wait(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while server.poll() is None and time.monotonic() < until:
        try:
            with opener.open(address, timeout=10):
                return
        except OSError:  # refused, or too slow for its first answer
            time.sleep(0.1)
    raise RuntimeError(f"Safar did not start. Its last words:\n{log.read_text()[-3000:]}")


if __name__ == "__main__":
    import django

    django.setup()
    from tests.journeys import filling

    filling.fill()
