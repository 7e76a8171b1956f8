"""Changing what is said of a case itself: what it is for, who works it, when it is looked at again."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.cases.versions import changed
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@action("cases.change_case", policies=(in_sight, still_open))
def change_case(actor: Actor, case: Case, *, seen: int, changes: dict[str, Any]) -> Case:
    """Change purpose, team, project or the day on which the case is looked at again.

    Raises:
        Stale: somebody changed the case since version `seen`.
        RuleBroken: the project pays for another programme.
    """
    project = changes.get("project")
    if project and project.programme != case.programme:
        raise RuleBroken(_("This project pays for another programme."), field="project")
    changed(case, seen, changes)
    case.save()
    note(changed=sorted(changes))
    return case
