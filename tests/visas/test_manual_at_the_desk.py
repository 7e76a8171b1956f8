"""Does the consul read on her pages what the booth will ask and the public page answers?"""

import pytest

from safar.control.visas.actions import manual as actions
from safar.control.visas.actions.manual import NewRule
from safar.control.visas.queries import manual as queries
from tests.makers import visas as make
from tests.makers.accounts import actor, user
from tests.visas.test_visas_desk import browser, read, url

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _manual():
    queries.forget()
    yield
    queries.forget()


def rule(way, **more):
    make.country("KGZ", "Kyrgyzstan")
    given = {
        "code": f"UTO-{way.upper()}", "way": way, "act": "Decree 5 of 2026",
        "citizenships": ["UTO"], "in_force_from": make.day(-900), "reason": "A new agreement",
    }  # fmt: skip
    keepers = [actor(user(login, "visa_manual_keeper")) for login in ("6001", "6002")]
    proposed = actions.propose_rule(keepers[0], None, new=NewRule(**{**given, **more}))
    actions.approve_rule(keepers[1], proposed)
    queries.forget()


def on_both_pages(found):
    consul = browser("Meerim", "consul")
    return [read(consul, url(name, found.pk)) for name in ("application", "decide")]


def way(found):
    answer = queries.answer_for(found)
    return answer and answer.way


def test_the_consul_reads_that_a_visa_is_needed_and_why():
    for page in on_both_pages(make.prepared()):
        assert "A visa from a consulate is needed." in page
        assert "nothing else is laid down for its citizens" in page


def test_the_consul_reads_that_none_is_needed_and_by_which_act():
    rule("free", days=30, papers=["means"])
    for page in on_both_pages(make.prepared()):
        assert "No visa is needed." in page
        assert "Up to 30 days." in page
        assert "Decree 5 of 2026" in page
        assert "A visa from a consulate is needed." not in page


def test_the_day_of_arrival_counts_and_not_today():
    rule("free", in_force_from=make.day(31))
    assert way(make.prepared(arrives_on=make.day(30))) == "visa"
    assert way(make.prepared(arrives_on=make.day(31))) == "free"


@pytest.mark.parametrize(("kind", "expected"), [("P", "visa"), ("PO", "free"), ("PS", "visa")])
def test_a_service_passport_is_read_as_one_and_a_stateless_persons_paper_is_not(kind, expected):
    rule("free", passports=["service"])
    assert way(make.prepared(document={"document_kind": kind})) == expected


def test_before_the_journey_is_written_there_is_no_answer():
    assert way(make.draft()) is None
