"""Who may be the same person: a question among those in sight, never an answer."""

from typing import Any

import pytest

from safar.assistance.cases.actions import judging
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.queries import duplicates
from tests.makers import cases as make
from tests.makers import people as made
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker():
    return make.caseworker()


def test_somebody_alike_is_asked_about_with_the_reason(worker):
    person = made.person(worker, "Rahmatov Ikrom", birth="1986-05-17", sex="M")
    made.person(worker, "Osmonova Aida")
    new = made.new("Рахматов Икром", birth="1986", sex="M")
    (one,) = duplicates.of_new(actor(worker), new)
    assert one.person == person
    assert [str(why) for why in one.reasons] == ["The names are alike"]
    assert one.cases[0].case == person.memberships.get().case


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"birth": "1986-06", "sex": "M"}, 0),
        ({"birth": "1990", "sex": "M"}, 0),
        ({"birth": "1990", "birth_is_estimated": True}, 1),
        ({"birth": "1996", "birth_is_estimated": True}, 0),
        ({"birth": "", "sex": ""}, 1),
        ({"birth": "1986-05-17", "sex": "F"}, 0),
    ],
)
def test_birth_and_sex_must_be_compatible(worker, facts, asked):
    made.person(worker, "Rahmatov Ikrom", birth="1986-05-17", sex="M")
    assert len(duplicates.of_new(actor(worker), made.new("Rahmatov Ikrom", **facts))) == asked


def test_the_same_number_or_telephone_is_asked_about_whatever_the_name(worker):
    numbers = (("unhcr_person", "731-00004418"),)
    made.person(worker, "Osmonova Aida", phone="0555 123 456", numbers=numbers)
    by_number = duplicates.of_new(actor(worker), made.new("Rahmatov Ikrom", numbers=numbers))
    by_phone = duplicates.of_new(actor(worker), made.new("A B", phone="+996 555 123456"))
    assert [str(why) for why in by_number[0].reasons] == ["The same number"]
    assert [str(why) for why in by_phone[0].reasons] == ["The same telephone"]


def test_a_family_s_file_and_telephone_are_no_question(worker):
    file = (("unhcr_file", "731-26C04418"),)
    case = made.case_of(
        worker,
        made.new("Rahmatov Ikrom", phone="0555 123456", numbers=file),
        made.new("Osmonova Aida", phone="0555 123456", numbers=file),
    )
    for member in case.members.all():
        assert duplicates.of_person(actor(worker), member.person) == []


def test_what_is_judged_is_no_question_until_it_is_taken_back(worker):
    one, other = made.person(worker, "Rahmatov Ikrom"), made.person(worker, "Rakhmatov Ikram")
    assert [each.person for each in duplicates.of_person(actor(worker), one)] == [other]
    judging.judge(actor(worker), one, other=other, judgement="different", reason="prints")
    assert duplicates.of_person(actor(worker), one) == []
    assert duplicates.of_person(actor(worker), other) == []
    (shown,) = duplicates.around(actor(worker), other)
    assert shown.judged is not None
    judging.take_back(actor(worker), other, other=one, reason="too early")
    assert [each.person for each in duplicates.of_person(actor(worker), one)] == [other]


def test_a_hidden_person_is_nobody_s_possible_duplicate(worker):
    hidden = make.caseworker("7003", Compartment.PROTECTION)
    facts: Any = {"phone": "+996 555 123456", "numbers": (("mission", "BE 7"),)}
    made.person(hidden, "Rahmatov Ikrom", compartment=Compartment.PROTECTION, **facts)
    new = made.new("Rahmatov Ikrom", **facts)
    person = made.person(worker, "Rahmatov Ikrom", **facts)
    with make.as_in_pages(worker):
        found = duplicates.of_new(actor(worker), new)
        assert [one.person for one in found] == [person]
        assert duplicates.around(actor(worker), person) == []
    assert len(duplicates.of_new(actor(hidden), new)) == 1
