"""`safar visas`: keys for demonstrations, and the list for posts that are cut off."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from safar.control.visas import kinds_command
from safar.control.visas.actions import certificates, status_list
from safar.control.visas.models import SignerCertificate
from safar.control.visas.queries.checking import newest_list
from safar.control.visas.seals import keys
from safar.core.errors import DomainError
from safar.core.permissions import system

ACTOR, SECOND = system("visas command"), system("visas command, agreed")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TO_FILE = click.Path(dir_okay=False, path_type=Path)


class Refused(click.ClickException):
    """The answer is no, in a sentence; nothing was changed."""

    exit_code = 1


@click.group()
def visas() -> None:
    """Visas: keys and certificates, and the list for posts that are cut off."""


visas.add_command(kinds_command.load_kinds)


@visas.command("make-keys")
def make_keys() -> None:
    """Make a signing key in the data folder, with a state authority of its own. Demo only."""
    if not settings.SAFAR_SEAL_KEY_IN_FILE:
        raise Refused("Here visas are sealed by a device (PKCS #11), not by a key in a file.")
    held = _run(keys.make_keys, timezone.localdate())
    click.echo(
        f"{held.signer_id} {held.serial}, valid to {held.valid_until},"
        f" in {settings.SAFAR_SEAL_FOLDER}"
    )


@visas.command("certificate-add")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--yes", is_flag=True, help="Demo and first set-up only: trust it at once.")
def certificate_add(files: tuple[Path, ...], yes: bool) -> None:
    """Propose to believe certificates (DER): authorities first, then the signers they certified."""
    empty = not SignerCertificate.objects.exists()
    if yes and not (settings.SAFAR_DEMO or empty):
        raise Refused("A second person agrees, on the page of seals.")
    for path in files:
        held = _run(certificates.propose_certificate, ACTOR, None, der=path.read_bytes())
        if yes:
            held = _run(certificates.trust_certificate, SECOND, held)
        click.echo(f"{held.get_kind_display()} {held.signer_id} {held.serial}: {held.status}")


@visas.command("list-export")
@click.argument("path", type=TO_FILE)
def list_export(path: Path) -> None:
    """Write the next version of the list of visas that must not pass, signed, to PATH."""
    data = _run(status_list.export_list, ACTOR, None)
    path.write_bytes(data)
    click.echo(f"{len(data):,} bytes in {path}")


@visas.command("list-import")
@click.argument("path", type=FILE)
def list_import(path: Path) -> None:
    """Take in a list of visas from PATH, at a post that is cut off from the register."""
    version = _run(status_list.import_list, ACTOR, None, data=path.read_bytes())
    click.echo(
        f"Version {version.version} of {version.made_at:%Y-%m-%d %H:%M}: {version.rows} rows"
    )


@visas.command("list-age")
@AS_JSON
def list_age(as_json: bool) -> None:
    """How old the list is that this post holds; exit code 1 where there is none."""
    held = newest_list(imported=True)
    if held is None:
        raise Refused("This post holds no list of visas.")
    age = timezone.now() - held.made_at
    row = {"version": held.version, "made_at": held.made_at.isoformat(), "rows": held.rows}
    if as_json:
        click.echo(json.dumps({**row, "age_minutes": int(age / timedelta(minutes=1))}))
    else:
        click.echo(
            f"Version {held.version}, {held.rows} rows, {int(age.total_seconds() // 3600)} h"
        )


def _run(function: Any, *args: Any, **kwargs: Any) -> Any:
    try:
        return function(*args, **kwargs)
    except DomainError as error:
        raise Refused(str(error)) from None
