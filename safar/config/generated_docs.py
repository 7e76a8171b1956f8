"""The pages of docs/ that are made from the code: actions by role, workflows. CI compares them."""

import importlib
import pkgutil
import sys
from pathlib import Path

import click
from django.conf import settings

import safar
from safar.accounts.roles import ROLES
from safar.core import action, workflow

NOTE = "<!-- Made from the code by `safar docs`. Change the code, not this page. -->\n\n"


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail where a page is out of date.")
def docs(check: bool) -> None:
    """Write docs/actions.md and docs/workflows/ from the code."""
    stale = []
    for name, text in pages().items():
        path = Path(settings.ROOT) / "docs" / name
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if check and stale:
        click.echo(f"Out of date: {', '.join(stale)}. Run `make docs`.", err=True)
        sys.exit(1)


def pages() -> dict[str, str]:
    """Return every generated page: its path under docs/ and its text."""
    found = {"actions.md": NOTE + _actions()}
    for flow in workflow.REGISTRY.values():
        text = f"# {flow.name}\n\n```mermaid\n{flow.diagram()}\n```\n"
        found[f"workflows/{flow.name}.md"] = NOTE + text
    return found


def _actions() -> str:
    load_actions()
    lines = [
        "# Actions",
        "",
        "What can be done in Safar, who may do it, and what else must hold.",
        "",
        "| action | what the audit says | roles | policies |",
        "|---|---|---|---|",
    ]
    for name, spec in sorted(action.REGISTRY.items()):
        roles = [code for code, role in ROLES.items() if name in role.permissions]
        policies = [policy.__name__.replace("_", " ") for policy in spec.policies]
        lines.append(
            f"| `{name}` | {spec.wording} | {', '.join(roles) or 'Safar itself'} "
            f"| {', '.join(policies)} |"
        )
    return "\n".join(lines) + "\n"


def load_actions() -> None:
    """Import every module of Safar that holds actions, whether a page uses it or not."""
    for found in pkgutil.walk_packages(safar.__path__, "safar."):
        if ".actions" in found.name or found.name.startswith("safar.simulation."):
            importlib.import_module(found.name)
