"""Does work that ends its worker each time come to an end, and does its page say so?"""

import asyncio
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from safar.config import working
from safar.control.border import tasks as border_tasks
from safar.control.watchlist import actions, queries, tasks
from safar.control.watchlist.models import ImportReplay, ImportRun, Rescreening, ThresholdChange
from safar.core.record import writing
from tests.makers import accounts
from tests.makers.watchlist import SDN, actor, entry, ofac_list, prepared, watch_list

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False


def text(name: str, *args: object) -> str:
    client = Client()
    accounts.sign_in(client, accounts.user("B. Osmonalieva", "list_manager"))
    response = client.get(reverse(f"watchlist:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def loading(run: ImportRun) -> ImportRun:
    return actions.approve_import(actor("B. Osmonalieva"), run, start=lambda _run: None)


@pytest.mark.parametrize(
    ("starts_before", "after"),
    [(0, ["todo"]), (1, ["todo"]), (2, ["failed", "todo"])],
    ids=["begun once", "begun twice", "begun three times"],
)
def test_a_job_whose_worker_died_is_begun_three_times_at_most(starts_before, after):
    queue = InMemoryConnector()
    key = str(uuid4())
    with app.replace_connector(queue) as working_app:
        job = working_app.configure_task("watchlist.load_import", queue="lists").defer(key=key)
        queue.jobs[job] |= {"status": "doing", "worker_id": 99, "attempts": starts_before}
        working_app.configure_task("config.stalled", queue="clock").defer(timestamp=0)
        asyncio.run(working_app.run_worker_async(wait=False, queues=["clock"]))
    lists = [one for one in queue.jobs.values() if one["queue_name"] == "lists"]
    assert [one["status"] for one in lists] == after
    said = [one["args"] for one in lists if one["task_name"] == tasks.GIVE_UP]
    assert said == ([{"task": "watchlist.load_import", "key": key}] if "failed" in after else [])
    assert working.MOST_STARTS == 3


def test_an_import_that_is_given_up_says_so_and_can_be_started_again():
    run = loading(prepared())
    tasks.give_up("watchlist.load_import", str(run.pk))
    found = ImportRun.objects.get(pk=run.pk)
    assert (found.status, found.failure) == ("failed", {"code": "killed"})
    page = text("import", run.pk)
    assert "The work ended its process three times. Nothing was changed." in page
    assert reverse("watchlist:import_restart", args=[run.pk]) in page
    actions.restart_import(actor("R. Kadyrov"), found, start=lambda _run: None)
    tasks.load_import(str(run.pk))
    assert ImportRun.objects.get(pk=run.pk).status == "loaded"


def test_an_import_that_was_done_after_all_is_not_touched():
    run = loading(prepared())
    tasks.load_import(str(run.pk))
    tasks.give_up("watchlist.load_import", str(run.pk))
    assert ImportRun.objects.get(pk=run.pk).status == "loaded"


def test_a_threshold_whose_trial_is_given_up_says_so_and_is_not_agreed_to():
    on = watch_list()
    change = actions.propose_threshold(actor("R. Kadyrov"), on, after=0.6, reason="More.")
    tasks.give_up("border.try_threshold", str(change.pk))
    trial = queries.trial(ThresholdChange.objects.get())
    assert trial is not None
    assert (trial.failed, trial.ended) == (True, False)
    page = text("threshold", on.code)
    assert "This broke off three times and was given up." in page
    assert "Still being worked out" not in page
    assert reverse("watchlist:threshold_approve", args=[change.pk]) not in page


def test_a_comparison_with_those_inside_that_is_given_up_says_so():
    one = entry("SEITOV, Marat")
    asked = Rescreening.objects.get()
    tasks.give_up("border.rescreen", str(asked.pk))
    assert Rescreening.objects.get().status == "failed"
    assert "The comparison broke off three times and was given up." in text("entry", one.pk)
    assert queries.to_rescreen(asked.pk) == []


def test_a_replay_that_is_given_up_says_so_and_the_dry_run_stands():
    run = prepared()
    replay = ImportReplay.objects.get(run=run)
    tasks.give_up("border.replay_import", str(replay.pk))
    page = text("import", run.pk)
    assert "The dry run itself is whole." in page
    assert "hx-trigger" not in page.partition('id="work"')[2][:300]
    with writing():
        ImportReplay.objects.update(status="done", ended_at=timezone.now())
    assert "The dry run itself is whole." not in text("import", run.pk)


def test_a_trial_that_failed_for_a_moment_is_tried_again():
    for task in (border_tasks.try_threshold, border_tasks.rescreen, border_tasks.replay_import):
        assert task.retry_strategy is border_tasks.AGAIN


def test_a_new_dry_run_asks_for_its_replay_once():
    ProcrastinateJob.objects.all().delete()
    run = prepared()
    jobs = ProcrastinateJob.objects.filter(task_name="border.replay_import")
    assert [job.args for job in jobs] == [{"key": str(ImportReplay.objects.get(run=run).pk)}]
    actions.approve_import(actor("B. Osmonalieva"), run)
    again = prepared(SDN, on=run.list)
    assert not ImportReplay.objects.filter(run=again).exists(), "nothing would change"


def test_a_list_that_waits_for_its_load_has_no_replay_on_its_page():
    ofac_list()
    run = loading(prepared())
    assert 'id="replay"' not in text("import", run.pk)
