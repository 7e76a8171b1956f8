"""`safar visas load-kinds` and `open-consulate`: what must be there before anybody applies."""

import json
from pathlib import Path

import click

from safar.accounts.models import Agency
from safar.control.visas import actions
from safar.core.errors import DomainError
from safar.core.permissions import system
from safar.reference.models import Country

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


@click.command("open-consulate")
@click.argument("code")
@click.argument("name")
@click.option("--country", required=True, help="Where it is: the ICAO code of the state.")
@click.option("--agency", required=True, help="Code of the agency that it belongs to.")
@click.option("--russian", default="", help="Its name in Russian.")
@click.option("--kyrgyz", default="", help="Its name in Kyrgyz.")
@click.option("--not-public", is_flag=True, help="Not offered on the public page.")
def open_consulate(
    code: str, name: str, country: str, agency: str, russian: str, kyrgyz: str, not_public: bool
) -> None:
    """Open a consulate, or rename it. The visa desk of a post bears the post's own CODE."""
    of = Agency.objects.filter(code=agency).first()
    if of is None or not Country.objects.filter(pk=country).exists():
        raise click.ClickException("There is no such agency, or no such state.")
    names = {key: text for key, text in (("en", name), ("ru", russian), ("ky", kyrgyz)) if text}
    try:
        actions.open_consulate(
            COMMAND, of, code=code, names=names, country=country, on_public_page=not not_public
        )
    except DomainError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{code}: {name}")
