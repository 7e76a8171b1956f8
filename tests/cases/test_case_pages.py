"""The page of a case, and two who work at it at once, through the real views."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safar.assistance.cases import programmes
from safar.assistance.cases.actions import changing
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.due import Banner
from safar.assistance.cases.models import Case, Plan
from safar.core.models import AuditEntry
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


def test_the_page_of_a_case_shows_its_parts_and_that_it_was_opened_is_on_record(
    worker, case, pages
):
    work.task(worker, case, "Book a medical", due_on=work.today())
    work.service(worker, case, place="Osh")
    work.follow_up(worker, case)
    work.plan(worker, case)
    shown = text(pages.get(at("case", case.pk)))
    for words in (
        case.number, "Rahmatov Ikrom", "Programme file", "Book a medical", "Counselling",
        "One month after", "To live on her own work", "Case opened", "Who may know what",
    ):  # fmt: skip
        assert words in shown, words
    row = AuditEntry.objects.get(action="cases.open")
    assert (row.outcome, row.target) == ("opened", f"Case:{case.pk}")
    assert row.details == {"purpose": "casework"}  # kept for ever: no word of the case


def test_a_case_of_another_office_does_not_exist_and_its_opening_is_not_recorded(case):
    stranger = signed_in(cases.caseworker("7002", at=cases.OSH))
    names = ("case", "everything", "case_change", "hand_over", "task_add", "services", "plan_add")
    answers = {name: stranger.get(at(name, case.pk)).status_code for name in names}
    assert set(answers.values()) == {404}
    assert stranger.get(at("case", uuid4())).status_code == 404
    assert not AuditEntry.objects.filter(action="cases.open").exists()


def test_what_belongs_to_a_case_out_of_sight_does_not_exist(worker, case):
    made = {
        "task": work.task(worker, case),
        "follow_up": work.follow_up(worker, case),
        "service_take_back": work.service(worker, case),
        "plan": work.plan(worker, case),
    }
    stranger, own = signed_in(cases.caseworker("7002", at=cases.OSH)), signed_in(worker)
    for name, row in made.items():
        assert stranger.get(at(name, row.pk)).status_code == 404, name
        assert own.get(at(name, row.pk)).status_code == 200, name


def test_a_restricted_file_is_opened_with_a_purpose_only(worker):
    who = cases.caseworker("7005", Compartment.RESTRICTED)
    hidden = cases.case(who, compartment=Compartment.RESTRICTED)
    client = signed_in(who)
    asked = text(client.get(at("case", hidden.pk)))
    assert "Why do you open this file?" in asked
    assert "Rahmatov" not in asked
    assert client.get(at("everything", hidden.pk)).status_code == 302
    assert client.post(at("why", hidden.pk), {"purpose": "x"}).status_code == 422
    client.post(at("why", hidden.pk), {"purpose": "She calls at noon"})
    assert "Rahmatov" in text(client.get(at("case", hidden.pk)))
    row = AuditEntry.objects.get(action="cases.open")
    assert row.details == {"purpose": str(hidden.openings.get().pk)}  # the words go with the case
    assert "She calls at noon" in text(client.get(at("everything", hidden.pk)))


def queries(client, key):
    client.get(at("case", key))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(at("case", key)).status_code == 200
    return len(seen)


def test_the_page_of_a_case_asks_no_more_of_the_database_when_there_is_more_in_it(worker, pages):
    small = cases.case(worker, "Rahmatov Ikrom", "Rahmatova Gulsara")
    large = cases.case(worker, *(f"Rahmatov Name{n}" for n in range(9)))
    for case, times in ((small, 1), (large, 9)):
        people = [one.person for one in case.members.all()]
        for number in range(times):
            person = people[number % len(people)]
            work.task(worker, case, person=person, due_on=work.today(number))
            work.service(worker, case, person=person)
            work.attempt(worker, work.follow_up(worker, case, person=person))
    assert queries(pages, small.pk) == queries(pages, large.pk)


def test_everything_that_happened_is_paged(worker, case, pages):
    for _ in range(52):
        work.service(worker, case)
    first = text(pages.get(at("everything", case.pk)))
    second = text(pages.get(at("everything", case.pk), {"page": 2}))
    assert "Page 1 of 2" in first
    assert (first + second).count("Case opened") == 1
    assert (first + second).count("Counselling") == 52


def test_a_programme_says_how_the_case_stands(worker, case, pages, monkeypatch):
    from dataclasses import replace

    said = replace(cases.TRIAL, banner=lambda _actor, _case: Banner("check", "Not ready to depart"))
    monkeypatch.setitem(programmes._REGISTRY, "trial", said)
    assert "Not ready to depart" in text(pages.get(at("case", case.pk)))


def test_the_way_off_the_page_says_nothing_of_anybody_and_locks_the_screen(case, pages):
    assert f'href="{reverse("away")}"' in text(pages.get(at("case", case.pk)))
    shown = text(pages.get(reverse("away")))
    assert "Safar" not in shown
    assert "case" not in shown.casefold()
    assert pages.get(at("case", case.pk)).status_code == 302  # locked
    assert Client().get(reverse("away")).status_code == 200


# ---- two at once ----


def edit(client, case, shown, **typed):
    """Post the form as a browser would: with the values that were shown."""
    form = {"version": shown.version}
    for name in ("purpose", "team", "project", "review_on"):
        value = getattr(shown, name) or ""
        form |= {f"initial-{name}": value, name: typed.get(name, value)}
    return client.post(at("case_change", case.pk), form | typed)


def test_two_who_change_different_things_of_one_case_lose_nothing(worker, case, pages):
    shown = Case.objects.get()
    changing.change_case(actor(worker), case, seen=1, changes={"team": "North"})
    assert edit(pages, case, shown, purpose="To Canada").status_code == 302
    case.refresh_from_db()
    assert (case.team, case.purpose) == ("North", "To Canada")


def test_the_second_of_two_sees_both_and_chooses(worker, case, pages):
    shown = Case.objects.get()
    changing.change_case(actor(worker), case, seen=1, changes={"purpose": "Her words"})
    answer = edit(pages, case, shown, purpose="My words")
    assert answer.status_code == 422
    assert "Her words" in text(answer)
    assert "My words" in text(answer)
    case.refresh_from_db()
    assert case.purpose == "Her words"  # nothing is overwritten silently
    again = {"version": 2, "purpose": "My words", "keep_purpose": "mine"}
    assert edit(pages, case, shown, **again).status_code == 302
    case.refresh_from_db()
    assert case.purpose == "My words"


def test_the_second_may_leave_what_the_first_saved(worker, case, pages):
    shown = Case.objects.get()
    changing.change_case(actor(worker), case, seen=1, changes={"purpose": "Her words"})
    kept = {"version": 2, "purpose": "My words", "keep_purpose": "theirs", "team": "South"}
    assert edit(pages, case, shown, **kept).status_code == 302
    case.refresh_from_db()
    assert (case.purpose, case.team) == ("Her words", "South")


def test_a_choice_made_before_a_third_change_is_asked_again(worker, case, pages):
    shown = Case.objects.get()
    changing.change_case(actor(worker), case, seen=1, changes={"purpose": "Her words"})
    changing.change_case(actor(worker), case, seen=2, changes={"purpose": "A third"})
    chosen = {"version": 2, "purpose": "My words", "keep_purpose": "mine"}
    answer = edit(pages, case, shown, **chosen)
    assert answer.status_code == 422
    assert "A third" in text(answer)


def test_the_words_of_a_plan_are_not_lost_either(worker, case, pages):
    plan = work.plan(worker, case)
    from safar.assistance.cases.actions import planning

    planning.change_plan(actor(worker), plan, seen=1, changes={"goal": "Hers"})
    form = {"version": 1, "initial-goal": "To live on her own work", "goal": "Mine",
            "initial-wishes": "", "wishes": "She wants a shop"}  # fmt: skip
    answer = pages.post(at("plan", plan.pk), form)
    assert answer.status_code == 422
    assert "Hers" in text(answer)
    assert "Mine" in text(answer)
    assert Plan.objects.get().goal == "Hers"
