"""The command `safar`: mounts each app's commands, and starts the database where they need it.

Exit codes: 0 done, 1 the answer is no, 2 wrong usage, 3 something that is needed is missing.
"""

import importlib
import os
from typing import Any

import click

# name -> where the click command lives, whether it needs the database
COMMANDS: dict[str, tuple[str, bool]] = {
    "mrz": ("safar.lib.mrz.command:mrz", False),
    "chip": ("safar.lib.chip.command:chip", False),
    "seal": ("safar.lib.seal.command:seal", False),
    "screen": ("safar.lib.screening.command:screen", False),
    "database": ("safar.config.database_commands:database_group", False),
    "serve": ("safar.config.commands:serve", True),
    "worker": ("safar.config.commands:worker", True),
    "doctor": ("safar.config.commands:doctor", True),
    "migrate": ("safar.config.commands:migrate", True),
    "audit": ("safar.config.commands:audit_group", True),
    "docs": ("safar.config.generated_docs:docs", True),
    "demo": ("safar.simulation.commands:demo", True),
    "simulate": ("safar.simulation.commands:simulate", True),
    "users": ("safar.accounts.commands:users", True),
    "reference": ("safar.reference.commands:reference", True),
    "lists": ("safar.control.watchlist.commands:lists", True),
    "cases": ("safar.assistance.cases.commands:cases_group", True),
    "returns": ("safar.assistance.returns.commands:returns_group", True),
    "movements": ("safar.assistance.movements.commands:movements_group", True),
    "documents": ("safar.control.documents.commands:documents", True),
    "offices": ("safar.control.offices.commands:offices", True),
    "blanks": ("safar.control.blanks.commands:blanks", True),
    "visas": ("safar.control.visas.commands:visas", True),
    "passports": ("safar.control.passports.commands:passports", True),
}


class Commands(click.Group):
    """Loads a command only when it is called: `safar mrz` needs neither Django nor a database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        where, needs_database = COMMANDS[cmd_name]
        if needs_database:
            _set_up()
        module, _, name = where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.development")
    from safar.config import cluster, database

    try:
        database.ensure_running()
    except cluster.ClusterError as error:
        raise Missing(str(error)) from None
    import django

    django.setup()


class Missing(click.ClickException):
    """Something that the command needs is not there."""

    exit_code = 3


@click.command(cls=Commands, help="Safar: the open migration management system for Central Asia.")
@click.version_option(package_name="safar")
def main(**_: Any) -> None:
    """Dispatch to the command that was named."""
