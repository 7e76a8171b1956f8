"""A line of the time line: what was done to an application, and who did it."""

from typing import TypeVar

from django.utils import timezone

from safar.control.applications.models import ApplicationBase, MoveBase
from safar.core.permissions import Actor

Move = TypeVar("Move", bound=MoveBase)


def written(
    actor: Actor, application: ApplicationBase, model: type[Move], name: str, note: str = ""
) -> Move:
    """Write it down; without a name where the applicant herself did it."""
    row = model(
        application=application,
        move=name,
        at=timezone.now(),
        by_id=actor.user_id,
        by_name=actor.name if actor.user_id else "",
        note=note,
    )
    row.save()
    return row
