"""`safar reference`: loads the reference data from the command line."""

import json
from pathlib import Path

import click

from safar.core.errors import DomainError
from safar.core.permissions import system
from safar.reference import actions


@click.group(help="Countries, crossing points, code lists and visa-free rules.")
def reference() -> None:
    """Group the commands of the app."""


@reference.command()
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=actions.DATA,
    help="The folder of the CSV files; without it, the files that come with Safar. A file that "
    "the folder lacks leaves its table alone.",
)
@click.option(
    "--allow-gone", is_flag=True, help="Accept that more than a fifth of the rows is gone."
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def load(folder: Path, allow_gone: bool, as_json: bool) -> None:
    """Load the reference data, whole or not at all. Loading it again changes nothing."""
    try:
        outcomes = actions.load(system("command line"), None, folder=folder, allow_gone=allow_gone)
    except DomainError as error:
        raise click.ClickException(f"{error} Nothing was changed.") from None
    if as_json:
        click.echo(json.dumps({outcome.file: outcome.counts for outcome in outcomes}))
        return
    click.echo(f"{'file':<26}{'added':>8}{'changed':>9}{'unchanged':>11}{'gone':>6}")
    for outcome in outcomes:
        added, changed, unchanged, gone = outcome.counts.values()
        click.echo(f"{outcome.file:<26}{added:>8}{changed:>9}{unchanged:>11}{gone:>6}")
