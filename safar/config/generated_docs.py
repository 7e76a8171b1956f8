"""The pages of docs/ that are made from the code: actions by role, workflows. CI compares them."""

import importlib
import pkgutil
import sys
from collections.abc import Container
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
    """Write docs/actions.md and docs/workflows/ from the code; remove pages of what is gone."""
    folder = Path(settings.ROOT) / "docs"
    made = pages()
    stale = [name for name, text in made.items() if _held(folder / name) != text]
    gone = left_over(folder, made)
    if not check:
        for name in stale:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(made[name])
        for name in gone:
            (folder / name).unlink()
    elif stale or gone:
        told = [*stale, *(f"{name} (of nothing any more)" for name in gone)]
        click.echo(f"Out of date: {', '.join(told)}. Run `make docs`.", err=True)
        sys.exit(1)


def left_over(folder: Path, made: Container[str]) -> list[str]:
    """The pages in docs/workflows/ that were made from code that is gone; by hand made ones stay."""
    found = (f"workflows/{path.name}" for path in sorted((folder / "workflows").glob("*.md")))
    return [name for name in found if name not in made and _held(folder / name).startswith(NOTE)]


def _held(path: Path) -> str:
    return path.read_text() if path.exists() else ""


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
