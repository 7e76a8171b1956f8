"""Do the lists learn who is inside, what a threshold would have meant, and how many crossed?"""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from safar.accounts.models import Agency, User
from safar.control.border import handing_over, tasks
from safar.control.border.choices import AmendmentKind
from safar.control.border.models import Crossing
from safar.control.border.queries import inside
from safar.control.watchlist import actions, queries
from safar.control.watchlist.actions import rescreening
from safar.control.watchlist.models import (
    ListEntry,
    RecentCrosser,
    Rescreening,
    ScreenedDay,
    WatchList,
)
from safar.core.errors import NotAllowed
from safar.core.permissions import Actor
from safar.core.record import writing
from tests import cast
from tests.makers import accounts, border, watchlist
from tests.makers.watchlist import actor, changed, entry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NUMBER = "AC1234567"
PASSPORT = (("passport", "KGZ", NUMBER),)


def came(days: int, direction: str = "entry", number: str = NUMBER) -> Crossing:
    """A crossing of the man whom the list will name by his passport."""
    shown = border.document(issuer="KGZ", number=number, surname="SEITOV", given_names="MARAT")
    return border.crossed(cast.aida(), shown, direction, when=border.days_ago(days))


def work_done() -> None:
    """Do what waits in the queue of the lists, as the worker does."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        tasks_by_name[job.task_name](job.args["key"])


tasks_by_name = {
    "border.rescreen": tasks.rescreen.func,
    "border.try_threshold": tasks.try_threshold.func,
}


def of_owner(name: str = "Manager of MIA", role: str = "list_manager") -> Actor:
    user = accounts.user(name, role)
    user.agency = Agency.objects.get(code="MIA")
    user.save()
    return accounts.actor(User.objects.get(pk=user.pk))


def test_a_new_entry_finds_the_traveller_who_is_inside_already():
    crossing = came(20)
    one = entry("SOMEBODY, Else", documents=PASSPORT)
    assert Rescreening.objects.get().entries == [one.pk]
    work_done()
    done = Rescreening.objects.get()
    assert (done.status, done.travellers, done.done, done.found) == ("done", 1, 1, 1)
    assert done.percent == 100
    found = RecentCrosser.objects.get()
    assert (found.entry_id, found.traveller_id) == (one.pk, crossing.traveller_id)
    assert (found.post, found.document, found.kind) == (border.MANAS, NUMBER, "document")
    assert found.name == "SEITOV MARAT"


def test_by_name_too_in_another_spelling():
    came(20)
    entry("СЕИТОВ, Марат", births=("1987-11-09",), sex="M")
    work_done()
    assert RecentCrosser.objects.get().kind == "name"


def test_who_left_or_came_more_than_a_year_ago_is_not_inside():
    came(30)
    came(10, "exit")
    came(400, number="AC7654321")
    entry("SOMEBODY, Else", documents=(*PASSPORT, ("passport", "KGZ", "AC7654321")))
    work_done()
    assert not RecentCrosser.objects.exists()
    assert Rescreening.objects.get().status == "done"


def test_an_annulled_crossing_is_as_if_it_had_never_been():
    came(30)
    left = came(10, "exit")
    border.approve(cast.cholpon(), border.propose(cast.aida(), left))
    entry("SOMEBODY, Else", documents=PASSPORT)
    work_done()
    assert RecentCrosser.objects.count() == 1


def test_a_corrected_direction_counts_as_corrected():
    wrong = came(10, "entry")
    border.approve(
        cast.cholpon(),
        border.propose(
            cast.aida(), wrong, kind=AmendmentKind.CORRECT, changes={"direction": "exit"}
        ),
    )
    entry("SOMEBODY, Else", documents=PASSPORT)
    work_done()
    assert not RecentCrosser.objects.exists()


def test_a_changed_entry_is_compared_anew_and_another_is_not():
    came(20)
    one = entry("SOMEBODY, Else")
    entry("ANOTHER, Person")
    work_done()
    assert not RecentCrosser.objects.exists()
    changed(one, documents=PASSPORT)
    work_done()
    found = RecentCrosser.objects.get()
    assert (found.entry_id, found.entry_version) == (one.pk, 2)


def test_the_work_can_be_done_twice_and_tells_once():
    came(20)
    entry("SOMEBODY, Else", documents=PASSPORT)
    key = Rescreening.objects.get().pk
    handing_over.rescreen(key)
    handing_over.rescreen(key)
    assert RecentCrosser.objects.count() == 1


def test_one_pass_answers_all_that_wait():
    came(20)
    entry("SOMEBODY, Else", documents=PASSPORT)
    entry("SOMEBODY, Other", documents=PASSPORT)
    first = Rescreening.objects.order_by("asked_at")[0]
    handing_over.rescreen(first.pk)
    assert {row.status for row in Rescreening.objects.all()} == {"done"}
    assert [row.found for row in Rescreening.objects.all()] == [1, 1]


def test_what_an_import_wrote_is_asked_for_in_parts_that_fit_in_memory(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(rescreening, "MOST_ENTRIES", 2)
    before = timezone.now()
    entries = [entry(f"SOMEBODY, Else{n}").pk for n in range(3)]
    Rescreening.objects.all()._raw_delete(using="default")
    with writing():
        asked = rescreening.ask_since(WatchList.objects.get(), before)
        assert rescreening.ask_since(WatchList.objects.get(), timezone.now()) == []
    assert sorted(len(one.entries) for one in asked) == [1, 2]
    assert {key for one in asked for key in one.entries} == set(entries)


def test_pages_of_travellers_leave_nobody_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(inside, "PAGE", 2)
    for number in range(5):
        came(20, number=f"AC000000{number}")
    found: list[UUID] = []
    for _looked_at, crossers in inside.pages_inside(timezone.now() - inside.YEAR):
        assert len(crossers) <= 2
        found += [crosser.traveller_id for crosser in crossers]
    assert len(set(found)) == len(found) == 5


def test_of_a_discreet_entry_only_its_owner_learns():
    came(20)
    one = entry("SOMEBODY, Else", documents=PASSPORT, discreet=True, instruction="inform")
    work_done()
    owner, other = of_owner(), actor("R. Kadyrov")
    assert len(queries.to_know(owner)) == len(queries.recent_crossers(owner, one)) == 1
    assert len(queries.to_know(other)) == len(queries.recent_crossers(other, one)) == 0
    open_one = entry("SOMEBODY, Other", documents=PASSPORT)  # the control
    work_done()
    assert len(queries.recent_crossers(other, open_one)) == 1


def test_the_owner_takes_note_and_nobody_else_does():
    came(20)
    entry("SOMEBODY, Else", documents=PASSPORT)
    work_done()
    found = RecentCrosser.objects.get()
    with pytest.raises(NotAllowed):
        actions.see_recent_crosser(actor("R. Kadyrov"), found)
    owner = of_owner()
    actions.see_recent_crosser(owner, found)
    assert RecentCrosser.objects.get().seen_by_name == owner.name
    assert not queries.to_know(owner)


def test_a_threshold_is_tried_on_the_crossings_of_last_month():
    for number in range(3):
        came(10, number=f"AC000000{number}")
    came(40)
    on = watchlist.watch_list()
    change = actions.propose_threshold(actor("R. Kadyrov"), on, after=0.6, reason="Too few.")
    work_done()
    change.refresh_from_db()
    trial = queries.trial(change)
    assert trial is not None
    assert (trial.screened, trial.travellers, trial.ended) == (3, 3, True)
    assert WatchList.objects.get().threshold == on.threshold


def test_the_lists_learn_how_many_crossed_on_each_day():
    came(3)
    came(2, "exit")
    came(2, number="AC7654321")
    handing_over.hand_over_traffic()
    days = dict(ScreenedDay.objects.values_list("day", "travellers"))
    assert sum(days.values()) == 3
    assert sorted(days.values()) == [1, 2]
    assert all(isinstance(day, date) for day in days)


def test_nothing_of_the_work_waits_where_the_entry_was_not_published():
    with pytest.raises(NotAllowed):
        actions.publish_entry(
            actor("R. Kadyrov"),
            actions.propose_entry(
                actor("R. Kadyrov"), watchlist.watch_list(), draft=watchlist.draft("A, B")
            ),
        )
    assert not ProcrastinateJob.objects.exists()
    assert not Rescreening.objects.exists()


def test_the_last_crossing_is_found_along_the_index_of_travellers():
    came(20)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN " + inside._LAST,
            {"since": timezone.now() - timedelta(days=365), "after": UUID(int=0), "page": 10},
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "traveller_id_crossed_at_idx" in plan or "crossing_by_traveller" in plan


def test_an_entry_that_fell_silent_finds_nobody():
    came(20)
    one = entry("SOMEBODY, Else", documents=PASSPORT)
    watchlist.due(one, -40)
    work_done()
    assert not RecentCrosser.objects.exists()
    assert ListEntry.objects.get().status == "published"


def broken(*_args: object) -> None:
    raise ConnectionError("the database went away")


def test_a_rescreening_that_broke_off_is_taken_up_again(monkeypatch: pytest.MonkeyPatch):
    came(20)
    entry("SOMEBODY, Else", documents=PASSPORT)
    with monkeypatch.context() as while_broken:
        while_broken.setattr(inside, "pages_inside", broken)
        with pytest.raises(ConnectionError):
            work_done()
    assert Rescreening.objects.get().status == "running"
    work_done()
    assert (Rescreening.objects.get().status, RecentCrosser.objects.count()) == ("done", 1)


@pytest.mark.parametrize(("attempts", "status"), [(0, "todo"), (4, "todo"), (5, "failed")])
def test_the_job_of_a_rescreening_that_breaks_off_is_tried_five_times_more(
    monkeypatch: pytest.MonkeyPatch, attempts: int, status: str
):
    monkeypatch.setattr(handing_over, "rescreen", broken)
    queue = InMemoryConnector()
    with app.replace_connector(queue) as working:
        key = working.configure_task("border.rescreen", queue="lists").defer(key=str(UUID(int=1)))
        queue.jobs[key]["attempts"] = attempts
        asyncio.run(working.run_worker_async(wait=False, queues=["lists"]))
    job = queue.jobs[key]
    assert job["status"] == status
    if status == "todo":
        assert timedelta(seconds=50) < job["scheduled_at"] - timezone.now() < timedelta(seconds=61)
