"""Are a list's own figures right: ages, authors, hits, false alarms, time to clear?"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from safar.control.watchlist import actions, queries
from safar.control.watchlist.models import Hit, ListEntry
from safar.control.watchlist.queries import Figures
from safar.control.watchlist.wording import figures as figure_charts
from safar.core.permissions import system
from safar.core.record import writing
from safar.ui.csv_out import csv_lines
from tests.makers.watchlist import actor, draft, due, entry, watch_list

pytestmark = pytest.mark.django_db


def figures() -> Figures:
    manager = actor("R. Kadyrov")
    return queries.figures(manager, queries.list_of(manager, "wanted"))


def begun(name: str, days: int) -> ListEntry:
    one = entry(name)
    with writing():
        ListEntry.objects.filter(pk=one.pk).update(
            in_force_from=timezone.localdate() - timedelta(days=days)
        )
    return one


def judged(one: ListEntry, outcome: str, minutes: int) -> None:
    """A hit of today that somebody judged after so many minutes."""
    raised = timezone.now() - timedelta(hours=5)
    hit = Hit(
        traveller_id=uuid4(), inspection_id=uuid4(), entry=one, entry_version=1, kind="name",
        score=0.9, raised_at=raised, raised_by_name="x",
    )  # fmt: skip
    with writing():
        hit.save()
    if outcome:
        officer = actor("Lt Osmonova", "second_line")
        actions.judge_hit(officer, hit, outcome=outcome, reason="Father's name.")
        with writing():
            Hit.objects.filter(pk=hit.pk).update(judged_at=raised + timedelta(minutes=minutes))


def test_entries_are_counted_by_age_and_only_those_that_screen():
    for name, days in (("A, A", 3), ("B, B", 29), ("C, C", 30), ("D, D", 400), ("E, E", 2000)):
        begun(name, days)
    due(begun("F, F", 10), -60)
    assert figures().ages == (2, 1, 0, 1, 1)
    assert figures().entries == 5


def test_entries_are_counted_by_who_proposed_them():
    entry("A, A")
    entry("B, B")
    on = ListEntry.objects.all()[0].list
    new = actions.propose_entry(actor("B. Osmonalieva"), on, draft=draft("C, C"))
    actions.publish_entry(actor("R. Kadyrov"), new)
    assert figures().authors == [("R. Kadyrov", 2), ("B. Osmonalieva", 1)]


def test_hits_false_alarms_and_the_time_to_clear_them():
    one = entry("A, A")
    entry("B, B")
    for outcome, minutes in (("different", 10), ("different", 20), ("same", 60), ("", 0)):
        judged(one, outcome, minutes)
    found = figures()
    assert found.hits == {"different": 2, "same": 1, "new": 1}
    assert (found.median, found.false_alarms) == (timedelta(minutes=20), 2)
    assert found.ninetieth == timedelta(minutes=52)  # between 20 and 60, four fifths of the way
    assert found.silent == 1
    assert sum(hits for _month, hits, _false in found.by_month) == 4


def test_false_alarms_for_a_thousand_travellers_wait_for_the_border_to_count_them():
    one = entry("A, A")
    judged(one, "different", 10)
    assert figures().false_per_thousand is None
    day = timezone.localdate(Hit.objects.get().raised_at)
    actions.hand_over_traffic(system("border worker"), None, days={day: 300})
    actions.hand_over_traffic(system("border worker"), None, days={day: 500})  # counted anew
    assert figures().false_per_thousand == 2.0


def test_a_list_without_anything_has_figures_too():
    watch_list()
    found = figures()
    assert (found.entries, found.hits, found.median) == (0, {}, None)
    assert figure_charts.charts(found)["ages"].table.rows[0][1] == "0"


def test_the_figures_leave_as_csv_that_no_spreadsheet_runs():
    one = entry("A, A")
    with writing():
        ListEntry.objects.filter(pk=one.pk).update(proposed_by_name="=HYPERLINK(1)")
    text = "".join(csv_lines(figure_charts.HEADER, figure_charts.rows(figures())))
    assert "entries by author,'=HYPERLINK(1),1" in text
    assert "false alarms per thousand travellers,all,\r\n" in text
