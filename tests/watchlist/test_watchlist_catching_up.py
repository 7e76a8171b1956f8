"""Does a machine that did not do a large import screen at once, and build behind its booths?"""

import subprocess
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from safar.control.watchlist import queries
from safar.control.watchlist.screening import listed_names, matcher, name_index
from safar.control.watchlist.screening.matcher import Names
from safar.lib.screening import Index, Query
from tests.makers.watchlist import entry, lifted, person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OLD = ("SEITOV, Marat", "OMUROV, Bakyt", "IBRAGIMOVA, Dilnoza")
NEW = ("KHUDOYBERDIEV, Shavkat", "NEWMAN, Paul", "TOKTOGULOVA, Aigul", "RYSBEKOV, Daniyar")


@pytest.fixture
def waiting(settings, tmp_path, monkeypatch) -> Iterator[list[Callable[[], None]]]:
    """A machine with an index of old; what it would do in the background waits here."""
    begun: list[Callable[[], None]] = []
    settings.SAFAR_INDEX_FOLDER = tmp_path
    monkeypatch.setattr(name_index, "BESIDE", 2)
    monkeypatch.setattr(matcher, "GRACE", 0)
    monkeypatch.setattr(Names, "_begin", staticmethod(begun.append))
    monkeypatch.setattr(matcher.NAMES, "_catching_up", False)
    monkeypatch.setattr(connection, "close", lambda: None)  # the thread is this one
    matcher.NAMES.forget()
    for name in OLD:
        entry(name)
    with connection.cursor() as cursor:  # a test is one transaction: let these be of another
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE watchlist_listentry SET moved_in = 1")
        cursor.execute("SET session_replication_role = origin")
    name_index.build()
    yield begun
    matcher.NAMES.forget()


@pytest.fixture
def nobody_builds(monkeypatch) -> None:
    def build() -> None:
        raise AssertionError("a traveller waits for a build")

    monkeypatch.setattr(name_index, "build", build)


def built_here(monkeypatch) -> list[int]:
    """Let the process that builds be this one: another one would not see the test's rows."""
    built: list[int] = []

    def run(command: list[str], *, check: bool) -> None:
        assert name_index.BUILD in command
        assert check
        built.append(1)
        settle()
        name_index.build()

    monkeypatch.setattr(subprocess, "run", run)
    return built


def found(name: str) -> int:
    return len(queries.screen(person(name)))


def test_after_a_large_import_elsewhere_nobody_waits_and_new_names_are_found_at_once(
    waiting, nobody_builds
):
    assert found("SEITOV<<MARAT") == 1
    for name in NEW:
        entry(name)
    assert found("SEITOV<<MARAT") == 1
    assert found("KHUDOYBERDIEV<<SHAVKAT") == 1
    assert found("ХУДОЙБЕРДИЕВ<<ШАВКАТ") == 1, "under every regional spelling"
    assert found("PAUL<<NEWMAN") == 1, "in either order"
    assert len(waiting) == 1, "one build is asked for, not one a traveller"


def test_control_without_the_look_up_the_new_names_would_be_missed(
    waiting, nobody_builds, monkeypatch
):
    monkeypatch.setattr(listed_names, "named_since", lambda _snapshot, _folds: [])
    assert found("SEITOV<<MARAT") == 1
    for name in NEW:
        entry(name)
    assert found("NEWMAN<<PAUL") == 0


def test_what_is_lifted_meanwhile_stops_at_once(waiting, nobody_builds):
    added = [entry(name) for name in NEW]
    assert found("NEWMAN<<PAUL") == 1
    lifted(added[1])
    assert found("NEWMAN<<PAUL") == 0


def test_what_is_published_while_it_builds_is_found_too(waiting, nobody_builds):
    for name in NEW:
        entry(name)
    assert found("NEWMAN<<PAUL") == 1
    entry("PETROVA, Anna")
    assert found("PETROVA<<ANNA") == 1


def test_what_changed_stands_beside_the_old_build_before_there_is_a_new_one(
    waiting, nobody_builds, monkeypatch
):
    for name in NEW:
        entry(name)
    near = "KHUDOYBERDYIEV<<SHAFKAT"  # no regional spelling: the engine alone finds it
    assert found(near) == 0
    matcher.NAMES._put_beside()
    assert found(near) == 1
    entry("PETROVA, Anna")
    assert (found(near), found("PETROVA<<ANNA")) == (1, 1), "and what comes after is looked up"


def test_more_than_memory_should_hold_waits_for_the_build(waiting, nobody_builds, monkeypatch):
    monkeypatch.setattr(matcher, "BESIDE_LATER", 3)
    for name in NEW:
        entry(name)
    assert found("NEWMAN<<PAUL") == 1
    matcher.NAMES._put_beside()
    assert found("KHUDOYBERDYIEV<<SHAFKAT") == 0


def test_once_it_is_built_the_new_index_serves_alone(waiting, monkeypatch):
    built = built_here(monkeypatch)
    for name in NEW:
        entry(name)
    assert found("NEWMAN<<PAUL") == 1
    waiting[0]()
    assert found("KHUDOYBERDYIEV<<SHAFKAT") == 1
    held = matcher.NAMES.current()
    assert held is not None
    assert held.looked_up is None
    assert (len(Index.open(name_index.folder())), built) == (7, [1])


def settle() -> None:
    """Let what was written be of a transaction that ended, as it is by the time of a build."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE watchlist_listentry SET moved_in = 2 WHERE moved_in > 1")
        cursor.execute("SET session_replication_role = origin")


def test_of_several_processes_one_builds(waiting, monkeypatch):
    built = built_here(monkeypatch)
    for name in NEW:
        entry(name)
    others = [Names() for _ in range(3)]
    for one in others:
        assert one.search(Query(("NEWMAN<<PAUL",)))
    name_index.build()  # the first one's
    settle()
    for work in waiting:
        work()
    assert len(waiting) == 3
    assert built == []


def test_a_process_that_starts_after_the_import_serves_from_the_old_build(waiting, nobody_builds):
    for name in NEW:
        entry(name)
    matcher.NAMES.forget()
    assert (found("SEITOV<<MARAT"), found("NEWMAN<<PAUL")) == (1, 1)


def test_where_the_lists_were_small_what_was_in_memory_serves(
    waiting, nobody_builds, tmp_path, monkeypatch
):
    for file in tmp_path.glob("*/*"):
        if file.is_file():
            file.unlink()
    matcher.NAMES.forget()
    monkeypatch.setattr(name_index, "BESIDE", 3)
    assert found("SEITOV<<MARAT") == 1
    for name in NEW:
        entry(name)
    assert (found("SEITOV<<MARAT"), found("NEWMAN<<PAUL")) == (1, 1)


def test_a_build_that_fails_is_not_begun_again_with_every_traveller(waiting, monkeypatch, caplog):
    def run(command: list[str], *, check: bool) -> None:
        raise OSError("no memory")

    monkeypatch.setattr(subprocess, "run", run)
    for name in NEW:
        entry(name)
    assert found("NEWMAN<<PAUL") == 1
    waiting[0]()
    assert "It is tried again in a minute." in caplog.text
    assert found("NEWMAN<<PAUL") == 1
    assert len(waiting) == 1
    matcher.NAMES._not_before = 0.0  # the minute is over
    entry("PETROVA, Anna")
    assert found("PETROVA<<ANNA") == 1
    assert len(waiting) == 2
