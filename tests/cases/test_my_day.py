"""My day and what is found from there, through the real views."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safar.assistance.cases import programmes
from safar.assistance.cases.actions import moving, tasks
from safar.assistance.cases.due import Due
from tests.cases.pages import at, signed_in, text
from tests.makers import cases, work
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker():
    return cases.caseworker("7001")


@pytest.fixture
def case(worker):
    return cases.case(worker)


@pytest.fixture
def pages(worker):
    return signed_in(worker)


def test_my_day_counts_what_is_late_and_due_and_leads_there(worker, case, pages):
    late = work.task(worker, case, "Ask for the certificate", due_on=work.today(-3))
    now = work.task(worker, case, "Book a medical", due_on=work.today(), stops="the departure")
    work.task(worker, case, "Exit permission", waits_for="Migration service")
    day = text(pages.get(at("my_day")))
    assert "1 thing is late, 1 is due today" in day
    assert "3 days late" in day
    assert "Stops the departure" in day
    assert at("task", late.pk) in day
    assert at("task", now.pk) in day
    assert "Migration service" in day
    assert "Waiting for others" in day


def test_my_day_shows_appointments_only_where_there_are_some(worker, case, pages):
    assert "Appointments" not in text(pages.get(at("my_day")))
    from datetime import time

    work.task(worker, case, "Meet at Manas", due_on=work.today(), due_at=time(14, 35))
    day = text(pages.get(at("my_day")))
    assert "Appointments" in day
    assert "14:35" in day


def test_my_day_says_nothing_of_a_colleagues_case(worker, case, pages):
    colleague = cases.caseworker("7002")
    work.task(colleague, cases.case(colleague, "Other Name"), "Hers", due_on=work.today())
    assert "Hers" not in text(pages.get(at("my_day")))
    assert "Hers" in text(signed_in(colleague).get(at("my_day")))


def test_a_task_given_to_a_colleague_is_on_her_day_and_not_on_the_leads(worker, case, pages):
    colleague = cases.caseworker("7002")
    work.task(worker, case, "Fetch the papers", due_on=work.today(), assignee=colleague)
    assert "Fetch the papers" not in text(pages.get(at("my_day")))
    assert "Fetch the papers" in text(signed_in(colleague).get(at("my_day")))


def test_files_are_found_by_code_and_programme_and_not_by_name(worker, case, pages):
    def found(words):
        return at("case", case.pk) in text(pages.get(at("my_day"), {"words": words}))

    assert found(case.number[-4:])
    assert found("trial")
    assert not found("Rahmatov")
    assert not found("Canada")


def test_files_are_found_by_the_town_where_somebody_lives(worker, case, pages):
    from safar.assistance.cases.models import Household, HouseholdMember
    from safar.core.record import writing

    with writing("cases"):
        home = Household.objects.create(place="Kara-Balta")
        person = case.members.get().person
        HouseholdMember.objects.create(
            household=home, person=person, period=(work.today(-100), None)
        )
    assert at("case", case.pk) in text(pages.get(at("my_day"), {"words": "kara"}))


def test_files_lent_for_a_time_are_on_the_day_until_it_is_over(worker, case):
    other = cases.caseworker("7002", at=cases.OSH)
    moving.cover(actor(worker), case, by=other, reason="leave", until=work.today(3))
    assert "Handed over to you" in text(signed_in(other).get(at("my_day")))
    moving.cover(actor(worker), case, by=other, reason="leave", until=work.today(-3))
    assert "Handed over to you" not in text(signed_in(other).get(at("my_day")))


def test_what_a_programme_says_falls_due_is_on_the_day(worker, case, pages, monkeypatch):
    from dataclasses import replace

    def due(_actor, today):
        return [Due(case, "Sign the declaration", "/there", today)]

    monkeypatch.setitem(programmes._REGISTRY, "trial", replace(cases.TRIAL, due=due))
    assert "Sign the declaration" in text(pages.get(at("my_day")))


def test_a_plan_waits_on_the_day_of_those_who_may_agree_and_not_of_its_author(worker, case, pages):
    work.plan(worker, case, submitted=True)
    mine = text(pages.get(at("my_day")))
    assert "Waiting for others" in mine
    assert "1 is due today" not in mine
    officer = cases.caseworker("7009", role="programme_officer")
    assert "1 is due today" in text(signed_in(officer).get(at("my_day")))


def test_my_day_asks_no_more_of_the_database_when_there_is_more_to_do(worker, pages):
    def asked():
        pages.get(at("my_day"))
        with CaptureQueriesContext(connection) as seen:
            pages.get(at("my_day"))
        return len(seen)

    first = cases.case(worker)
    work.task(worker, first, due_on=work.today(-1))
    work.follow_up(worker, first)
    few = asked()
    for _ in range(5):
        more = cases.case(worker)
        work.task(worker, more, due_on=work.today())
        work.follow_up(worker, more)
    assert asked() == few


def test_a_finished_task_is_no_more_on_my_day(worker, case, pages):
    made = work.task(worker, case, "Call the school", due_on=work.today(-1))
    assert "1 thing is late" in text(pages.get(at("my_day")))
    tasks.finish_task(actor(worker), made)
    assert "1 thing is late" not in text(pages.get(at("my_day")))
