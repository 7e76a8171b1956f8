"""Two booths at the same moment, each on a connection of its own: one entry is used once."""

import threading

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from safar.control.visas.actions import using
from safar.control.visas.models import VisaUse
from safar.core.errors import InvalidMove
from safar.core.node import uuid7
from tests.makers import visas_issued as make

pytestmark = pytest.mark.slow
BOOTHS = 4


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A copy of the empty database in which everything is committed, as in real life."""
    settings = connection.settings_dict
    name = settings["NAME"]
    copy = f"{name}_visas"
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


def enter_at_once(number: str) -> int:
    """All booths enter on one visa of a single entry; how many were let in."""
    start, entered, others = threading.Barrier(BOOTHS), [], []

    def enter() -> None:
        try:
            start.wait(20)
            use = using.use_visa(
                make.HEADQUARTERS, None, number=number, entries=1, crossing_id=uuid7(),
                post="KG-MAN", entered_on=timezone.localdate(),
            )  # fmt: skip
            entered.append(use.nth)
        except InvalidMove:
            pass
        except Exception as error:  # noqa: BLE001 - whatever else it was fails the test below
            others.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(BOOTHS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert others == []
    return len(entered)


def test_a_visa_of_the_register_is_used_once(committed):
    visa = make.issued()
    try:
        assert enter_at_once(visa.number) == 1
        assert VisaUse.objects.count() == 1
    finally:
        make.forget_keys()


def test_a_visa_that_the_post_does_not_hold_is_used_once_too(committed):
    assert enter_at_once("KG777777") == 1


def given_back_once(number: str) -> None:
    """One entry was used and given back: it is free for one of those who come."""
    use = using.use_visa(
        make.HEADQUARTERS, None, number=number, entries=1, crossing_id=uuid7(),
        post="KG-MAN", entered_on=timezone.localdate(),
    )  # fmt: skip
    using.give_back_use(make.HEADQUARTERS, None, crossing_id=use.crossing_id, cause_id=uuid7())


def test_an_entry_that_was_given_back_is_used_once(committed):
    given_back_once("KG777777")
    assert enter_at_once("KG777777") == 1
    assert VisaUse.objects.filter(given_back=None).count() == 1


def test_without_the_database_it_would_have_been_used_more_than_once(committed):
    visas = [f"KG77777{number}" for number in range(8)]  # on a busy machine some come one by one
    for visa in visas:
        given_back_once(visa)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE visas_visause DROP CONSTRAINT visas_visause_after_id_key")
    assert any(enter_at_once(visa) > 1 for visa in visas)


def test_two_annulments_at_once_give_an_entry_back_once(committed):
    use = using.use_visa(
        make.HEADQUARTERS, None, number="KG777777", entries=1, crossing_id=uuid7(),
        post="KG-MAN", entered_on=timezone.localdate(),
    )  # fmt: skip
    start, ends = threading.Barrier(2), []

    def give_back() -> None:
        try:
            start.wait(20)
            given = using.give_back_use(
                make.HEADQUARTERS, None, crossing_id=use.crossing_id, cause_id=uuid7()
            )
            ends.append("given" if given else "none")
        except IntegrityError:
            ends.append("none")
        finally:
            connection.close()

    threads = [threading.Thread(target=give_back) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(ends) == ["given", "none"]


def test_without_the_database_more_would_have_entered(committed):
    """The negative control: what the two constraints are for."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX visa_use_once")
        cursor.execute("ALTER TABLE visas_visause DROP CONSTRAINT visa_use_within_entries")
    assert enter_at_once("KG777777") > 1
