"""What else their workers have before them in the demonstration: errands, calls, questions."""

from dataclasses import dataclass
from datetime import time, timedelta

from safar.assistance.cases.actions import tasks
from safar.assistance.cases.actions.tasks import NewTask
from safar.assistance.cases.models import Case
from safar.simulation import mission
from safar.simulation.clock import on_day
from safar.simulation.movements_year.plans import Plan

ADDED = timedelta(days=3)  # before today


@dataclass(frozen=True)
class Errand:
    """Something to do in so many days from today, at an hour where it is an appointment."""

    plan: int
    title: str
    days: int
    at: time | None = None
    place: str = ""
    waits_for: str = ""


ERRANDS = (
    Errand(18, "Ask Oslo who meets them at the airport", 0),
    Errand(19, "Buy the onward train tickets with them", 1),
    Errand(20, "Go through the airport with the family", 0, time(14, 30), "room 2"),
    Errand(22, "Hand the oxygen order to the carrier", 1),
    Errand(25, "Answer: may the uncle travel with them?", 0),
    Errand(27, "Translate the school certificates", 4),
    Errand(29, "Birth certificate of the youngest", 3, waits_for="Registry of Aleppo"),
    Errand(31, "Ask again for the marriage certificate", -1),
    Errand(33, "Fetch the alien's passports", 2, time(11, 0), "Embassy"),
    Errand(35, "Consent interview, all eight", 1, time(11, 0), "room 2"),
    Errand(38, "Book the room for the interviews", 0),
)


def add(plan: Plan, case: Case) -> None:
    """Put what there is for this movement before its worker."""
    for one in ERRANDS:
        if one.plan != plan.number:
            continue
        due_on = plan.today + timedelta(days=one.days)
        new = NewTask(one.title, due_on, one.at, place=one.place, waits_for=one.waits_for)
        with on_day(plan.today - ADDED):
            tasks.add_task(mission.actor(plan.worker), case, new=new)
