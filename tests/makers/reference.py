"""Makers of reference data: the real files, loaded by the real action, and folders to spoil."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from safar.core.permissions import system
from safar.core.record import writing
from safar.reference import actions, queries
from safar.reference.models import VisaFreeRule
from safar.reference.tables import TABLES, Table

LOADER = system("tests")
_copies: dict[str, bytes] = {}  # a table's rows as the action left them, in the order of its files


def load_reference() -> None:
    """The rows of the real files: loaded by the real action once, and copied from then on."""
    if any(table.model._default_manager.exists() for table in TABLES):
        load_folder()
    elif not _copies:
        load_folder()
        _copies.update({table.model._meta.db_table: _copy_of(table) for table in TABLES})
    else:
        _put_back()


def load_folder(
    folder: Path = actions.DATA, *, allow_gone: bool = False
) -> dict[str, actions.Outcome]:
    """Load a folder by the real action, and return what happened by file."""
    outcomes = actions.load(LOADER, None, folder=folder, allow_gone=allow_gone)
    return {outcome.file: outcome for outcome in outcomes}


def _copy_of(table: Table) -> bytes:
    name = table.model._meta.db_table
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {name} TO STDOUT") as rows:
        return b"".join(rows)


def _put_back() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for name, rows in _copies.items():
            with cursor.cursor.copy(f"COPY {name} FROM STDIN") as copy:
                copy.write(rows)
    queries.forget()
    transaction.on_commit(queries.forget)


def reference_folder(path: Path, *files: str) -> Path:
    """Copy the real data files (or only those named) to a folder that a test may spoil."""
    path.mkdir(parents=True, exist_ok=True)
    for file in files or [found.name for found in actions.DATA.glob("*.csv")]:
        shutil.copy(actions.DATA / file, path / file)
    return path


def edit(file: Path, change: Callable[[str], str]) -> Path:
    """Rewrite a data file."""
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    return file


def visa_free_rule(
    host: str = "KGZ",
    citizenship: str = "UTO",
    days: int | None = 60,
    window_days: int | None = 120,
    *,
    since: date = date(2020, 1, 1),
    until: date | None = None,
) -> VisaFreeRule:
    """Store a rule beside those of the files."""
    with writing("reference"):
        rule = VisaFreeRule.objects.create(
            code=f"{host}-{citizenship}-{since}",
            host_id=host,
            citizenship_id=citizenship,
            days=days,
            window_days=window_days,
            basis="made for a test",
            in_force_from=since,
            in_force_to=until,
            confidence="high",
        )
    queries.forget()
    return rule
