"""The visa manual: two people change it, and the booth, the consul and the public page ask it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.visas.actions import manual as actions
from safar.control.visas.actions.manual import NewRule
from safar.control.visas.models.manual import EntryRule
from safar.control.visas.queries import manual
from safar.core.errors import NotAllowed, RuleBroken
from tests.makers import border
from tests.makers.accounts import actor, sign_in, user
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _reference(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False  # it has tests of its own
    load_reference()
    manual.forget()
    yield
    manual.forget()


@pytest.fixture
def keeper():
    return user("6001", "visa_manual_keeper", name="First Keeper")


@pytest.fixture
def second():
    return user("6002", "visa_manual_keeper", name="Second Keeper")


def new(**changed):
    given = {
        "code": "IND-30", "way": "free", "act": "Decree 5 of 2026", "in_force_from": DAY,
        "reason": "A new agreement", "citizenships": ["IND"], "days": 30,
    }  # fmt: skip
    return NewRule(**{**given, **changed})


def approved(keeper, second, **changed):
    rule = actions.propose_rule(actor(keeper), None, new=new(**changed))
    return actions.approve_rule(actor(second), rule)


def way(citizenship="IND", day=DAY, **more):
    return manual.may_enter(citizenship, day, **more).way


def test_a_line_holds_once_a_second_person_agreed_and_from_its_day_on(keeper, second):
    assert way() == "visa"
    rule = actions.propose_rule(actor(keeper), None, new=new())
    assert way() == "visa"
    actions.approve_rule(actor(second), rule)
    assert way() == "free"
    assert way(day=DAY - timedelta(days=1)) == "visa"


def test_whoever_proposed_does_not_agree(keeper, second):
    rule = actions.propose_rule(actor(keeper), None, new=new())
    with pytest.raises(NotAllowed):
        actions.approve_rule(actor(keeper), rule)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE visas_entryrule SET approved_at = now(), approved_by_id = proposed_by_id, "
            "approved_by_name = proposed_by_name"
        )
    assert actions.approve_rule(actor(second), rule).approved_by == second


def test_what_safar_ships_with_holds_beneath_and_an_own_line_goes_before_it(keeper, second):
    assert way("D") == "free"
    approved(keeper, second, code="D-SUSPENDED", way="visa", citizenships=["D"], days=None)
    found = manual.may_enter("D", DAY)
    assert found.rule
    assert (found.way, found.rule.code) == ("visa", "D-SUSPENDED")


def test_an_ending_needs_two_people_too_and_is_the_last_day(keeper, second):
    rule = approved(keeper, second)
    last = timezone.localdate() + timedelta(days=3)
    ending = actions.propose_ending(actor(keeper), rule, last_day=last, act="Decree 6")
    with pytest.raises(NotAllowed):
        actions.approve_ending(actor(keeper), ending)
    assert way(day=last + timedelta(days=1)) == "free"
    actions.approve_ending(actor(second), ending)
    assert (way(day=last), way(day=last + timedelta(days=1))) == ("free", "visa")


def test_nobody_agrees_to_an_ending_whose_day_is_over(keeper, second):
    rule = approved(keeper, second)
    last = timezone.localdate() + timedelta(days=3)
    ending = actions.propose_ending(actor(keeper), rule, last_day=last, act="Decree 6")
    with border.clock(timezone.now() + timedelta(days=4)), pytest.raises(RuleBroken, match="past"):
        actions.approve_ending(actor(second), ending)
    with border.clock(timezone.now() + timedelta(days=3)):  # the control
        actions.approve_ending(actor(second), ending)


@pytest.mark.parametrize(
    "wrong",
    [
        {"citizenships": ["KGZ"]},
        {"window_days": 20},
        {"visit_days": 31},
        {"last_day": DAY - timedelta(days=1)},
    ],
)
def test_a_line_that_does_not_fit_is_refused(keeper, wrong):
    with pytest.raises(RuleBroken):
        actions.propose_rule(actor(keeper), None, new=new(**wrong))
    assert not EntryRule.objects.exists()


def test_a_declined_line_never_holds(keeper, second):
    rule = actions.propose_rule(actor(keeper), None, new=new())
    actions.decline_rule(actor(second), rule)
    with pytest.raises(NotAllowed):
        actions.approve_rule(actor(second), rule)
    assert way() == "visa"


def test_everybody_may_ask_and_nobody_reads_what_is_only_proposed(client, keeper, second):
    actions.propose_rule(actor(keeper), None, new=new(code="SECRET-PLAN"))
    asked = {"citizenship": "IND", "day": "22.11.2026", "passport": "ordinary", "post": ""}
    page = client.get(reverse("visas:needed"), asked).content.decode()
    assert "A visa from a consulate is needed." in page
    assert "SECRET-PLAN" not in page
    assert client.get(reverse("visas:manual")).status_code in (302, 403)
    officer = user("6003", "officer", posts=["KG-DOS"])
    browser = Client()
    sign_in(browser, officer)
    assert browser.get(reverse("visas:manual")).status_code == 403


def test_two_keepers_change_the_manual_in_the_browser(keeper, second):
    first, other = Client(), Client()
    sign_in(first, keeper)
    sign_in(other, second)
    typed = {
        "code": "IND-30", "way": "free", "citizenships": ["IND"], "days": "30",
        "act": "Decree 5 of 2026", "in_force_from": "22.11.2026", "reason": "A new agreement",
    }  # fmt: skip
    assert first.post(reverse("visas:rule_add"), typed).status_code == 302
    rule = EntryRule.objects.get()
    assert "Agree to it" not in first.get(reverse("visas:rule", args=[rule.pk])).content.decode()
    assert first.post(reverse("visas:rule_approve", args=[rule.pk])).status_code == 403
    assert "Agree to it" in other.get(reverse("visas:rule", args=[rule.pk])).content.decode()
    other.post(reverse("visas:rule_approve", args=[rule.pk]))
    asked = {"citizenship": "IND", "day": "22.11.2026", "passport": "ordinary", "post": ""}
    page = first.get(reverse("visas:manual"), asked).content.decode()
    assert "No visa is needed." in page
    assert "Up to 30 days." in page
