"""Makers of reference data: the real files, loaded by the real action, and folders to spoil."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from safar.core.permissions import system
from safar.core.record import writing
from safar.reference import actions, queries
from safar.reference.models import VisaFreeRule

LOADER = system("tests")


def load_reference(
    folder: Path = actions.DATA, *, allow_gone: bool = False
) -> dict[str, actions.Outcome]:
    """Load a folder, and return what happened by file."""
    outcomes = actions.load(LOADER, None, folder=folder, allow_gone=allow_gone)
    return {outcome.file: outcome for outcome in outcomes}


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
