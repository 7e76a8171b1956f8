"""Can two list managers bring in a new version in the browser, with progress and a dry run?"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from safar.control.watchlist import actions, drafts, queries, tasks
from safar.control.watchlist.actions.changes import Proposed
from safar.control.watchlist.models import ImportProgress, ImportRun, ListEntry, SourceMapping
from safar.core.record import writing
from tests.makers import accounts
from tests.makers.watchlist import (
    ALT,
    SDN,
    actor,
    entry,
    loaded,
    ofac_list,
    person,
    prepared,
    watch_list,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FILES = Path(__file__).with_name("files")


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False


def browser(name: str, role: str = "list_manager") -> Client:
    client = Client()
    accounts.sign_in(client, accounts.user(name, role))
    return client


def kadyrov() -> Client:
    return browser("R. Kadyrov")


def osmonalieva() -> Client:
    return browser("B. Osmonalieva")


def text(client: Client, url: str, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def uploads(sdn: str = SDN, alt: str = ALT) -> dict[str, SimpleUploadedFile]:
    return {
        "sdn": SimpleUploadedFile("SDN.CSV", sdn.encode()),
        "alt": SimpleUploadedFile("ALT.CSV", alt.encode()),
    }


def upload(name: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, (FILES / name).read_bytes())}


def work() -> list[str]:
    """What a worker does: the jobs that wait, each once."""
    jobs = list(ProcrastinateJob.objects.filter(queue_name="lists", status="todo").order_by("pk"))
    for job in jobs:
        known = {
            "watchlist.read_import": tasks.read_import,
            "watchlist.load_import": tasks.load_import,
        }
        if job.task_name in known:
            known[job.task_name](**job.args)
    ProcrastinateJob.objects.filter(pk__in=[job.pk for job in jobs]).delete()
    return [job.task_name for job in jobs]


def page(name: str, run: ImportRun) -> str:
    return reverse(f"watchlist:{name}", args=[run.pk])


def sent(client: Client, code: str, files: dict[str, SimpleUploadedFile]) -> ImportRun:
    response = client.post(reverse("watchlist:import_add", args=[code]), files)
    assert response.status_code == 302, response.content.decode()
    return ImportRun.objects.latest("prepared_at")


@pytest.fixture(autouse=True)
def no_jobs_of_others(db):
    ProcrastinateJob.objects.all().delete()


def test_two_people_import_a_list_in_the_browser():
    ofac_list()
    first, second = kadyrov(), osmonalieva()
    run = sent(first, "ofac-sdn", uploads())
    waiting = text(first, page("import", run))
    assert "Waits for its turn" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert work() == ["watchlist.read_import"]
    shown = text(first, page("import", run))
    assert "+ 2" in shown
    assert "every 2s" not in shown
    assert page("import_approve", run) not in shown
    assert first.post(page("import_approve", run)).status_code == 403
    assert page("import_approve", run) in text(second, page("import", run))
    assert second.post(page("import_approve", run)).status_code == 302
    assert not ListEntry.objects.exists()
    assert "watchlist.load_import" in work()
    assert "It screens at every booth" in text(second, page("import", run))
    assert queries.screen(person("SADYKOV<<TIMUR"))
    assert "ofac-sdn" in text(second, reverse("watchlist:lists"))


def test_the_poll_of_the_progress_gets_the_part_alone_and_is_no_sign_of_life():
    ofac_list()
    first = kadyrov()
    run = sent(first, "ofac-sdn", uploads())
    ImportProgress.objects.filter(run=run)
    whole = text(first, page("import", run))
    assert '"Safar-Background": "1"' in whole
    part = text(first, page("import", run), **{"HX-Request": "true", "Safar-Background": "1"})
    assert part.lstrip().startswith('<div id="work"')
    assert "<html" not in part


def test_how_far_the_work_is_can_be_seen():
    ofac_list()
    run = sent(kadyrov(), "ofac-sdn", uploads())
    with writing():
        ImportProgress.objects.filter(run=run).update(done=300, total=1200)
    shown = text(kadyrov(), page("import", run))
    assert "25 % done" in shown
    assert 'max="1200" value="300"' in shown


def test_work_that_died_is_shown_as_such_and_can_be_started_again():
    ofac_list()
    first = kadyrov()
    run = sent(first, "ofac-sdn", uploads())
    assert first.post(page("import_restart", run)).status_code == 409
    ProcrastinateJob.objects.all().delete()  # the worker was killed
    with writing():
        long_ago = timezone.now() - ImportRun.ALIVE_FOR - timedelta(minutes=3)
        ImportProgress.objects.filter(run=run).update(alive_at=long_ago)
    shown = text(first, page("import", run))
    assert "gave no sign of life" in shown
    assert "every 2s" not in shown
    assert first.post(page("import_restart", run)).status_code == 302
    assert work() == ["watchlist.read_import"]
    assert "+ 2" in text(first, page("import", run))


def test_a_torn_upload_is_answered_with_its_line_and_changes_nothing():
    ofac_list()
    run = sent(kadyrov(), "ofac-sdn", uploads(SDN + '4,"X, Y",individual\r\n'))
    work()
    shown = text(kadyrov(), page("import", run))
    assert "SDN.CSV, line 4" in shown
    assert "Nothing was changed" in shown
    assert osmonalieva().post(page("import_approve", run)).status_code == 409
    assert not ListEntry.objects.exists()
    assert kadyrov().post(page("import_decline", run), {"reason": "Torn."}).status_code == 302


def test_the_united_nations_list_says_aloud_what_it_leaves_out():
    watch_list("un-sc", source_format="un")
    run = sent(kadyrov(), "un-sc", upload("un_made_up.xml"))
    work()
    shown = text(kadyrov(), page("import", run))
    assert "organisations, ships and others: left out" in shown
    assert "Atlantis" in shown
    run.refresh_from_db()
    assert (run.added, run.bad, run.others) == (2, 1, 2)


def test_what_would_change_is_shown_field_by_field():
    loaded()
    run = sent(kadyrov(), "ofac-sdn", uploads(SDN.replace("17 May 1984", "18 May 1984")))
    work()
    shown = text(osmonalieva(), page("import", run))
    assert "<del>1984-05-17</del>" in shown
    assert "<ins>1984-05-18</ins>" in shown
    run.refresh_from_db()
    assert run.what_changed == {"births": 1, "remarks": 1}


def test_a_list_that_shrinks_says_so_and_needs_an_explicit_word():
    loaded()
    run = sent(kadyrov(), "ofac-sdn", uploads(SDN.splitlines(keepends=True)[0]))
    work()
    shown = text(osmonalieva(), page("import", run))
    assert "would lose more than a tenth" in shown
    assert "confirm_shrink" in shown
    approve = page("import_approve", run)
    assert osmonalieva().post(approve).status_code == 422
    assert osmonalieva().post(approve, {"confirm_shrink": "on"}).status_code == 302
    work()
    assert ListEntry.objects.get(source_key="2").status == "ended"


def test_an_import_is_declined_with_a_reason():
    run = prepared()
    address = page("import_decline", run)
    assert osmonalieva().post(address, {"reason": ""}).status_code == 422
    assert osmonalieva().post(address, {"reason": "An old file."}).status_code == 302
    assert "An old file." in text(kadyrov(), page("import", run))


class TestAMinistrysTable:
    def test_its_columns_are_chosen_once_and_remembered(self):
        watch_list("mia", source_format="table")
        first = kadyrov()
        run = sent(first, "mia", upload("ministry_made_up.csv"))
        columns = page("import_columns", run)
        shown = text(first, columns)
        assert "СЕИТОВ" in shown
        assert '<option value="Фамилия" selected>' in shown
        assert work() == []
        chosen = {"surname": "Фамилия", "given": "Имя", "key": "№", "birth": "Дата рождения"}
        assert first.post(columns, {**chosen, "dates": "dmy"}).status_code == 302
        assert work() == ["watchlist.read_import"]
        run.refresh_from_db()
        assert (run.status, run.added) == ("prepared", 4)
        assert SourceMapping.objects.get().columns["surname"] == "Фамилия"
        second = sent(first, "mia", upload("ministry_made_up.csv"))
        assert second.status == "reading"  # nobody is asked again
        work()
        second.refresh_from_db()
        assert second.added == 4

    def test_no_column_for_the_name_is_answered_beside_the_field(self):
        watch_list("mia", source_format="table")
        run = sent(kadyrov(), "mia", upload("ministry_made_up.csv"))
        answer = kadyrov().post(page("import_columns", run), {"key": "№", "dates": "dmy"})
        assert answer.status_code == 422
        assert "Choose the column of the name" in answer.content.decode()

    def test_a_table_whose_headings_changed_asks_again(self):
        watch_list("mia", source_format="table")
        run = sent(kadyrov(), "mia", upload("ministry_made_up.csv"))
        kadyrov().post(page("import_columns", run), {"surname": "Фамилия", "dates": "dmy"})
        other = {"file": SimpleUploadedFile("x.csv", b"surname;born\nORLOVA;1962\n")}
        assert sent(kadyrov(), "mia", other).status == "mapping"

    def test_another_separator_can_be_tried(self):
        watch_list("mia", source_format="table")
        file = {"file": SimpleUploadedFile("x.csv", b"a,b|c\n1,2|3\n4,5|6\n")}
        run = sent(kadyrov(), "mia", file)
        shown = text(kadyrov(), f"{page('import_columns', run)}?separator=bar")
        assert '<th scope="col">a,b</th>' in shown

    def test_a_file_that_is_no_table_is_answered_in_words_at_once(self):
        watch_list("mia", source_format="table")
        file = {"file": SimpleUploadedFile("x.csv", b"<html>\n")}
        answer = kadyrov().post(reverse("watchlist:import_add", args=["mia"]), file)
        assert answer.status_code == 422
        assert "This is a web page" in answer.content.decode()
        assert not ImportRun.objects.exists()


def test_a_list_kept_by_hand_has_no_page_for_files():
    watch_list()
    assert kadyrov().get(reverse("watchlist:import_add", args=["wanted"])).status_code == 404


def test_a_form_without_a_file_is_answered_beside_the_field():
    ofac_list()
    answer = kadyrov().post(reverse("watchlist:import_add", args=["ofac-sdn"]), {})
    assert answer.status_code == 422
    assert not ImportRun.objects.exists()


def test_no_page_of_an_import_opens_for_an_officer():
    watch_list("mia", source_format="table")
    run = sent(kadyrov(), "mia", upload("ministry_made_up.csv"))
    officer = browser("Sgt Beishenova", "officer")
    for name in ("import", "import_columns"):
        assert officer.get(page(name, run)).status_code == 403, name
    for name in ("import_columns", "import_approve", "import_decline", "import_restart"):
        assert officer.post(page(name, run)).status_code == 403, name


def test_the_page_says_what_a_load_is_at_where_a_percentage_says_nothing():
    run = actions.approve_import(actor("B. Osmonalieva"), prepared(), start=lambda _run: None)
    by = kadyrov()
    with writing():
        ImportProgress.objects.filter(run=run).update(done=1, total=2, stage="writing")
    assert "50 % done" in text(by, page("import", run))
    with writing():
        ImportProgress.objects.filter(run=run).update(done=2, total=2, stage="settling")
    shown = text(by, page("import", run))
    assert "it is being checked as a whole" in shown
    assert "100 % done" not in shown
    assert "Until it is done, this list takes no other change." in shown


def test_pages_say_where_a_head_of_lists_has_to_decide():
    """Also to a head who proposed it herself, and who may do everything but that."""
    user = accounts.user("N. Toktogulova", "list_head")
    client, proposer = Client(), accounts.actor(user)
    accounts.sign_in(client, user)
    one = entry("SEITOV, Marat", "SEITOV, M.")
    actions.propose_threshold(proposer, one.list, after=0.95, reason="Too many.")
    fewer = drafts.of_entry(one)
    fewer = replace(fewer, person=replace(fewer.person, names=(("SEITOV, Marat", False),)))
    actions.propose_change(proposer, one, proposed=Proposed(fewer, "One name too many."))
    for url in (reverse("watchlist:threshold", args=[one.list.code]), one_page(one.pk)):
        shown = text(client, url)
        assert "A head of lists decides on it. Whoever proposed it cannot." in shown
        assert "A second person decides on this" not in shown


def one_page(key: object) -> str:
    return reverse("watchlist:entry", args=[key])
