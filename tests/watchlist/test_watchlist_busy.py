"""Does a page answer soon where an import holds the list, and are locks taken in one order?

With real connections: what they are to see is committed, and taken away again.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.accounts.models import Agency
from safar.control.watchlist import actions
from safar.control.watchlist.models import ListEntry, WatchList
from safar.control.watchlist.views import busy
from safar.core.action import _locked
from tests.makers import accounts
from tests.makers.watchlist import actor, head, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LIST = "SELECT 1 FROM watchlist_watchlist WHERE id = %s FOR UPDATE NOWAIT"
ENTRY = "SELECT 1 FROM watchlist_listentry WHERE id = %s FOR UPDATE NOWAIT"
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False


@contextmanager
def other() -> Iterator["psycopg.Connection[Any]"]:
    """Another session of the same database."""
    params = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: params[name] for name in names if name in params}) as made:
        yield made


def insert(session: "psycopg.Connection[Any]", row: models.Model) -> None:
    fields = row._meta.concrete_fields
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    columns = ", ".join(field.column for field in fields)
    places = ", ".join(["%s"] * len(fields))
    session.execute(f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({places})", values)


@pytest.fixture
def listed(db) -> Iterator[ListEntry]:
    """An entry in force, on a list of its own, that every session sees."""
    now = timezone.now()
    agency = Agency(code="BUSY", name="Agency of a busy list")
    on = WatchList(code="busy", name="Busy", owner=agency, kind="other", contact="desk")
    entry = ListEntry(
        list=on, source_key="1", instruction="inquiry", legal_ground="art. 1", contact="desk",
        in_force_from=timezone.localdate(), changed_at=now, proposed_at=now, status="published",
        proposed_by_name="x", decided_at=now, decided_by_name="y",
    )  # fmt: skip
    with other() as session:
        for row in (agency, on, entry):
            insert(session, row)
            row._state.adding = False
    yield entry
    with other() as session:
        session.execute("SET lock_timeout = '5s'")  # a test that kept a lock fails, and ends
        for row in (entry, on, agency):
            session.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])


def client(name: str = "R. Kadyrov") -> Client:
    made = Client(raise_request_exception=False)
    accounts.sign_in(made, accounts.user(name, "list_manager"))
    return made


def propose(by: Client, **headers: str) -> Any:
    """Propose another threshold: it needs the list's row. Nothing of it stays."""
    with transaction.atomic():
        fields = {"after": "0.9", "reason": "Too many."}
        url = reverse("watchlist:threshold_propose", args=["busy"])
        answer = by.post(url, fields, headers=headers)
        transaction.set_rollback(True)
    return answer


def test_a_page_that_needs_a_list_under_import_says_so_within_seconds(listed, monkeypatch):
    monkeypatch.setattr(busy, "WAIT", "200ms")
    actions.approve_import(actor("B. Osmonalieva"), prepared(), start=lambda _run: None)
    by = client()
    with other() as importing:
        importing.execute(LIST, [listed.list_id])
        answer = propose(by)
        part = propose(by, **{"HX-Request": "true"})
    for one in (answer, part):
        assert one.status_code == 503
        text = one.content.decode()
        assert "This list is being replaced just now. Try again in a minute" in text
        assert "Traceback" not in text
        assert "OperationalError" not in text
    assert "<html" in answer.content.decode()
    assert "<html" not in part.content.decode()
    assert propose(by).status_code == 302, "once the list is free it is done"


def test_where_no_import_is_under_way_nobody_is_told_of_one(listed, monkeypatch):
    monkeypatch.setattr(busy, "WAIT", "200ms")
    by = client()
    with other() as colleague:
        colleague.execute(LIST, [listed.list_id])
        answer = propose(by)
    assert answer.status_code == 503
    assert "Somebody else is changing this just now." in answer.content.decode()


def test_control_without_the_limit_the_page_waits_as_long_as_the_import_takes(listed, monkeypatch):
    monkeypatch.setattr(busy, "WAIT", "0")
    by = client()
    with other() as importing, connection.cursor() as cursor:
        importing.execute(LIST, [listed.list_id])
        cursor.execute("SET statement_timeout = '1500ms'")  # else this test would never end
        began = timezone.now()
        answer = propose(by)
        waited = (timezone.now() - began).total_seconds()
        cursor.execute("SET statement_timeout = 0")
    assert waited >= 1.5
    assert "This list is being replaced" not in answer.content.decode()


def test_the_limit_is_seconds_and_ends_with_the_page(listed):
    assert busy.WAIT == "4s"
    by = client()
    propose(by)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",), "the worker's own transactions wait as long as it takes"


def taken_while_waiting(
    held: tuple[str, object], asked: tuple[str, object], take: Callable[[], object]
) -> bool:
    """Whether somebody who waits for the one row holds the other already."""
    found: dict[str, Any] = {}

    def wait_for_it() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            found["pid"] = cursor.fetchone()[0]
            begun.set()
            take()
        connection.close()

    begun = threading.Event()
    with other() as holder:
        holder.execute(held[0], [held[1]])
        waiter = threading.Thread(target=wait_for_it)
        waiter.start()
        assert begun.wait(10)
        with other() as looker:
            looker.autocommit = True
            while looker.execute(WAITS, [found["pid"]]).fetchone() == (0,):
                assert waiter.is_alive(), "it did not wait at all"
            try:
                looker.execute(asked[0], [asked[1]])
                free = True
            except psycopg.errors.LockNotAvailable:
                free = False
        holder.rollback()
        waiter.join(10)
    return not free


def entry_alone(entry: ListEntry) -> object:
    """The order of before: the entry's lock only."""
    return models.QuerySet(ListEntry).select_for_update().get(pk=entry.pk)


def as_an_action(entry: ListEntry) -> object:
    """The lock that `@action` takes of its target."""
    return _locked(entry)


def test_an_action_on_an_entry_waits_for_its_list_with_empty_hands(listed):
    """So it never holds what an import, which has the list, will need: no deadlock."""
    on, entry = (LIST, listed.list_id), (ENTRY, listed.pk)
    assert taken_while_waiting(entry, on, lambda: as_an_action(listed)), "the list comes first"
    assert not taken_while_waiting(on, entry, lambda: as_an_action(listed))


def test_control_where_the_entry_alone_is_locked_the_list_is_not(listed):
    on, entry = (LIST, listed.list_id), (ENTRY, listed.pk)
    assert not taken_while_waiting(entry, on, lambda: entry_alone(listed))


def test_an_entry_that_is_locked_brings_its_list_as_it_is_now(listed):
    with other() as colleague:
        colleague.execute("UPDATE watchlist_watchlist SET name = 'New' WHERE code = 'busy'")
    with transaction.atomic():
        found = ListEntry.objects.select_for_update().get(pk=listed.pk)
        assert (found.pk, found.list.name) == (listed.pk, "New")
        transaction.set_rollback(True)


def test_an_entry_is_lifted_under_both_locks(listed):
    with transaction.atomic():
        proposed = actions.propose_lifting(actor("R. Kadyrov"), listed, reason="Found.")
        assert actions.lift_entry(head(), proposed).status == "lifted"
        transaction.set_rollback(True)
