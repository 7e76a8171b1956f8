"""`safar offices open`: what must be there before anybody applies."""

import click

from safar.accounts.models import Agency
from safar.control.offices import actions
from safar.control.offices.choices import Work
from safar.core.errors import DomainError
from safar.core.permissions import system
from safar.reference.models import Country

COMMAND = system("offices command")


@click.group()
def offices() -> None:
    """Consulates, passport offices, visa desks."""


@offices.command("open")
@click.argument("code")
@click.argument("name")
@click.option("--country", required=True, help="Where it is: the ICAO code of the state.")
@click.option("--agency", required=True, help="Code of the agency that it belongs to.")
@click.option(
    "--work", type=click.Choice(Work.values), multiple=True, default=[Work.VISAS.value],
    help="What is applied for there; may be given twice.",
)  # fmt: skip
@click.option("--russian", default="", help="Its name in Russian.")
@click.option("--kyrgyz", default="", help="Its name in Kyrgyz.")
@click.option("--not-public", is_flag=True, help="Not offered on the public page.")
def open_office(
    code: str,
    name: str,
    country: str,
    agency: str,
    work: tuple[str, ...],
    russian: str,
    kyrgyz: str,
    not_public: bool,
) -> None:
    """Open an office, or rename it. The visa desk of a post bears the post's own CODE."""
    of = Agency.objects.filter(code=agency).first()
    if of is None or not Country.objects.filter(pk=country).exists():
        raise click.ClickException("There is no such agency, or no such state.")
    names = {key: text for key, text in (("en", name), ("ru", russian), ("ky", kyrgyz)) if text}
    places = {"names": names, "country": country, "work": work, "on_public_page": not not_public}
    try:
        actions.open_office(COMMAND, of, code=code, **places)  # type: ignore[arg-type]
    except DomainError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{code}: {name}")
