"""`safar movements …`: the schemes of receiving states."""

import csv
from pathlib import Path

import click

from safar.assistance.movements.actions.schemes import load_schemes
from safar.core.permissions import system

SHIPPED = Path(__file__).parent / "data" / "schemes.csv"


@click.group("movements")
def movements_group() -> None:
    """Resettlement and movements."""


@movements_group.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=SHIPPED)
def schemes(path: Path) -> None:
    """Load the schemes of receiving states from a CSV file (the shipped one, if none is named)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    click.echo(f"{load_schemes(system('command line'), None, rows=rows)} schemes are new.")
