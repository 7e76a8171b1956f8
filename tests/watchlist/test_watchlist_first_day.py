"""Are those who are inside compared with an entry on the day on which it comes into force?"""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from safar.control.watchlist import tasks
from safar.control.watchlist.models import ListEntry, Rescreening, WatchList
from safar.core.record import writing
from tests.makers.watchlist import entry, lifted, watch_list

pytestmark = pytest.mark.django_db


def test_entries_whose_first_day_is_today_are_compared_with_those_inside():
    today = timezone.localdate()
    begun = [later("SEITOV, Marat", today), later("ORLOVA, Nina", today, on="other")]
    later("KIM, Li", today + timedelta(days=1))
    later("KIM, Al", today - timedelta(days=1))
    lifted(later("KIM, Bo", today))
    with writing():
        Rescreening.objects.all().delete()
    ProcrastinateJob.objects.all().delete()
    tasks.ask_for_today(0)
    asked = Rescreening.objects.all()
    assert {(one.list_id, *one.entries) for one in asked} == {(e.list_id, e.pk) for e in begun}
    jobs = ProcrastinateJob.objects.filter(task_name="border.rescreen")
    assert {job.args["key"] for job in jobs} == {str(one.pk) for one in asked}


def later(name: str, begins: date, on: str = "wanted") -> ListEntry:
    """An entry in force whose first day is this."""
    of = WatchList.objects.filter(code=on).first() or watch_list(on)
    made = entry(name, on=of)
    with writing():
        ListEntry.objects.filter(pk=made.pk).update(in_force_from=begins)
    return ListEntry.objects.get(pk=made.pk)


def test_the_clock_asks_for_them_every_night():
    known = app.periodic_registry.periodic_tasks.values()
    mine = [task for task in known if task.task.name == "watchlist.ask_for_today"]
    assert [(task.cron, task.task.queue) for task in mine] == [("5 20 * * *", "clock")]
