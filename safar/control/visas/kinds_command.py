"""`safar visas load-kinds`: what must be there before anybody applies."""

import json
from pathlib import Path

import click

from safar.control.visas import actions
from safar.core.permissions import system

COMMAND = system("visas command")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("load-kinds")
@click.argument("file", type=FILE, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def load_kinds(file: Path | None, as_json: bool) -> None:
    """Load the kinds of visas and permits of FILE, or those that Safar ships as an example.

    FILE is a JSON list; each kind has code, names, entries, max_days, max_validity_days, fee,
    currency and papers. Kinds that are gone from it are given no more.
    """
    try:
        kinds = json.loads(file.read_text("utf-8")) if file else None
        loaded = actions.load_kinds(COMMAND, None, kinds=kinds)
    except (ValueError, KeyError, TypeError) as error:
        raise click.ClickException(f"The file is not a list of kinds: {error}") from None
    click.echo(json.dumps({"kinds": loaded}) if as_json else f"{loaded} kinds.")
