"""Two at once, each on a connection of their own: one place of a quota, one list of visas."""

import threading
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection

from safar.control.visas import actions
from safar.control.visas.actions import status_list
from safar.control.visas.models import Application, ListedNumber, VisaListVersion
from safar.core.errors import InvalidMove, RuleBroken
from tests.makers import visas as make
from tests.makers import visas_issued

pytestmark = pytest.mark.slow


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A copy of the empty database in which everything is committed, as in real life."""
    settings = connection.settings_dict
    name = settings["NAME"]
    copy = f"{name}_quota"
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        settings["NAME"] = copy
        try:
            yield
        finally:
            connection.close()
            settings["NAME"] = name
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


@pytest.mark.parametrize("looks_first", [True, False])
def test_two_consuls_at_once_give_the_last_place_once(committed, monkeypatch, looks_first):
    """With and without the look of the action: the database alone keeps the quota too."""
    make.kind("PW")
    year = make.day(30).year
    actions.set_quota(make.headquarters(), make.kind("PW"), year=year, places=1)
    fields = {"kind_id": "PW", "entries_asked": "M", "inviter": "A mine"}
    waiting = [make.prepared(make.clerk("Typist"), **fields) for _one in range(2)]
    consuls = [make.consul("First"), make.consul("Second")]
    if not looks_first:
        monkeypatch.setattr("safar.control.visas.actions.deciding._refuse_full", lambda *_: None)
    start, ends = threading.Barrier(2), []

    def decide(which: int) -> None:
        try:
            start.wait(10)
            terms = make.terms(entries="M", days=31)
            actions.grant(consuls[which], waiting[which], terms=terms)
            ends.append("granted")
        except (RuleBroken, IntegrityError):
            ends.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[which]) for which in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(ends) == ["granted", "refused"]
    assert Application.objects.filter(status="granted").count() == 1


def test_of_two_lists_taken_in_at_once_the_newer_is_in_force(committed, monkeypatch):
    """Both would look which version is held at one moment, and then put theirs into one place."""
    first = visas_issued.revoked(visas_issued.issued())
    older = visas_issued.exported()
    second = visas_issued.revoked(visas_issued.issued())
    newer = visas_issued.exported()
    looked, read, ends = threading.Barrier(2), status_list._last_version, []

    def read_together(**which: bool) -> int:
        found = read(**which)
        with suppress(threading.BrokenBarrierError):  # the other waits for this one, as it should
            looked.wait(1)
        return found

    monkeypatch.setattr(status_list, "_last_version", read_together)

    def take_in(data: bytes) -> None:
        try:
            visas_issued.imported(data)
            ends.append("taken")
        except InvalidMove:
            ends.append("older")
        except IntegrityError:
            ends.append("failed")
        finally:
            connection.close()

    threads = [threading.Thread(target=take_in, args=[data]) for data in (newer, older)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    visas_issued.forget_keys()
    assert "failed" not in ends
    held = set(ListedNumber.objects.values_list("number", flat=True))
    assert held == {first.number, second.number}
    assert VisaListVersion.objects.filter(imported=True).latest("version").version == 2
