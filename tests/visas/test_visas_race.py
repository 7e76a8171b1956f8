"""Do two consuls at once give one place of a quota twice? Each on a connection of her own."""

import threading

import pytest
from django.db import IntegrityError, connection

from safar.control.visas import actions
from safar.control.visas.models import Application
from safar.core.errors import RuleBroken
from tests.makers import visas as make

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
