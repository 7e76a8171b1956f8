"""`safar documents`: import a list of lost, stolen and void documents."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from safar.control.documents import actions, file_reading
from safar.core.errors import DomainError
from safar.core.permissions import system

IMPORTER = system("documents import")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TELL_EVERY = 100_000  # documents


class Refused(click.ClickException):
    """The answer is no, in a sentence; nothing was changed."""

    exit_code = 1


@click.group()
def documents() -> None:
    """The list of documents reported lost, stolen or void."""


@documents.command("import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Check the whole file and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Import FILE, a CSV with the columns issuer,number,report,reference; whole or not at all.

    A report is lost, stolen, void or stolen_blank. Documents that are reported already stay as
    they are.
    """
    try:
        answer = _checked(file) if dry_run else _imported(file)
    except DomainError as error:
        if as_json:
            click.echo(json.dumps({"done": False, "error": str(error), **error.data}))
            raise SystemExit(1) from None
        raise Refused(str(error)) from None
    click.echo(json.dumps(answer) if as_json else _sentence(answer))


def _checked(file: Path) -> dict[str, int | bool]:
    return {"done": False, "read": sum(1 for _row in _told(file_reading.rows(file)))}


def _imported(file: Path) -> dict[str, int | bool]:
    done = actions.import_reports(IMPORTER, None, rows=_told(file_reading.rows(file)))
    return {"done": True, "read": done.read, "added": done.added, "known": done.known}


def _sentence(answer: dict[str, int | bool]) -> str:
    if not answer["done"]:
        return f"{answer['read']:,} documents read, nothing wrong. Nothing was changed."
    return (
        f"{answer['read']:,} documents read: {answer['added']:,} added, "
        f"{answer['known']:,} reported already."
    )


def _told(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows as they are; every so often a line on standard error says how far it is."""
    for count, row in enumerate(rows, start=1):
        if count % TELL_EVERY == 0:
            click.echo(f"{count:,} documents read", err=True)
        yield row
