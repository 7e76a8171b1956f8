"""Can two list managers bring in an owner's list of lost documents in the browser?"""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from safar.control.documents import actions
from safar.control.documents.forms.reports import FileForm
from safar.control.documents.imports import listed
from safar.control.documents.models import (
    ListedDocument,
    ListedImport,
    ListedSource,
)
from safar.control.documents.queries import report_or_none
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken, Stale, Unavailable
from safar.core.permissions import system
from safar.core.record import writing
from tests import cast
from tests.makers.accounts import actor, audited
from tests.makers.documents import (
    browser,
    in_force,
    loaded,
    numbers,
    opened,
    page,
    proposed,
    read,
    tables,
    text,
    work,
)
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def ground(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()
    ProcrastinateJob.objects.all().delete()


def sent(client: Client, content: str | bytes, name: str = "list.csv") -> ListedImport:
    raw = content.encode() if isinstance(content, str) else content
    address = reverse("documents:import_add", args=[opened().code])
    response = client.post(address, {"file": SimpleUploadedFile(name, raw)})
    assert response.status_code == 302, response.content.decode()
    return ListedImport.objects.latest("prepared_at")


def test_two_people_bring_in_the_list_of_another_owner():
    elena, farid = browser(cast.elena()), browser(cast.farid())
    form = {"name": "INTERPOL SLTD", "code": "SLTD"}
    assert elena.post(reverse("documents:list_add"), form).status_code == 302
    run = sent(elena, numbers(100))
    waiting = text(elena, page("import", run))
    assert "Waits for its turn" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert work() == ["documents.read_list"]
    shown = text(elena, page("import", run))
    assert "+ 100" in shown
    assert "every 2s" not in shown
    assert page("import_approve", run) not in shown
    assert elena.post(page("import_approve", run)).status_code == 403
    assert report_or_none("RUS", "U0000001") is None, "a dry run changes nothing"
    assert page("import", run) in text(farid, reverse("documents:reports"))
    assert page("import_approve", run) in text(farid, page("import", run))
    assert farid.post(page("import_approve", run)).status_code == 302
    assert "Every booth looks it up" in text(farid, page("import", run))
    assert report_or_none("RUS", "U0000001") == ("lost", "INTERPOL SLTD")
    assert "version 1" in text(elena, reverse("documents:list", args=["sltd"]))


def test_the_dry_run_tells_new_changed_gone_same_and_left_out(tmp_path):
    loaded(tmp_path, numbers(100))
    changed = numbers(101, start=2).replace("U0000050,lost,", "U0000050,stolen,2026-02-01")
    run = read(changed + "XQX,U1,lost,\n")
    assert (run.read, run.added, run.changed, run.gone, run.same) == (102, 3, 1, 2, 97)
    assert (run.left_out, run.rows, run.shrinks) == (1, 101, False)
    shown = text(browser(cast.farid()), page("import", run))
    assert "RUS U0000050" in shown
    assert "<del>Lost</del>" in shown
    assert "<ins>Stolen, 1 Feb 2026</ins>" in shown
    assert {row["number"] for row in run.shown if row["sign"] == "gone"} == {"U0000000", "U0000001"}
    assert run.problems == [{"line": 103, "column": "issuer", "found": "XQX", "code": "issuer"}]
    assert "This is the code of no issuing state." in shown


def test_a_document_that_stands_twice_in_a_file_is_counted_as_it_stands(tmp_path):
    loaded(tmp_path, numbers(10) + "RUS,U0000001,stolen,\n")
    run = read(numbers(11) + "RUS,U0000001,stolen,\n")
    assert (run.added, run.changed, run.same, run.gone) == (1, 0, 11, 0)


def test_the_new_version_takes_the_place_of_the_old_one_whole(tmp_path):
    source = loaded(tmp_path, numbers(100))
    before = in_force(source)
    run = read(numbers(100, start=5))
    assert tables() == {before, run.part}, "what was read waits beside the version in force"
    assert report_or_none("RUS", "U0000104") is None
    actions.approve_list(actor(cast.farid()), run)
    assert report_or_none("RUS", "U0000104") is not None
    assert report_or_none("RUS", "U0000001") is None
    assert tables() == {run.part}
    source.refresh_from_db()
    assert (source.version, source.rows, source.loaded_by_name) == (2, 100, "Fayzullaev Farid")
    (row,) = audited("documents.approve_list")
    assert row.details["version"] == 2


class TestDeciding:
    def test_a_list_that_loses_more_than_a_tenth_needs_an_explicit_word(self, tmp_path):
        loaded(tmp_path, numbers(100))
        run = read(numbers(80))
        farid = browser(cast.farid())
        shown = text(farid, page("import", run))
        assert "would lose more than a tenth" in shown
        assert "20 documents would be honoured again" in shown
        assert farid.post(page("import_approve", run)).status_code == 422
        assert report_or_none("RUS", "U0000099") is not None
        done = farid.post(page("import_approve", run), {"confirm_shrink": "on"})
        assert done.status_code == 302
        assert report_or_none("RUS", "U0000099") is None

    def test_a_list_whose_numbers_all_changed_counts_as_one_that_loses_everything(self, tmp_path):
        loaded(tmp_path, numbers(100))
        assert read(numbers(100, start=500)).shrinks

    def test_nobody_agrees_to_her_own_and_no_command_to_a_persons(self):
        run = read(numbers(5))
        for who in (actor(cast.elena()), system("command line")):
            with pytest.raises(NotAllowed, match="second person"):
                actions.approve_list(who, run)
        assert not ListedDocument.objects.exists()

    def test_the_database_refuses_it_too(self):
        run = read(numbers(5))
        with (
            pytest.raises(IntegrityError, match="listed_import_two_people"),
            transaction.atomic(),
            writing(),
        ):
            ListedImport.objects.filter(pk=run.pk).update(
                decided_at=timezone.now(), decided_by=cast.elena()
            )

    def test_a_list_that_changed_after_the_dry_run_is_not_overwritten(self, tmp_path):
        loaded(tmp_path, numbers(10))
        run = read(numbers(20))
        loaded(tmp_path, numbers(30))
        with pytest.raises(Stale):
            actions.approve_list(actor(cast.farid()), run)
        assert ListedDocument.objects.count() == 30

    def test_declined_it_leaves_nothing_behind(self, tmp_path):
        source = loaded(tmp_path, numbers(10))
        run, farid = read(numbers(20)), browser(cast.farid())
        assert farid.post(page("import_decline", run), {"reason": " "}).status_code == 422
        assert run.part in tables()
        assert farid.post(page("import_decline", run), {"reason": "Old."}).status_code == 302
        assert "Old." in text(farid, page("import", run))
        assert tables() == {in_force(source)}
        with pytest.raises(InvalidMove):
            actions.approve_list(actor(cast.farid()), run)

    def test_one_file_of_a_list_at_a_time(self):
        run = read(numbers(5))
        answer = browser(cast.farid()).post(
            reverse("documents:import_add", args=["sltd"]),
            {"file": SimpleUploadedFile("b.csv", b"x")},
        )
        assert answer.status_code == 409
        assert "Another file of this list waits already" in answer.content.decode()
        assert proposed(numbers(5), code="other").status == "reading"
        actions.decline_list(actor(cast.elena()), run, reason="The wrong one.")
        assert proposed(numbers(6)).status == "reading"

    def test_where_a_backup_holds_the_lists_the_answer_says_so(self, tmp_path, monkeypatch):
        loaded(tmp_path, numbers(10))
        run = read(numbers(12))

        def held(*_args: Any) -> None:
            raise listed.Busy

        with monkeypatch.context() as broken:
            broken.setattr(listed, "hang_in", held)
            with pytest.raises(Unavailable, match="Try again in a minute"):
                actions.approve_list(actor(cast.farid()), run)
        assert ListedDocument.objects.count() == 10
        actions.approve_list(actor(cast.farid()), ListedImport.objects.get(pk=run.pk))
        assert ListedDocument.objects.count() == 12

    def test_the_first_line_sees_none_of_it_and_the_second_line_only_reads(self):
        run, opener = read(numbers(5)), reverse("documents:list_add")
        aida, bakyt = browser(cast.aida()), browser(cast.bakyt())
        assert aida.get(page("import", run)).status_code == 403
        assert bakyt.get(page("import", run)).status_code == 200
        assert page("import_approve", run) not in text(bakyt, page("import", run))
        for address in (opener, reverse("documents:import_add", args=["sltd"])):
            assert bakyt.get(address).status_code == 403
        for name in ("import_approve", "import_decline", "import_restart"):
            assert bakyt.post(page(name, run), {"reason": "x"}).status_code == 403


def test_a_file_that_is_too_large_for_the_browser_is_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(FileForm, "LARGEST", 0)
    elena, address = browser(cast.elena()), reverse("documents:import_add", args=[opened().code])
    answer = elena.post(address, {"file": SimpleUploadedFile("a.csv", numbers(5).encode())})
    assert answer.status_code == 422
    assert "safar documents load" in answer.content.decode()
    assert not ListedImport.objects.exists()


def test_a_code_is_taken_once():
    opened("sltd")
    elena = browser(cast.elena())
    answer = elena.post(reverse("documents:list_add"), {"name": "Another", "code": "sltd"})
    assert "There is a list with this code already" in answer.content.decode()
    with pytest.raises(InvalidMove):
        actions.add_source(actor(cast.elena()), None, code="sltd", name="Another")
    assert ListedSource.objects.count() == 1


def test_an_unknown_list_or_import_is_not_found():
    elena = browser(cast.elena())
    assert elena.get(reverse("documents:list", args=["nobodys"])).status_code == 404
    unknown = reverse("documents:import", args=["018f0000-0000-7000-8000-000000000000"])
    assert elena.get(unknown).status_code == 404


def test_declining_needs_a_reason():
    run = read(numbers(5))
    with pytest.raises(RuleBroken):
        actions.decline_list(actor(cast.farid()), run, reason="")
