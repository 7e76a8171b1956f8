"""Does the reading of an owner's list survive its page and its worker, and is it told how far it is?"""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from safar.control.documents import actions, tasks
from safar.control.documents.imports import comparing, progress
from safar.control.documents.models import (
    ListedImport,
    ListedPiece,
    ListedProgress,
    ListedSource,
)
from safar.core.errors import NotAllowed
from safar.core.record import writing
from tests import cast
from tests.makers.accounts import actor
from tests.makers.documents import (
    HEAD,
    browser,
    in_force,
    loaded,
    numbers,
    page,
    proposed,
    read,
    tables,
    text,
    work,
)
from tests.makers.reference import load_reference

GIVE_SIGN = progress.give_sign
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def ground(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()
    ProcrastinateJob.objects.all().delete()


@pytest.fixture(autouse=True)
def signs(monkeypatch) -> list[tuple[int, int]]:
    """What was said of the progress: another connection does not see what a test did not commit."""
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(
        progress, "give_sign", lambda _key, done, total: given.append((done, total))
    )
    monkeypatch.setattr(progress, "EVERY", 0.001)
    return given


def test_the_poll_of_the_progress_gets_the_part_alone():
    run, elena = proposed(numbers(5)), browser(cast.elena())
    part = text(elena, page("import", run), **{"HX-Request": "true", "Safar-Background": "1"})
    assert part.lstrip().startswith('<div id="work"')
    assert "<html" not in part


def test_how_far_the_work_is_can_be_seen():
    run = proposed(numbers(5))
    with writing():
        ListedProgress.objects.filter(run=run).update(done=300, total=1200)
    shown = text(browser(cast.elena()), page("import", run))
    assert "25 % done" in shown
    assert 'max="1200" value="300"' in shown


def test_signs_of_life_are_given_as_long_as_the_work_lasts(signs, monkeypatch):
    told = threading.Event()
    proposed(numbers(5))

    def slow(*_args: Any) -> Any:
        """One statement that takes long: signs come all the same."""
        before = len(signs)
        while len(signs) < before + 3:
            assert not told.wait(0.001)
        return comparing.Compared(5, 0, 0, 0, shrinks=False, shown=[])

    monkeypatch.setattr(comparing, "compare", slow)
    work()
    assert signs[0] == (0, 0)
    done, total = signs[-1]
    assert 0 < done < total
    given = len(signs)
    assert not told.wait(0.02)
    assert len(signs) == given, "it is over, and so are the signs"


def test_a_sign_of_life_is_written_down():
    run = proposed(numbers(5))
    long_ago = timezone.now() - timedelta(hours=1)
    with writing():
        ListedProgress.objects.filter(run=run).update(alive_at=long_ago)
    assert not progress.is_alive(ListedProgress.objects.get(run=run))
    GIVE_SIGN(run.pk, 7, 9)
    found = ListedProgress.objects.get(run=run)
    assert progress.is_alive(found)
    assert (found.done, found.total) == (7, 9)


def test_work_that_died_is_shown_as_such_and_can_be_started_again():
    run, elena = proposed(numbers(5)), browser(cast.elena())
    assert elena.post(page("import_restart", run)).status_code == 409
    assert elena.post(page("import_decline", run), {"reason": "x"}).status_code == 409
    ProcrastinateJob.objects.all().delete()  # the worker was killed
    long_ago = timezone.now() - ListedImport.ALIVE_FOR - timedelta(minutes=3)
    with writing():
        ListedProgress.objects.filter(run=run).update(alive_at=long_ago)
    shown = text(elena, page("import", run))
    assert "gave no sign of life" in shown
    assert "every 2s" not in shown
    assert elena.post(page("import_restart", run)).status_code == 302
    assert work() == ["documents.read_list"]
    assert "+ 5" in text(elena, page("import", run))


def test_a_job_that_comes_twice_does_nothing_the_second_time():
    run = read(numbers(5))
    tasks.read_list(str(run.pk))
    actions.approve_list(actor(cast.farid()), run)
    tasks.read_list(str(run.pk))
    run.refresh_from_db()
    assert (run.status, ListedSource.objects.get().version) == ("loaded", 1)


def test_the_background_work_is_not_for_people():
    run = proposed(numbers(5))
    with pytest.raises(NotAllowed):
        actions.read_list(actor(cast.elena()), run)
    with pytest.raises(NotAllowed):
        actions.fail_list(actor(cast.elena()), run, failure={"code": "torn"})


@pytest.mark.parametrize("where", ["listed.stage", "comparing.compare", "keeping.kept"])
def test_work_that_breaks_off_anywhere_leaves_the_list_and_can_be_repeated(
    where, tmp_path, monkeypatch
):
    source = loaded(tmp_path, numbers(10))
    run = proposed(numbers(20))

    def cut(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("the worker was killed")

    with monkeypatch.context() as broken:
        broken.setattr(f"safar.control.documents.imports.{where}", cut)
        with pytest.raises(RuntimeError):
            tasks.read_list(str(run.pk))
    elena = browser(cast.elena())
    assert "The work broke off" in text(elena, page("import", run))
    assert tables() == {in_force(source)}
    ProcrastinateJob.objects.all().delete()
    assert elena.post(page("import_restart", run)).status_code == 302
    work()
    run.refresh_from_db()
    assert (run.status, run.added, run.failure) == ("prepared", 10, None)


def test_the_file_is_gone_once_it_was_read_or_refused():
    read(numbers(5))
    read(HEAD + "RUS,U1", code="torn")
    assert not ListedPiece.objects.exists()


def test_a_kept_file_that_was_damaged_is_not_read():
    run = proposed(numbers(5))
    with writing():
        ListedPiece.objects.filter(run=run).update(content=b"x")
    work()
    run.refresh_from_db()
    assert (run.status, run.failure) == ("failed", {"code": "damaged", "line": 0, "params": {}})
