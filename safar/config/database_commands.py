"""`safar database …`: the private PostgreSQL of development and the demo."""

import os

import click
import django
from django.core.management import call_command

from safar.config import database


@click.group("database")
def database_group() -> None:
    """The private PostgreSQL of development and the demo."""


@database_group.command()
def start() -> None:
    """Start it, and make it where there is none."""
    database.ensure_running()
    click.echo(database.url())


@database_group.command()
def stop() -> None:
    """Stop it in good order."""
    database.cluster().stop()


@database_group.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(yes: bool) -> None:
    """Remove it with everything in it."""
    folder = database.cluster().folder
    if yes or click.confirm(f"Remove the database in {folder} with everything in it?"):
        database.cluster().remove()


@database_group.command()
def check() -> None:
    """Fail where models and migrations do not agree."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.development")
    database.ensure_running()
    django.setup()
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
