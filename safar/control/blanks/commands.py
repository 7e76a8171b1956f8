"""`safar blanks`: does the stock add up?"""

import json

import click

from safar.control.blanks.actions.counting import count_blanks
from safar.core.permissions import system

COMMAND = system("blanks command")
NAMES = (
    "received", "issued", "spoiled", "lost", "found", "destroyed", "in_hand", "on_the_way",
    "difference",
)  # fmt: skip


@click.group()
def blanks() -> None:
    """Blank stickers, booklets, cards and travel papers."""


@blanks.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def balance(as_json: bool) -> None:
    """Count the blanks now, as every night; exit code 1 where it does not add up.

    Or where something was sent to an office long ago, and nobody acknowledged it.
    """
    counts = count_blanks(COMMAND, None)
    for count in counts:
        row = {"holder": count.holder_id or "store", "kind": count.kind}
        row |= {name: getattr(count, name) for name in NAMES}
        text = ", ".join(f"{name.replace('_', ' ')} {row[name]}" for name in NAMES)
        text += f", too long on the way: {'; '.join(count.late)}" if count.late else ""
        whole = {**row, "numbers": count.numbers, "boxes": count.boxes, "late": count.late}
        click.echo(json.dumps(whole) if as_json else f"{row['holder']} {row['kind']}: {text}")
    if wrong := [count for count in counts if not count.is_right]:
        raise click.ClickException(
            f"{len(wrong)} of {len(counts)} stocks do not add up, or wait for what was sent."
        )
