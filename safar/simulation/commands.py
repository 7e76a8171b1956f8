"""`safar demo` and `safar simulate`: a made-up country, to try Safar and to measure it."""

import errno
import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import click
from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from safar.core.errors import DomainError
from safar.simulation import booths, loading, mission, placing, users, visas_to_try
from safar.simulation import demo as steps
from safar.simulation.booths import Scanned
from safar.simulation.world import UTC_OFFSET, Scale

DISK_FULL = "53100"  # PostgreSQL's SQLSTATE
MOST_PORTS = 20
HOST = "127.0.0.1"


class MissingError(click.ClickException):
    """Something that the command needs is not there."""

    exit_code = 3


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn what may go wrong on a strange machine into a sentence that says what to do."""
    try:
        yield
    except DomainError as error:
        raise click.ClickException(str(error)) from None
    except booths.BoothError as error:
        raise click.ClickException(str(error)) from None
    except DatabaseError as error:
        raise MissingError(_of_database(error)) from None
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise MissingError(_full()) from None


def _of_database(error: DatabaseError) -> str:
    if getattr(error.__cause__, "sqlstate", "") == DISK_FULL:
        return _full()
    first = str(error).strip().partition("\n")[0]
    return f"The database gave up, and nothing of this step was kept: {first}"


def _full() -> str:
    return (
        f"The disk is full, and nothing of this step was kept. Make about 1 GB of room in "
        f"{settings.SAFAR_DATA}, or set SAFAR_DATA to a folder on another disk."
    )


def _demo_only() -> None:
    if not settings.SAFAR_DEMO:
        raise click.ClickException("This installation is no demo: made-up data stays out of it.")


@click.command()
@click.option("--days", default=90, show_default=True, help="Days of traffic up to now.")
@click.option("--travellers", default=12_000, show_default=True, help="People who cross.")
@click.option("--crossings-per-day", type=int, help="Without it, as many as the people make.")
@click.option("--seed", default=1, show_default=True, help="Another number: another country.")
@click.option("--again", is_flag=True, help="Demo only: add to crossings that are there already.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for machines.")
def simulate(
    days: int, travellers: int, crossings_per_day: int | None, seed: int, again: bool, as_json: bool
) -> None:
    """Fill an empty database with made-up traffic: travellers, documents, crossings, reports.

    Example: safar simulate --days 30 --travellers 4000
    """
    _demo_only()
    today = (timezone.now() + UTC_OFFSET).date()
    try:
        scale = Scale(travellers, days, crossings_per_day, seed, today)
    except ValueError as error:
        raise click.UsageError(f"{str(error).capitalize()}.") from None
    began = time.perf_counter()
    with in_plain_words():
        if users.are_there():
            counts = loading.load(scale, _to_stderr, roster=users.roster(), again=again)
        else:
            counts = loading.load(scale, _to_stderr, again=again)
    seconds = round(time.perf_counter() - began, 2)
    if as_json:
        click.echo(json.dumps({**asdict(counts), "seconds": seconds}))
    else:
        told = ", ".join(f"{count:,} {name}" for name, count in asdict(counts).items())
        click.echo(f"{told} in {seconds} s.")


def _to_stderr(text: str) -> None:
    click.echo(f"  {text} …", err=True)


@click.command()
@click.option("--port", default=8000, show_default=True, help="The next free one, if it is busy.")
@click.option("--no-serve", is_flag=True, help="Prepare, scan and print; serve nothing.")
@click.option("--fresh", is_flag=True, help="Throw the demo's own database away and begin anew.")
@click.pass_context
def demo(context: click.Context, port: int, no_serve: bool, fresh: bool) -> None:
    """Make a country's worth of made-up data, try it out, and serve it.

    What is there already is left as it is, so a second start takes seconds.
    """
    _demo_only()
    if fresh:
        _throw_away(context)
    with in_plain_words():
        scanned = _prepare(context)
    differing = [row for row in scanned if not row.as_expected]
    if not no_serve and not differing:
        port = _free_port(port)
    _print_table(scanned)
    _print_users()
    _print_zones(scanned)
    _print_stickers()
    if differing:
        click.echo(
            f"{len(differing)} of {len(scanned)} verdicts differ from the expected.", err=True
        )
        sys.exit(1)
    if not no_serve:
        _serve(context, port)


def _other(context: click.Context, *names: str) -> click.Command:
    """Another command of Safar, found by its name: those of the whole installation lie above."""
    found: click.Command | None = context.find_root().command
    for name in names:
        assert isinstance(found, click.Group)  # noqa: S101 - the names are this file's own
        found = found.get_command(context, name)
    assert found is not None  # noqa: S101
    return found


def _throw_away(context: click.Context) -> None:
    if os.environ.get("DATABASE_URL"):
        raise click.ClickException(
            "--fresh throws away the demo's own database only. DATABASE_URL names another: "
            "empty that one yourself, or unset DATABASE_URL."
        )
    click.echo("Removing the old demo …")
    connections.close_all()
    context.invoke(_other(context, "database", "remove"), yes=True)
    with _silent():
        context.invoke(_other(context, "database", "start"))


def _prepare(context: click.Context) -> list[Scanned]:
    def migrate(_progress: Callable[[str], None]) -> str:
        with _silent():
            context.invoke(_other(context, "migrate"))
        return "up to date"

    todo = [("Tables", migrate), *steps.steps()]
    for number, (name, step) in enumerate(todo, 1):
        click.echo(f"[{number}/{len(todo) + 1}] {name:<31}", nl=False)
        with _own_line():
            said, seconds = steps.run(step, lambda _text: None)
        click.echo(f"{said}  ({seconds:.1f} s)")
    began = time.perf_counter()
    click.echo(f"[{len(todo) + 1}/{len(todo) + 1}] {'Eight scans at the booth':<31}", nl=False)
    with _own_line():
        scanned = booths.scan_all(placing.cast())
    click.echo(f"{len(scanned)} verdicts  ({time.perf_counter() - began:.1f} s)")
    return scanned


@contextmanager
def _own_line() -> Iterator[None]:
    """What went wrong in a step does not stand in the step's own line."""
    try:
        yield
    except Exception:
        click.echo("failed")
        raise


@contextmanager
def _silent() -> Iterator[None]:
    """What the command says on its own is said by the step."""
    said, sys.stdout = sys.stdout, open(os.devnull, "w")  # noqa: SIM115 - closed below
    try:
        yield
    finally:
        sys.stdout.close()
        sys.stdout = said


def _print_table(scanned: list[Scanned]) -> None:
    click.echo(
        f"\n{'who comes':<43}{'post':<8}{'way':<7}{'verdict':<9}{'ms':>5}  the heaviest finding"
    )
    for row in scanned:
        one = row.outcome
        click.echo(
            f"{one.label:<43}{one.post:<8}{one.direction:<7}{row.verdict:<9}"
            f"{row.milliseconds:>5.0f}  {row.sentence}"
        )
        if not row.as_expected:
            click.echo(f"    expected: {one.verdict}, {one.leading}; found: {row.leading}")


def _print_users() -> None:
    click.echo(f"\n{'user':<10}{'password':<24}{'role':<25}who and where")
    for person in users.SHOWN:
        where = f", {', '.join(person.posts)}" if person.posts else ""
        who = f"{person.rank} {person.name}{where}".strip()
        click.echo(f"{person.username:<10}{person.password:<24}{person.role:<25}{who}")
    click.echo("\nbehind the wall, in the mission:")
    for one in mission.EVERYBODY:
        where = f", {mission.OFFICES[one.office]}" if one.office else ", every office"
        click.echo(f"{one.username:<10}{one.password:<24}{one.role:<25}{one.name}{where}")
    click.echo("Made up, all of them; the passwords are the same on every machine.")


def _print_zones(scanned: list[Scanned]) -> None:
    click.echo("\nPaste one into the booth's field:")
    signed_in = None
    for row in sorted(scanned, key=lambda row: row.officer.username):
        if row.officer is not signed_in:
            signed_in = row.officer
            click.echo(f"\n  signed in as {signed_in.username} ({row.outcome.direction})")
        click.echo(f"\n  {row.outcome.label}: {row.verdict}")
        for line in row.outcome.lines():
            click.echo(f"{line}")


def _print_stickers() -> None:
    found = visas_to_try.stickers()
    if not found:
        return
    click.echo(
        f"\nVisas: as {users.ENTRY_OFFICER.username}, the passport first, then the code alone:"
    )
    for one in found:
        click.echo(f"\n  {one.label}: {one.verdict}")
        for line in (*one.lines, one.code):
            click.echo(line)


def _free_port(port: int) -> int:
    """Return the port, or the next one that nobody listens on."""
    for candidate in range(port, min(port + MOST_PORTS, 65_536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, candidate))
            except OSError:
                continue
        if candidate != port:
            click.echo(f"Port {port} is busy: serving on {candidate} instead.")
        return candidate
    raise MissingError(
        f"Ports {port} to {port + MOST_PORTS - 1} are all busy. Name another: --port."
    )


def _serve(context: click.Context, port: int) -> None:
    click.echo(f"\nSafar is at http://{HOST}:{port}/ - stop it with Ctrl+C.\n")
    connections.close_all()
    serve: Any = _other(context, "serve")
    context.invoke(serve, host=HOST, port=port)


__all__ = ["demo", "simulate"]
