"""`safar documents`: reports on documents in and out, and whole lists of owners with millions."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from safar.control.documents import actions, queries
from safar.control.documents.files import listed as listed_reading
from safar.control.documents.files import reports as file_reading
from safar.control.documents.files import series as series_file
from safar.control.documents.files.listed import Outcome
from safar.control.documents.models import ListedSource, StateCertificate
from safar.control.documents.wording.refusals import PROBLEMS
from safar.core.errors import DomainError
from safar.core.files.whole import whole_file
from safar.core.permissions import system

IMPORTER, EXPORTER = system("documents import"), system("documents export")
TO_FILE = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TELL_EVERY = 100_000  # documents
TELL_LISTED = 1_000_000  # lines of a whole list
TOLD = 20  # lines that are left out


class Refused(click.ClickException):
    """The answer is no, in a sentence; nothing was changed."""

    exit_code = 1


@click.group()
def documents() -> None:
    """What states issue, and the list of documents reported lost, stolen or void."""


@documents.command("import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Check the whole file and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Import FILE, a CSV with the columns issuer,number,report,reference; whole or not at all.

    A report is lost, stolen, void or stolen_blank. Documents that are reported already stay as
    they are, and what was withdrawn is not reported again under the same reference.
    """
    try:
        answer = _checked(file) if dry_run else _imported(file)
    except DomainError as error:
        if as_json:
            click.echo(json.dumps({"done": False, "error": str(error), **error.data}))
            raise SystemExit(1) from None
        raise Refused(str(error)) from None
    click.echo(json.dumps(answer) if as_json else _sentence(answer))


@documents.command("export")
@click.argument("path", type=TO_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def export(path: Path, as_json: bool) -> None:
    """Write every number that is reported here to PATH, for other states and agencies.

    A CSV with the columns issuer, number, kind and reported_on, which `safar documents load` takes
    in: single reports and the numbers of stolen blanks, without names and kinds of documents, and
    not what the lists of other owners say. It is a whole list: what was withdrawn is gone from it.
    """
    try:
        with whole_file(path) as file:
            done = actions.export_reports(EXPORTER, None, write=file.write)
    except OSError as problem:
        raise Refused(f"{path} cannot be written: {problem.strerror}.") from None
    if as_json:
        click.echo(json.dumps(asdict(done)))
        return
    click.echo(f"{done.rows:,} documents in {path}, SHA-256 {done.sha256}.")


@documents.command()
@click.argument("source")
@click.argument("file", type=FILE)
@click.option("--name", default="", help="The list's name, where it is opened now.")
@click.option("--dry-run", is_flag=True, help="Check the whole file and change nothing.")
@click.option("--confirm-shrink", is_flag=True, help="The list may lose more than a tenth.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def load(
    source: str, file: Path, name: str, dry_run: bool, confirm_shrink: bool, as_json: bool
) -> None:
    """Replace the whole list SOURCE of an owner by FILE, a CSV of up to tens of millions of lines.

    The first line names the columns: issuer and number, perhaps kind (lost, stolen, void,
    stolen_blank) and reported_on (2026-01-31). The booths find the old version until the new one
    is there whole. A list of up to a hundred megabytes, CSV or XLSX, can be handed in on the page
    of the lists too, where a second person agrees to it.
    """
    outcome, began = Outcome(), time.monotonic()
    try:
        answer = (
            _looked_through(file, outcome)
            if dry_run
            else _replaced(source, name, file, outcome, confirm_shrink)
        )
    except DomainError as error:
        if as_json:
            click.echo(json.dumps({"done": False, "error": str(error), **error.data}))
            raise SystemExit(1) from None
        raise Refused(str(error)) from None
    answer |= {"read": outcome.read, "left_out": outcome.left_out, "figures": outcome.figures}
    answer |= {"undated": outcome.undated}
    answer |= {"seconds": round(time.monotonic() - began, 1)}
    for one in outcome.wrong[:TOLD]:
        click.echo(f"line {one.line} is left out: {one.found!r}. {PROBLEMS[one.code]}", err=True)
    if outcome.undated:
        click.echo(
            f"lines whose day cannot be read, kept without it: {outcome.undated:,}.", err=True
        )
    if outcome.figures:
        click.echo(
            f"numbers that stand in the workbook as figures: {outcome.figures:,}. Zeros at their"
            " beginning may be lost: compare some with the owner's list.",
            err=True,
        )
    if outcome.unread:
        click.echo(f"columns that are not read: {', '.join(outcome.unread)}", err=True)
    click.echo(json.dumps(answer) if as_json else _load_sentence(answer))


@documents.command("load-kinds")
@click.argument("file", type=FILE, default=series_file.SHIPPED)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def load_kinds(file: Path, as_json: bool) -> None:
    """Load what each state issues, from FILE or from the table that comes with Safar.

    Whole or not at all. Rows that document experts agreed to since stay as they are; loading it
    again changes nothing.
    """
    try:
        done = actions.load_series(IMPORTER, None, rows=series_file.rows(file))
    except DomainError as error:
        raise Refused(f"{error} Nothing was changed.") from None
    if as_json:
        click.echo(json.dumps(asdict(done)))
        return
    click.echo(
        f"{done.added} rows added, {done.changed} changed, {done.kept} left to their editors."
    )


@documents.command("trust-list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def trust_list(as_json: bool) -> None:
    """Show which certificates of states count for chips today, by state.

    The JSON has each certificate's fingerprint and, as base64, its bytes, to be compared with
    another installation's.
    """
    rows = [_certificate(row) for row in queries.trusted_certificates(IMPORTER)]
    if as_json:
        click.echo(json.dumps({"count": len(rows), "certificates": rows}))
        return
    for row in rows:
        why = f"  DISTRUSTED: {row['distrusted']}" if row["distrusted"] else ""
        click.echo(f"{row['country']} {row['first']} {row['last']} {row['sha256']}{why}")
    click.echo(f"{len(rows)} certificates of {len({row['country'] for row in rows})} states.")


def _certificate(row: StateCertificate) -> dict[str, str]:
    return {
        "country": row.country,
        "subject": row.subject,
        "serial": row.serial,
        "first": row.not_before.isoformat(),
        "last": row.not_after.isoformat(),
        "sha256": row.sha256,
        "distrusted": row.reason,
        "trusted_by": row.trusted_by_name,
        "proposed_by": row.proposed_by_name,
        "certificate": base64.b64encode(bytes(row.content)).decode(),
    }


def _looked_through(file: Path, outcome: Outcome) -> dict[str, Any]:
    rows = sum(count for _text, count in listed_reading.blocks(file, 0, outcome, _far))
    return {"done": False, "rows": rows}


def _replaced(
    code: str, name: str, file: Path, outcome: Outcome, confirm_shrink: bool
) -> dict[str, Any]:
    source = ListedSource.objects.filter(code=code).first() or actions.add_source(
        IMPORTER, None, code=code, name=name or code
    )
    with file.open("rb") as raw:
        sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
    given = actions.ListedFile(
        file.name,
        sha256,
        listed_reading.blocks(file, source.number, outcome, _far),
        lambda: outcome.left_out,
    )
    done = actions.replace_listed(
        IMPORTER, None, source=source, file=given, confirm_shrink=confirm_shrink
    )
    return {"done": True, "source": done.code, "version": done.version, "rows": done.rows}


def _load_sentence(answer: dict[str, Any]) -> str:
    said = f"{answer['read']:,} lines read, {answer['left_out']:,} left out."
    if not answer["done"]:
        return f"{said} Nothing was changed."
    return f"{said} {answer['rows']:,} documents are version {answer['version']} of {answer['source']}."


def _far(read: int, _position: int) -> None:
    if read % TELL_LISTED < listed_reading.BLOCK:
        click.echo(f"{read:,} lines read", err=True)


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
        f"{answer['known']:,} reported already or withdrawn."
    )


def _told(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows as they are; every so often a line on standard error says how far it is."""
    for count, row in enumerate(rows, start=1):
        if count % TELL_EVERY == 0:
            click.echo(f"{count:,} documents read", err=True)
        yield row
