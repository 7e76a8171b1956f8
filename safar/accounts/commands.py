"""`safar users`: the first accounts of an installation, before anybody can sign in."""

import click
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from safar.accounts import actions
from safar.accounts.roles import ROLES
from safar.core.errors import DomainError
from safar.core.permissions import system

ASKED_FOR = "Password (12 characters or more)"


@click.group()
def users() -> None:
    """Add the first users. Later ones are added on the page “Users”."""


@users.command()
@click.argument("username")
@click.option("--name", required=True, help="The person's full name.")
@click.option("--role", required=True, type=click.Choice(list(ROLES)))
@click.option("--agency", required=True, help="The code of the agency; a new one is added.")
@click.option("--agency-name", help="The name of the agency, where it is new.")
@click.option("--language", default="en", type=click.Choice([*dict(settings.LANGUAGES)]))
def add(
    username: str, name: str, role: str, agency: str, agency_name: str | None, language: str
) -> None:
    """Add USERNAME with a role, until there are two administrators.

    The password is asked for, never taken as an argument: arguments are seen by others.

    Example: safar users add 1001 --name "Asanova Aida" --role administrator --agency GBS
    """
    password = click.prompt(ASKED_FOR, hide_input=True, confirmation_prompt=True)
    account = actions.FirstAccount(username, password, name, agency, language)
    try:
        validate_password(password)
        actions.appoint_first(
            system("command line"),
            None,
            account=account,
            role=role,
            agency_name=agency_name or agency,
        )
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from None
    except DomainError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{username} can sign in now, as {ROLES[role].name}.")
