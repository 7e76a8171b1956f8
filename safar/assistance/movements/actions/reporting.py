"""Taking the report of departures along: that it was is on record."""

from safar.assistance.movements.queries import report as queries
from safar.assistance.movements.queries.report import Asked, Report
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor


@action("movements.export_report", policies=(role_suffices,))
def export_report(actor: Actor, target: None, *, asked: Asked, kind: str) -> Report:
    """Took the report of departures along as a file."""
    found = queries.report(actor, asked)
    note(
        first=asked.first,
        last=asked.last,
        departs_from=" ".join(asked.departs_from),
        kind=kind,
        people=found.people,
    )
    return found
