"""`safar cases`: what the administrator does for casework, without seeing any of it."""

import click


@click.group("cases")
def cases_group() -> None:
    """Keys of the cases, and how much is over its time."""


@cases_group.command()
def rewrap() -> None:
    """Wrap every case's key with the first key of SAFAR_CASE_KEY_FILE.

    To change the installation's key: put the new one on the file's first line, keep the old
    one below it, restart, run this, then take the old line away. A backup from before still
    needs the old key: keep it as long as such backups are kept, apart from them.
    """
    from safar.assistance.cases.actions.key_rotation import rewrap_keys
    from safar.core.permissions import system

    whole = 0
    while done := rewrap_keys(system("command line"), None):
        whole += done
    click.echo(f"{whole} keys wrapped anew.")


@cases_group.command()
def retention() -> None:
    """Count the closed cases over their time, by programme and office: for whom nobody looks."""
    from collections import Counter

    from django.utils import timezone

    from safar.assistance.cases.queries.retention import over_time
    from safar.core.permissions import system

    over = over_time(system("command line"), timezone.localdate())
    counted = Counter(over.values_list("programme", "office__code"))
    for (programme, office), number in sorted(counted.items()):
        click.echo(f"{programme:20} {office:8} {number}")
    click.echo(f"{counted.total()} closed cases are over their time.")
