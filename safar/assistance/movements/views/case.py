"""One movement: who travels, what each of them still needs, and everything around it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from safar.assistance.cases.models import Case
from safar.assistance.cases.queries import case_page, money, papers, sharing
from safar.assistance.cases.views.case import CASEWORK
from safar.assistance.cases.views.opened import asked
from safar.assistance.movements.models import MovementFile
from safar.assistance.movements.queries import (
    banner,
    doubles,
    files,
    health,
    journey,
    loan,
    notices,
    orientation,
    steps,
)
from safar.assistance.movements.queries.family import Family, family_of
from safar.assistance.movements.workflow import MOVEMENT
from safar.core import audit
from safar.core.action import can
from safar.core.permissions import Actor, Request, page
from safar.ui.render import render

PARTS: tuple[Callable[[Actor, MovementFile], dict[str, Any]], ...] = (
    health.part, orientation.part, journey.part, notices.part, loan.part,
)  # fmt: skip
KERNEL: tuple[Callable[[Actor, Case], dict[str, Any]], ...] = (
    money.part, papers.part, sharing.part,
)  # fmt: skip
# Buttons above the page, in this order, each shown where its move is possible.
ACTS = ("accept", "not_accepted", "take_up", "put_aside", "end")


@page("movements.read")
def case(request: Request, key: UUID) -> HttpResponse:
    """Who travels, and what each of them still needs."""
    file = files.file_of(request.actor, key)
    if ask := asked(request, file.case):
        return ask
    audit.opened(request.actor, "movements.open", f"Case:{key}", purpose=CASEWORK)
    return render(request, "movements/case.html", _context(request.actor, file))


def _context(actor: Actor, file: MovementFile) -> dict[str, Any]:
    family = family_of(actor, file)
    found: dict[str, Any] = {}
    for part in KERNEL:
        found |= part(actor, file.case)
    for own in PARTS:
        found |= own(actor, file)
    return found | {
        "file": file,
        "case": file.case,
        "family": family,
        "head": case_page.head(family.members),
        "numbers": case_page.numbers(family.members),
        "banner": banner.stands(family),
        "fellows": files.along(actor, file.case),
        "others": doubles.other_movements(actor, file),
        "acts": acts(actor, file.case),
        "may": _may(actor, file, family),
        "events": _events(actor, file.case),
        **steps.part(family),
    }


def acts(actor: Actor, case: Case) -> list[str]:
    """What may be done with the movement as a whole, from where it stands."""
    return [name for name in ACTS if _possible(actor, case, name)]


def _possible(actor: Actor, case: Case, name: str) -> bool:
    return MOVEMENT.allows(case.status, name) and can(actor, f"movements.{name}", case)


def _may(actor: Actor, file: MovementFile, family: Family) -> dict[str, bool]:
    stepless = [one for one in family.members if not family.steps.get(one.row.pk)]
    joined = bool(stepless) and file.accepted_on is not None
    return {
        "complete": joined and can(actor, "movements.complete_steps", file.case),
        "together": can(actor, "movements.travel_together", file.case),
        "apart": actor.may("movements.apart"),
        "whole_file": actor.may("cases.read_case"),
        "note": actor.may("cases.add_note"),
        "everything": actor.may("cases.read_case"),
    }


def _events(actor: Actor, case: Case) -> list[dict[str, Any]]:
    found = case_page.time_line(actor, case)[: case_page.SHOWN_EVENTS]
    return [case_page.event_row(one) for one in found]
