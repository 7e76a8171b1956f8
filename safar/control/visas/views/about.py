"""What the pages of one application tell beside its answers: the lists, others on the same document."""

from typing import Any

from safar.control.applications.queries import reasons
from safar.control.visas import queries
from safar.control.visas.models import Application, Screening
from safar.core.permissions import Actor


def known_of(actor: Actor, application: Application) -> dict[str, Any]:
    """The last look at the lists, with what she may see of it, and other applications."""
    return {"earlier": queries.earlier(actor, application), **_of_lists(actor, application)}


def _of_lists(actor: Actor, found: Application) -> dict[str, Any]:
    last: Screening | None = found.screenings.first()
    if last is None:
        return {}
    matches = [(row, reasons(row)) for row in queries.matches(actor, last)]
    return {
        "screening": last,
        "screening_holds": queries.last_screening(found) == last,
        "matches": matches,
        "judges": actor.may("visas.judge_match"),
    }
