"""Commands of the whole installation: tables, server, doctor, audit."""

import json
import sys
import time
from pathlib import Path

import click

from safar.config import installing, serving, working
from safar.config.examination import examine
from safar.core import audit
from safar.lib import chain


@click.command()
def migrate() -> None:
    """Bring the database's tables up to date, and make the coming months' partitions."""
    installing.bring_up_to_date()
    click.echo("The tables are up to date.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes; one a core.")
@click.option(
    "--background/--no-background",
    default=True,
    help="Do what is queued as well, in a process beside; else run `safar worker`.",
)
def serve(host: str, port: int, workers: int, background: bool) -> None:
    """Serve Safar with granian."""
    serving.run(host, port, workers, background=background)


@click.command()
@click.option("--beside", type=int, hidden=True, help="The server's process.")
@click.option("--once", is_flag=True, help="Do what is queued now, then end.")
def worker(beside: int | None, once: bool) -> None:
    """Do what is queued: imports of lists, screening of recent travellers, nightly work."""
    working.run(beside=beside, wait=not once)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="A JSON list for machines.")
def doctor(as_json: bool) -> None:
    """Check this installation: settings, durability, disk, lists, audit."""
    findings = examine()
    if as_json:
        click.echo(json.dumps([vars(finding) for finding in findings]))
    else:
        for finding in findings:
            click.echo(f"{'ok ' if finding.ok else 'BAD'}  {finding.name}: {finding.text}")
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


@click.group("audit")
def audit_group() -> None:
    """The hash-chained audit."""


@audit_group.command()
@click.option("--anchors", type=click.Path(path_type=Path), help="File written by `audit anchor`.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for machines.")
def verify(anchors: Path | None, as_json: bool) -> None:
    """Walk the whole chain and name the first bad row. Exit 1 where there is one."""
    known = _read_anchors(anchors) if anchors else []
    began = time.perf_counter()
    verdict = audit.verify(known)
    seconds = round(time.perf_counter() - began, 3)
    if as_json:
        click.echo(json.dumps({"sound": verdict.sound, **vars(verdict), "seconds": seconds}))
    elif verdict.sound:
        click.echo(f"{verdict.rows} rows, all sound; {len(known)} anchors agree.")
    else:
        click.echo(f"Row {verdict.first_bad}: {verdict.reason}.", err=True)
    sys.exit(0 if verdict.sound else 1)


@audit_group.command()
@click.argument("file", type=click.Path(path_type=Path))
def anchor(file: Path) -> None:
    """Add the chain's head to FILE. Keep copies where this database's owner cannot write."""
    head = audit.head()
    with file.open("a") as out:
        out.write(json.dumps({"number": head.number, "hash": head.hash.hex()}) + "\n")
    click.echo(f"Anchored row {head.number}.")


def _read_anchors(file: Path) -> list[chain.Anchor]:
    try:
        rows = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
        return [chain.Anchor(int(row["number"]), bytes.fromhex(row["hash"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise click.UsageError(f"{file} is not a file of anchors: {error}") from None
