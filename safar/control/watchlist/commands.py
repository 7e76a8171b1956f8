"""`safar lists`: open lists, import a source's files, see how old each list is."""

import json
import time
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from safar.accounts.models import Agency
from safar.control.watchlist import actions, queries
from safar.control.watchlist.actions.imports import SourceFile
from safar.control.watchlist.actions.lists import NewList
from safar.control.watchlist.choices import Instruction, ListKind, SourceFormat
from safar.control.watchlist.models import ImportRun, WatchList
from safar.core.errors import DomainError
from safar.core.permissions import system

PROPOSER, APPROVER = system("lists import"), system("lists approval")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


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
def add(**given: Any) -> None:
    """Open an empty list that is kept here, entry by entry."""
    new = NewList(
        code=given["code"],
        name=given["name"],
        owner_id=_agency(given["owner"]).pk,
        contact=given["contact"],
        kind=given["kind"],
        default_instruction=given["instruction"],
    )
    if WatchList.objects.filter(code=new.code).exists():
        raise Refused(f"There is a list {new.code} already.")
    click.echo(_run(actions.add_list, PROPOSER, None, new=new).code)


@lists.group("import")
def import_() -> None:
    """Put the files of a new version forward."""


@import_.command()
@click.argument("sdn", type=FILE)
@click.argument("alt", type=FILE)
@click.option("--list", "code", default="ofac-sdn", show_default=True, help="Code of the list.")
@click.option("--owner", default="", help="Agency of the list, where it is opened now.")
@click.option("--yes", is_flag=True, help="Demo only: a second actor approves at once.")
@click.option("--confirm-shrink", is_flag=True, help="The list may lose more than a tenth.")
@AS_JSON
def ofac(
    sdn: Path, alt: Path, code: str, owner: str, yes: bool, confirm_shrink: bool, as_json: bool
) -> None:
    """Import OFAC's SDN.CSV and ALT.CSV: a dry run that a second person approves."""
    if yes and not settings.SAFAR_DEMO:
        raise Refused("Outside the demo a second person approves, on the page of the list.")
    started = time.monotonic()
    watch_list = WatchList.objects.filter(code=code).first() or _open_ofac(code, owner)
    click.echo(f"Reading {sdn.name} and {alt.name} …", err=True)
    files = {"sdn": _file(sdn), "alt": _file(alt)}
    run = _run(actions.propose_import, PROPOSER, watch_list, **files)
    click.echo(f"Dry run: {run.added} added, {run.changed} changed, {run.gone} gone.", err=True)
    if yes:
        click.echo("Loading …", err=True)
        run = _run(actions.approve_import, APPROVER, run, confirm_shrink=confirm_shrink)
    _print_run(run, time.monotonic() - started, as_json)


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
    counts = {name: getattr(run, name) for name in ("added", "changed", "gone", "same", "bad")}
    if as_json:
        row = {"import": str(run.pk), "list": run.list.code, "status": run.status, **counts}
        row |= {"version": run.list.published_version, "problems": run.problems}
        click.echo(json.dumps({**row, "seconds": round(seconds, 2)}, ensure_ascii=False))
        return
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))
    if run.status == "prepared":
        click.echo(f"Nothing has changed yet: import {run.pk} waits for a second person.")
    else:
        click.echo(f"Loaded as version {run.list.published_version} of {run.list.code}.")


def _open_ofac(code: str, owner: str) -> WatchList:
    agency = _agency(owner) if owner else Agency.objects.order_by("code").first()
    if agency is None:
        raise Refused("There is no agency to own the list. Add one first.")
    new = NewList(
        code=code,
        name="OFAC: Specially Designated Nationals",
        owner_id=agency.pk,
        contact=agency.name,
        kind=ListKind.SANCTIONS,
        source_format=SourceFormat.OFAC,
        default_instruction=Instruction.INQUIRY,
        default_ground="OFAC, Specially Designated Nationals list",
    )
    opened: WatchList = _run(actions.add_list, PROPOSER, None, new=new)
    return opened


def _agency(code: str) -> Agency:
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise Refused(f"There is no agency with the code {code}.")
    return agency


def _file(path: Path) -> SourceFile:
    return SourceFile(path.name, path.read_bytes())


def _run(function: Any, *args: Any, **kwargs: Any) -> Any:
    try:
        return function(*args, **kwargs)
    except DomainError as error:
        raise Refused(str(error)) from None
