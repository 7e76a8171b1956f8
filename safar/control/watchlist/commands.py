"""`safar lists`: open lists, import a source's files, see how old each list is."""

import json
import time
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

import click
from django.conf import settings
from django.utils import timezone

from safar.accounts.models import Agency
from safar.control.watchlist import actions, queries, tasks
from safar.control.watchlist.actions.import_work import COUNTS
from safar.control.watchlist.actions.lists import NewList
from safar.control.watchlist.choices import ImportStatus, Instruction, ListKind, SourceFormat
from safar.control.watchlist.models import ImportRun, WatchList
from safar.control.watchlist.sources.dates import ORDERS
from safar.control.watchlist.sources.files import SourceFile
from safar.control.watchlist.sources.formats import FORMATS
from safar.control.watchlist.sources.parsed import TornFileError, sentence_of
from safar.control.watchlist.sources.sheets import ENCODINGS, layout_of
from safar.control.watchlist.sources.table import FIELDS, Columns
from safar.core.errors import DomainError
from safar.core.permissions import system

PROPOSER, APPROVER = system("lists import"), system("lists approval")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
COLUMN_HELP = f"Of a table: which heading is what. FIELD is one of {', '.join(FIELDS)}."
COUNTED = {
    **{name: name for name in COUNTS},
    "bad": "left out",
    "others": "no persons",
}
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


class Usual(NamedTuple):
    """The list that a format usually feeds."""

    code: str
    name: str
    ground: str


USUAL: Final = {
    "ofac": Usual(
        "ofac-sdn",
        "OFAC: Specially Designated Nationals",
        "OFAC, Specially Designated Nationals list",
    ),
    "un": Usual(
        "un-sc",
        "United Nations: Security Council consolidated list",
        "Resolutions of the Security Council under Chapter VII",
    ),
    "ftm": Usual("opensanctions", "OpenSanctions", "OpenSanctions, for inquiry"),
    "simple": Usual("opensanctions-simple", "OpenSanctions targets", "OpenSanctions, for inquiry"),
}


class Refused(click.ClickException):
    """The answer is no, in a sentence; nothing was changed."""

    exit_code = 1


@click.group()
def lists() -> None:
    """The lists of persons that the border looks out for."""


@lists.command()
@click.argument("code")
@click.option("--name", required=True, help="The list's name as officers see it.")
@click.option("--owner", required=True, help="Code of the agency that answers for it.")
@click.option("--contact", required=True, help="Whom to call about an entry.")
@click.option("--kind", type=click.Choice(ListKind.values), default=ListKind.OTHER.value)
@click.option(
    "--instruction", type=click.Choice(Instruction.values), default=Instruction.INQUIRY.value
)
@click.option(
    "--source",
    type=click.Choice(SourceFormat.values),
    default=SourceFormat.OWN.value,
    help="What feeds it; own: entry by entry.",
)
def add(**given: Any) -> None:
    """Open an empty list: kept here entry by entry, or fed from its source's files."""
    new = NewList(
        code=given["code"],
        name=given["name"],
        owner_id=_agency(given["owner"]).pk,
        contact=given["contact"],
        kind=given["kind"],
        source_format=given["source"],
        default_instruction=given["instruction"],
    )
    if WatchList.objects.filter(code=new.code).exists():
        raise Refused(f"There is a list {new.code} already.")
    click.echo(_run(actions.add_list, PROPOSER, None, new=new).code)


@lists.command("import")
@click.argument("code")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--list", "name", default="", help="Code of a list that CODE, a format, opens.")
@click.option("--owner", default="", help="Agency of the list, where it is opened now.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=HEADING", help=COLUMN_HELP)
@click.option("--dates", type=click.Choice(ORDERS), default=ORDERS[0], help="Of a table's dates.")
@click.option("--encoding", type=click.Choice(ENCODINGS), default=None, help="Of a table.")
@click.option("--sheet", default="", help="Of a workbook; the first one otherwise.")
@click.option("--yes", is_flag=True, help="Demo only: a second actor approves at once.")
@click.option("--confirm-shrink", is_flag=True, help="The list may lose more than a tenth.")
@AS_JSON
def import_(code: str, files: tuple[Path, ...], **asked: Any) -> None:
    """Put FILES forward as a new version of the list CODE: a dry run that a second person approves.

    CODE may also be a format (ofac, un, ftm, simple): its usual list is then opened, if need be.
    OFAC comes as two files, SDN.CSV and ALT.CSV; every other source as one. The columns of a
    table are named once, `--column name=ФИО --column birth="Дата рождения"`, and remembered.
    """
    if asked["yes"] and not settings.SAFAR_DEMO:
        raise Refused("Outside the demo a second person approves, on the page of the list.")
    started = time.monotonic()
    watch_list = _list_to_feed(code, asked["name"], asked["owner"])
    given = _by_part(watch_list, files)
    click.echo(f"Reading {' and '.join(path.name for path in files)} …", err=True)
    run = _run(
        actions.propose_import, PROPOSER, watch_list, columns=_columns(asked, files[0]), files=given
    )
    click.echo(f"Dry run: {run.added} added, {run.changed} changed, {run.gone} gone.", err=True)
    if asked["yes"]:
        click.echo("Loading …", err=True)
        run = _run(actions.approve_import, APPROVER, run, confirm_shrink=asked["confirm_shrink"])
    _print_run(run, time.monotonic() - started, asked["as_json"])


@lists.command()
@click.argument("key", type=click.UUID)
def work(key: UUID) -> None:
    """Do here and now what the import KEY waits for a worker to do: read it, or load it."""
    run = ImportRun.objects.filter(pk=key).first()
    if run is None or not run.is_at_work:
        raise Refused("No such import waits to be read or loaded.")
    tasks.perform(run)
    run.refresh_from_db()
    if run.status == ImportStatus.FAILED:
        raise Refused(sentence_of(run.failure))
    click.echo(f"{run.file_names}: {run.get_status_display()}")


@lists.command()
@AS_JSON
def status(as_json: bool) -> None:
    """Every list: owner, entries in force, version, age."""
    rows = [_status(watch_list) for watch_list in queries.lists(PROPOSER)]
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    for row in rows:
        age = "never loaded" if row["age_minutes"] is None else f"{row['age_minutes']} min old"
        click.echo(
            f"{row['list']:<20} {row['name']:<40} {row['in_force']:>7} in force  "
            f"version {row['version']}  {age}  {row['owner']}"
        )
    if not rows:
        click.echo("There is no list yet. `safar lists add` opens one.")


def _status(watch_list: Any) -> dict[str, Any]:
    checked = watch_list.checked_at
    age = int((timezone.now() - checked).total_seconds() // 60) if checked else None
    return {
        "list": watch_list.code,
        "name": watch_list.name,
        "owner": watch_list.owner.name,
        "in_force": watch_list.in_force,
        "version": watch_list.published_version,
        "published_at": watch_list.published_at and watch_list.published_at.isoformat(),
        "age_minutes": age,
        "waiting": watch_list.waiting,
    }


def _print_run(run: ImportRun, seconds: float, as_json: bool) -> None:
    counts = {name: getattr(run, name) for name in COUNTS}
    if as_json:
        row = {"import": str(run.pk), "list": run.list.code, "status": run.status, **counts}
        row |= {"version": run.list.published_version, "problems": run.problems}
        row |= {"shrinks": run.shrinks, "what_changed": run.what_changed}
        click.echo(json.dumps({**row, "seconds": round(seconds, 2)}, ensure_ascii=False))
        return
    click.echo(", ".join(f"{count} {COUNTED[name]}" for name, count in counts.items()))
    if run.shrinks:
        click.echo("The list would lose more than a tenth of its entries.")
    if run.status == "prepared":
        click.echo(f"Nothing has changed yet: import {run.pk} waits for a second person.")
    else:
        click.echo(f"Loaded as version {run.list.published_version} of {run.list.code}.")


def _list_to_feed(code: str, name: str, owner: str) -> WatchList:
    """The list of a code; where CODE is a format, the list that it usually feeds."""
    found = WatchList.objects.filter(code=code).first()
    if found is not None or code not in USUAL:
        if found is None:
            raise Refused(f"There is no list {code}. `safar lists add {code}` opens one.")
        return found
    usual = USUAL[code]
    held = WatchList.objects.filter(code=name or usual.code).first()
    return held or _open(usual, code, name, owner)


def _open(usual: Usual, source_format: str, code: str, owner: str) -> WatchList:
    agency = _agency(owner) if owner else Agency.objects.order_by("code").first()
    if agency is None:
        raise Refused("There is no agency to own the list. Add one first.")
    new = NewList(
        code=code or usual.code,
        name=usual.name,
        owner_id=agency.pk,
        contact=agency.name,
        kind=ListKind.SANCTIONS,
        source_format=source_format,
        default_instruction=Instruction.INQUIRY,
        default_ground=usual.ground,
    )
    opened: WatchList = _run(actions.add_list, PROPOSER, None, new=new)
    return opened


def _by_part(watch_list: WatchList, files: tuple[Path, ...]) -> dict[str, SourceFile]:
    if watch_list.source_format not in FORMATS:
        raise Refused("This list is kept by hand: it takes no files.")
    parts = FORMATS[watch_list.source_format].parts
    if len(files) != len(parts):
        raise Refused(f"Give {' and '.join(str(part.label) for part in parts)}, in this order.")
    return {
        part.name: SourceFile(path.name, path=path) for part, path in zip(parts, files, strict=True)
    }


def _columns(asked: dict[str, Any], path: Path) -> Columns | None:
    """The mapping of a table as it was named; None where nothing was, and it is remembered."""
    if not asked["columns"]:
        return None
    chosen = dict(text.partition("=")[::2] for text in asked["columns"])
    unknown = ", ".join(sorted(set(chosen) - set(FIELDS)))
    if unknown:
        raise Refused(f"A column cannot be {unknown}. It can be {', '.join(FIELDS)}.")
    try:
        layout = layout_of(SourceFile(path.name, path=path), encoding=asked["encoding"] or "")
    except TornFileError as torn:
        raise Refused(sentence_of(torn.as_json())) from None
    return Columns(chosen, layout.encoding, layout.separator, asked["dates"], asked["sheet"])


def _agency(code: str) -> Agency:
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise Refused(f"There is no agency with the code {code}.")
    return agency


def _run(function: Any, *args: Any, **kwargs: Any) -> Any:
    try:
        return function(*args, **kwargs)
    except DomainError as error:
        raise Refused(str(error)) from None
