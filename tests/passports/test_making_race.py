"""Two operators at once never take the same job or the same blank; each on her own connection."""

import contextlib
import threading

import pytest
from django.db import connection

from safar.control.applications import actions as applications
from safar.control.passports import actions
from safar.control.passports.actions import deciding, making
from safar.control.passports.actions.applying import Who
from safar.control.passports.models import Holder, Passport, PersonalisationJob
from safar.core.errors import DomainError
from tests.makers import passports as make
from tests.makers import passports_made as papers

pytestmark = pytest.mark.slow
OPERATORS = 4


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A copy of the empty database in which everything is committed, as in real life."""
    settings = connection.settings_dict
    name = settings["NAME"]
    copy = f"{name}_making"
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


def at_once(acts) -> list[object]:
    """What each of these gives, all begun in the same moment: a job, or the refusal."""
    start, ends = threading.Barrier(len(acts)), []

    def run(act) -> None:
        try:
            start.wait(20)
            ends.append(act())
        except DomainError as refused:
            ends.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return ends


@pytest.fixture
def operators(committed):
    papers.fresh_keys()
    yield [papers.operator(f"Operator {number}") for number in range(OPERATORS)]
    papers.forget_keys()


def test_four_operators_and_three_jobs_are_three_documents_on_three_blanks(operators):
    papers.stocked()
    wanted = {make.approved(person=one).pk for one in people(3)}
    ends = at_once(
        [lambda who=who: making.take_next(who, None, office=make.HOME) for who in operators]
    )
    jobs = [end for end in ends if isinstance(end, PersonalisationJob)]
    assert len(jobs) == 3, ends
    assert {job.application_id for job in jobs} == wanted
    assert Passport.objects.values("number").distinct().count() == 3
    assert len({job.taken_by_id for job in jobs}) == 3


def test_of_four_who_want_the_same_application_one_gets_it(operators):
    papers.stocked()
    application = make.approved()
    ends = at_once([lambda who=who: making.take_job(who, application) for who in operators])
    assert len([end for end in ends if isinstance(end, PersonalisationJob)]) == 1, ends
    assert (PersonalisationJob.objects.count(), Passport.objects.count()) == (1, 1)


def people(count: int) -> list[Who]:
    return [
        make.who(surname=f"PERSON {'ABC'[number]}", personal_number="", given_names="")
        for number in range(count)
    ]


def test_two_applications_of_one_person_are_not_approved_side_by_side(committed, monkeypatch):
    first, second = (make.paid(make.sent()) for _each in range(2))
    for one in (first, second):
        actions.check_identity(make.clerk(), one)
        actions.ask_lists(make.clerk(), one)
        make.judged(one, "same")
        actions.check(make.clerk(), make.again(one))
    both = threading.Barrier(2)

    def together(*_given) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(2)

    monkeypatch.setattr(applications, "ask_once_more", together)
    sabyr = make.approver()
    ends = at_once(
        [lambda one=one: deciding.approve(sabyr, one, reason="Fine") for one in (first, second)]
    )
    assert [isinstance(end, DomainError) for end in ends].count(True) == 1, ends
    assert Holder.objects.count() == 1
