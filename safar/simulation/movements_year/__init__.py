"""A mission's year of resettlement, made by the real actions on the days they would be done."""

import csv
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from safar.assistance.cases.models import Case
from safar.assistance.movements.actions.schemes import load_schemes
from safar.assistance.movements.commands import SHIPPED
from safar.assistance.movements.models import MovementFile
from safar.core.permissions import Actor, system
from safar.simulation import mission
from safar.simulation.clock import on_day
from safar.simulation.movements_year import (
    before,
    booking,
    errands,
    health,
    leaving,
    lending,
    rahmatov,
    teaching,
    ways,
)
from safar.simulation.movements_year.plans import RAHMATOV_AFTER, Plan, plans

Step = Callable[[Plan, Actor, Case], None]
REFERRED = -150
# Days from the flight, the hour, what is done.
STEPS: tuple[tuple[int, int, Step], ...] = (
    (-140, 10, before.set_interviews),
    (-128, 15, before.interviewed),
    (-86, 11, before.answer),
    (-80, 10, before.ask),
    (-58, 10, before.get_document),
    (-56, 10, before.get_security),
    (-46, 9, health.examine),
    (-44, 10, before.get_exit),
    (-42, 10, before.get_visa),
    (-41, 10, before.lose_decision),
    (-40, 14, teaching.teach),
    (-30, 10, booking.agree),
    (-29, 11, health.lift_hold),
    (-28, 10, booking.book),
    (-28, 11, lending.draft),
    (-27, 10, booking.tell),
    (-25, 10, lending.sign),
    (-20, 10, booking.change),
    (-20, 11, booking.add_escort),
    (-19, 10, booking.tell),
    (-12, 10, before.get_transit_visa),
    (-6, 10, booking.issue),
    (-2, 8, health.check),
    (-1, 15, leaving.clothe),
    (0, 5, leaving.leave),
    (0, 18, leaving.met_in_transit),
    (0, 20, leaving.miss_connection),
    (1, 9, booking.tell_of_departure),
    (3, 9, leaving.arrive),
    (4, 10, booking.tell),
    (6, 10, booking.report_escort),
    (12, 10, lending.assign),
)


def add() -> str:
    """Add the year of movements where there is none yet."""
    if not mission.are_there():
        mission.add()
    if _is_there():
        return "there already"
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        load_schemes(system("simulation"), None, rows=list(csv.DictReader(file)))
    today = timezone.localdate()
    ways.add_partners(mission.actor(mission.OFFICER), today - timedelta(days=500))
    made: list[tuple[Plan, Case]] = []
    for plan in plans():
        made.append((plan, _live(plan)))
        if plan.number == RAHMATOV_AFTER:
            rahmatov.add(today)
    _join(made)
    teaching.fill(today)
    for plan, case in made:
        errands.add(plan, case)
    return f"{len(made) + 1} movements of a year"


def _is_there() -> bool:
    """Lists that were imported do not count: their cases have another purpose."""
    return MovementFile.objects.filter(case__purpose=before.PURPOSE).exists()


def _live(plan: Plan) -> Case:
    actor = mission.actor(plan.worker)
    with on_day(plan.day(REFERRED)):
        case = before.refer(plan, actor)
    for offset, hour, step in STEPS:
        if plan.day(offset) >= plan.today or _is_over(plan, offset, case):
            break
        with on_day(plan.day(offset), hour):
            step(plan, actor, case)
        case.refresh_from_db()
    return case


def _is_over(plan: Plan, offset: int, case: Case) -> bool:
    """Ended, put aside, or given back; after the arrival only what is said of it is left."""
    if case.status in ("aside", "ended", "not_accepted"):
        return True
    return plan.twist == "cancelled" and case.status == "preparing" and offset > -19


def _join(made: list[tuple[Plan, Case]]) -> None:
    """Whoever travels together was referred one after the other."""
    for one, other in zip(made[1:], made, strict=False):
        if one[0].twist == "together":
            before.join(one, other)
