"""`safar returns …`: the schemes of sending states."""

import csv
from pathlib import Path

import click

from safar.assistance.returns.actions.schemes import load_schemes
from safar.core.permissions import system

SHIPPED = Path(__file__).parent / "data" / "schemes.csv"


@click.group("returns")
def returns_group() -> None:
    """Voluntary returns."""


@returns_group.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=SHIPPED)
def schemes(path: Path) -> None:
    """Load the schemes of sending states from a CSV file (the shipped one, if none is named)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    click.echo(f"{load_schemes(system('command line'), None, rows=rows)} schemes are new.")
