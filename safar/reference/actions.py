"""Loading the reference data: whole or not at all, and as often as you like."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import Error, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor
from safar.reference import queries
from safar.reference.files import BadFile, Line, read
from safar.reference.listed import Listed
from safar.reference.tables import TABLES, Table

DATA = Path(__file__).parent / "data"
FEW = 5  # so many rows may always go; above it, no more than a fifth


@dataclass(frozen=True)
class Outcome:
    """What a load did to one table, in codes of rows."""

    file: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    gone: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "gone": len(self.gone),
        }


@action("reference.load", policies=(role_suffices,))
def load(
    actor: Actor, target: None = None, *, folder: Path = DATA, allow_gone: bool = False
) -> tuple[Outcome, ...]:
    """Load the reference data from the files of a folder.

    A file that the folder does not have leaves its table alone. A row that its file no longer
    has stays in the database, no longer in use.

    Args:
        allow_gone: accept files in which more than a fifth of the known rows is missing;
            otherwise that counts as a torn file.

    Raises:
        BadFile: naming file, line and column. Nothing has changed then.
    """
    found = {table: folder / table.file for table in TABLES if (folder / table.file).is_file()}
    if not found:
        raise BadFile(_("There is no file of reference data in this folder."), file=str(folder))
    lines = {table: read(path, table.columns) for table, path in found.items()}
    _check_references(lines)
    outcomes = tuple(_fill(table, lines[table], allow_gone=allow_gone) for table in found)
    _settle()
    queries.forget()
    transaction.on_commit(queries.forget)
    note(**{outcome.file: outcome.counts for outcome in outcomes})
    return outcomes


def _check_references(lines: dict[Table, list[Line]]) -> None:
    """A code that points nowhere is found before the database is touched."""
    known = {table.file: _codes(table, lines.get(table)) for table in TABLES}
    for table, rows in lines.items():
        for column in (column for column in table.columns if column.refers):
            _check_column(table.file, column.heading, rows, known[column.refers], column.refers)


def _codes(table: Table, rows: list[Line] | None) -> set[str]:
    if rows is None:
        return set(table.model._default_manager.values_list("pk", flat=True))
    return {row.values[table.columns[0].heading] for row in rows}


def _check_column(
    file: str, heading: str, rows: Iterable[Line], known: set[str], refers: str
) -> None:
    for row in rows:
        value = row.values[heading]
        if value is not None and value not in known:
            problem = _("“%(code)s” is not in %(file)s.") % {"code": value, "file": refers}
            raise BadFile(problem, file=file, line=row.number, column=heading)


def _fill(table: Table, lines: list[Line], *, allow_gone: bool) -> Outcome:
    wanted = {row["code"]: row for row in (table.row(line.values) for line in lines)}
    stored = {str(row.pk): row for row in table.model._default_manager.all()}
    added = tuple(code for code in wanted if code not in stored)
    changed = tuple(
        code for code, row in wanted.items() if code in stored and _differs(stored[code], row)
    )
    gone = tuple(code for code, row in stored.items() if code not in wanted and row.in_use)
    in_use = sum(row.in_use for row in stored.values())
    if len(gone) > max(FEW, in_use // 5) and not allow_gone:
        problem = _("%(gone)d of %(known)d known rows are missing. Is the file whole?")
        raise BadFile(problem % {"gone": len(gone), "known": in_use}, file=table.file)
    _write(table, [wanted[code] for code in (*added, *changed)], gone)
    return Outcome(table.file, added, changed, len(wanted) - len(added) - len(changed), gone)


def _differs(stored: Listed, row: dict[str, Any]) -> bool:
    return not stored.in_use or any(getattr(stored, name) != row[name] for name in row)


def _write(table: Table, rows: list[dict[str, Any]], gone: tuple[str, ...]) -> None:
    manager = table.model._default_manager
    try:
        with transaction.atomic():
            manager.filter(pk__in=gone).update(in_use=False)
            if rows:
                manager.bulk_create(
                    [table.model(**row, in_use=True) for row in rows],
                    update_conflicts=True,
                    unique_fields=["code"],
                    update_fields=[*(name for name in rows[0] if name != "code"), "in_use"],
                )
    except IntegrityError as error:
        raise BadFile(_refused(error), file=table.file) from None


def _settle() -> None:
    """Let the database judge now what it would judge at the commit: rules that overlap."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise BadFile(_refused(error), file="visa_free_rules.csv") from None


def _refused(error: Error) -> str:
    """Say in which row and why the database refuses: its own words name the values."""
    diagnosis = getattr(error.__cause__, "diag", None)
    detail = getattr(diagnosis, "message_detail", "") or str(error)
    name = getattr(diagnosis, "constraint_name", "") or ""
    return _("The database refuses it (%(name)s). %(detail)s") % {"name": name, "detail": detail}
