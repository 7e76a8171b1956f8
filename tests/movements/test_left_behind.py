"""Who stayed behind at the gate is nobody's loss: she goes on in a case of her own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import Case
from safar.assistance.movements.actions import departing
from safar.assistance.movements.actions.left_behind import open_own_case
from safar.assistance.movements.models import Departure, Step, TravelHealth
from safar.assistance.movements.queries.due import due
from safar.assistance.movements.queries.left_behind import left_behind
from safar.core.errors import InvalidMove, NotFound, RuleBroken
from safar.core.record import writing
from tests.makers import cases as kernel
from tests.makers.accounts import actor, sign_in
from tests.makers.movements import journeys as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STAYED = "One person stayed behind: open a case of her own"


@pytest.fixture
def worker():
    return make.worker()


@pytest.fixture
def case(worker):
    return make.family(worker)


def left_without(worker, case, *names):
    """They left today, without those of these names."""
    journey = make.ticketed(worker, case, day=make.today())
    make.check_off(worker, journey)
    for name in names:
        make.check_off(worker, journey, "no_show", name)
    departing.confirm_departure(actor(worker), make.fresh(case))
    return make.fresh(case)


def titles(worker, days=0):
    return [str(one.title) for one in due(actor(worker), make.today() + timedelta(days=days))]


def test_she_goes_on_where_she_stood_and_is_booked_and_leaves(worker, case):
    old = left_without(worker, case, "Gulsara")
    assert STAYED in titles(worker)
    with kernel.as_in_pages(worker):
        made = open_own_case(actor(worker), old)
    assert STAYED not in titles(worker)
    assert (made.status, made.office_id, made.lead_id) == ("preparing", old.office_id, worker.pk)
    assert made.movement.destination == old.movement.destination
    her = made.members.get()
    assert (str(her.person), her.role) == ("Rahmatova Gulsara", "applicant")
    states = dict(Step.objects.filter(member=her).values_list("kind", "status"))
    assert states.pop("preflight") == "to_do"
    assert set(states.values()) == {"done"}
    assert TravelHealth.objects.get(member=her).checked_at is None
    assert [str(one.person) for one in old.members.filter(left_on=None)] == ["Rahmatov Ikrom"]
    make.step(made, "Gulsara", "preflight", status="done", done_on=make.today())
    make.departed(worker, made)
    assert Departure.objects.filter(case=made).count() == 1
    assert Departure.objects.filter(case=old).count() == 1


def test_nobody_goes_on_before_the_others_left_or_where_all_did(worker, case):
    with pytest.raises(InvalidMove):
        open_own_case(actor(worker), case)
    old = left_without(worker, case)
    assert STAYED not in titles(worker)
    with pytest.raises(RuleBroken, match="Everybody of this case has left"):
        open_own_case(actor(worker), old)
    assert Case.objects.count() == 1


def test_she_is_not_lost_when_the_others_arrived_and_their_case_is_closed(worker, case):
    old = left_without(worker, case, "Gulsara")
    departing.confirm_arrival(actor(worker), old, on=make.today())
    assert STAYED in titles(worker)
    assert STAYED not in titles(worker, days=91)
    made = open_own_case(actor(worker), make.fresh(case))
    assert made.members.count() == 1
    assert not left_behind([case.pk]).exists()


def test_a_restricted_case_stays_restricted_and_no_other_office_opens_one(worker, case):
    left_without(worker, case, "Gulsara")
    stranger = make.worker("7302", at=make.OSH)
    with pytest.raises(NotFound):
        open_own_case(actor(stranger), make.fresh(case))
    kernel.place(worker, Compartment.RESTRICTED, programme="movements")
    with writing():
        Case.objects.filter(pk=case.pk).update(compartment=Compartment.RESTRICTED, lead=worker)
    made = open_own_case(actor(worker), make.fresh(case))
    assert made.compartment == Compartment.RESTRICTED


def test_the_page_of_the_journey_offers_it_to_whoever_may(worker, case):
    old = left_without(worker, case, "Gulsara")
    browser = Client()
    sign_in(browser, worker)
    page = reverse("movements:journey", args=[old.pk])
    assert "Open a case for those who stayed" in browser.get(page).content.decode()
    answer = browser.post(reverse("movements:own_case", args=[old.pk]))
    made = Case.objects.exclude(pk=old.pk).get()
    assert answer.headers["Location"] == reverse("movements:case", args=[made.pk])
    assert "Open a case for those who stayed" not in browser.get(page).content.decode()
