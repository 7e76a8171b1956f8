"""Several people at once, each on a connection of her own: together they do not overspend."""

import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from safar.assistance.cases.actions import buying, granting, paying
from safar.assistance.cases.actions.granting import NewGrant
from safar.assistance.cases.actions.paying import NewPayment
from safar.core.errors import RuleBroken
from tests.makers import cases as make
from tests.makers import money
from tests.makers.accounts import actor

pytestmark = pytest.mark.slow

AT_ONCE = 5


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A copy of the empty database in which everything is committed, as in real life."""
    settings = connection.settings_dict
    name = settings["NAME"]
    copy = f"{name}_at_once"
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


def at_once(tasks):
    """Run the tasks in threads that start together; return how many the rules refused."""
    start, refused, others = threading.Barrier(len(tasks)), [], []

    def run(task):
        try:
            start.wait()
            task()
        except RuleBroken as error:
            refused.append(error)
        except Exception as error:  # noqa: BLE001 - whatever else it was fails the test below
            others.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert others == []
    return len(refused)


def without_guard(table, trigger):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


def value(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def granting_tasks():
    """Each worker grants 400 to a case of her own, from a line of 1,000."""
    line = money.line("1000.00")
    workers = [make.caseworker(f"700{n}") for n in range(AT_ONCE)]

    def task(worker, case, who):
        new = NewGrant(line, "cash", "Small shop", Decimal(400), "Trial scheme")

        def run():
            with make.as_in_pages(worker):
                granting.give_grant(who, case, new=new)

        return run

    return [task(worker, make.case(worker), actor(worker)) for worker in workers]


def paying_tasks():
    """Each worker plans a payment of 400 from the same grant of 1,000."""
    workers = [make.caseworker(f"700{n}") for n in range(AT_ONCE)]
    case = make.case(workers[0])
    grant = money.grant(workers[0], case, "1000.00")
    person = case.members.get().person
    new = NewPayment(Decimal(400), "cash", money.DUE, person=person)

    def task(worker, who):
        def run():
            with make.as_in_pages(worker):
                paying.plan_payment(who, grant, new=new)

        return run

    return [task(worker, actor(worker)) for worker in workers]


HELD = "SELECT coalesce(sum(ceiling), 0) FROM cases_grant"
PLANNED = "SELECT coalesce(sum(amount), 0) FROM cases_payment"


def test_grants_given_at_once_stay_within_their_line(committed):
    assert at_once(granting_tasks()) == AT_ONCE - 2
    assert value(HELD) == 800


def test_without_the_guard_of_the_database_they_would_not(committed):
    tasks = granting_tasks()
    without_guard("cases_grant", "cases_grant_guard")
    assert at_once(tasks) == 0
    assert value(HELD) == 400 * AT_ONCE


def test_payments_planned_at_once_stay_within_their_grant(committed):
    assert at_once(paying_tasks()) == AT_ONCE - 2
    assert value(PLANNED) == 800


def test_without_its_guard_the_database_would_take_them_all(committed):
    tasks = paying_tasks()
    without_guard("cases_payment", "cases_payment_planned")
    assert at_once(tasks) == 0
    assert value(PLANNED) == 400 * AT_ONCE


WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
LOOKS = 20_000  # at the lock that somebody is to wait for: some seconds


def test_while_another_quote_is_being_chosen_nobody_plans_for_the_one_before(committed):
    worker = make.caseworker("7001")
    grant = money.grant(worker, make.case(worker), kind="in_kind")
    purchase = buying.begin_purchase(actor(worker), grant, item="Sewing machine")
    quotes = [
        buying.add_quote(
            actor(worker), purchase, vendor=money.vendor(name), amount=Decimal(amount),
            quoted_on=money.DUE,
        )
        for name, amount in (("Cheap", 300), ("Dear", 700))
    ]  # fmt: skip
    why = {"why_few": "two shops", "why_chosen": "it lasts"}
    buying.choose_quote(actor(worker), purchase, quote=quotes[1], **why)
    purchase.refresh_from_db()
    who, held = actor(worker), threading.Event()

    def choose():
        with transaction.atomic():
            buying.choose_quote(who, purchase, quote=quotes[0], **why)
            held.set()
            assert any(value(WAITING) for _look in range(LOOKS))

    def plan():
        held.wait()
        money.payment(
            worker, grant, "700", vendor=quotes[1].vendor, purchase=purchase, method="vendor"
        )

    assert at_once([choose, plan]) == 1
    assert value("SELECT count(*) FROM cases_payment") == 0
