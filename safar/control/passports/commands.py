"""`safar passports`: keys for demonstrations, and the list of numbers that must not be honoured."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from safar.accounts.queries import actor_of
from safar.control.passports.actions.exporting import HEAD, export_lost
from safar.control.passports.chips import keys
from safar.core.errors import DomainError
from safar.core.files.whole import whole_file
from safar.core.permissions import system

ACTOR = system("passports command")
TO_FILE = click.Path(dir_okay=False, path_type=Path)


class Refused(click.ClickException):
    """The answer is no, in a sentence; nothing was changed."""

    exit_code = 1


@click.group()
def passports() -> None:
    """Passports: keys that sign chips, and the numbers that must not be honoured."""


@passports.command("make-keys")
def make_keys() -> None:
    """Make a key that signs chips in the data folder, with a state certificate. Demo only.

    The state certificate is put forward and trusted in the names of two document experts.
    """
    experts = keys.two_experts()
    if len(experts) < 2:
        raise Refused("Two document experts are needed, in whose names it is trusted.")
    first, second = (actor_of(user) for user in experts)
    path = _run(keys.make_keys, timezone.localdate(), first, second)
    click.echo(f"{path}, for {keys.KEY_DAYS} days")


@passports.command("lost-list")
@click.argument("path", type=TO_FILE)
def lost_list(path: Path) -> None:
    """Write the numbers of cancelled documents to PATH (CSV): no name, no kind, no holder."""
    rows = _run(export_lost, ACTOR, None)
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *rows])
    try:
        with whole_file(path) as file:
            file.write(text.getvalue().encode())
    except OSError as problem:
        raise Refused(f"{path} cannot be written: {problem.strerror}.") from None
    click.echo(f"{len(rows):,} documents in {path}")


def _run(function: Callable[..., Any], *args: Any) -> Any:
    try:
        return function(*args)
    except DomainError as error:
        raise Refused(str(error)) from None
