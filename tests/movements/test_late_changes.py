"""What changes after a booking: who joins, who is escorted, which flight, and who boarded it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from safar.assistance.cases.actions.opening import NewMember
from safar.assistance.cases.actions.registering import join_case
from safar.assistance.movements.actions import bookings, departing, opening
from safar.assistance.movements.actions.together import travel_together
from safar.assistance.movements.models import Departure, MovementJourney, Passenger, Step
from safar.core.errors import RuleBroken
from safar.core.record import writing
from tests.makers import movements as files
from tests.makers.accounts import actor, sign_in
from tests.makers.movements import journeys as make
from tests.makers.movements.files import person
from tests.makers.people import new

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)


@pytest.fixture
def worker():
    return make.worker()


@pytest.fixture
def case(worker):
    return make.family(worker)


def again(journey):
    return MovementJourney.objects.get(pk=journey.pk)


def leaves(case, status="departed"):
    """Raw SQL, round every action."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET status = %s WHERE id = %s", [status, case.pk])


def joined(worker):
    """A family that is ready, and a brother who joined it and was given no step; all fit."""
    case = files.accepted(worker, person("Rahmatov Ikrom"))
    brother = NewMember(person("Rahmatov Farid"), "sibling")
    join_case(actor(worker), case, member=brother)
    files.finish_steps(worker, case, but=("preflight",))
    assert not Step.objects.filter(member=make.member(case, "Farid")).exists()
    return make.fresh(case)


def test_who_joined_late_and_was_given_no_step_is_not_ready(worker):
    case = joined(worker)
    journey = make.booked(worker, case, day=make.today())
    with pytest.raises(RuleBroken, match="Rahmatov Farid is missing: Still to do"):
        make.issue(worker, journey)
    browser = Client()
    sign_in(browser, worker)
    page = browser.get(reverse("movements:case", args=[case.pk])).content.decode()
    assert "steps are missing" in page
    opening.complete_steps(actor(worker), make.fresh(case))
    files.finish_steps(worker, case, but=("preflight",))
    assert make.issue(worker, again(journey)).status == "ticketed"


def test_sql_says_the_same_of_a_step_that_somebody_was_never_given(worker):
    case = joined(worker)
    files.finish_steps(worker, case)
    journey = make.booked(worker, case, day=make.today())
    with writing():
        MovementJourney.objects.filter(pk=journey.pk).update(status="ticketed")
        Passenger.objects.filter(journey=journey).update(boarded="boarded")
    with pytest.raises(IntegrityError, match="movements_step_missing"):
        leaves(case)
    opening.complete_steps(actor(worker), make.fresh(case))
    files.finish_steps(worker, case)
    leaves(case)


def test_sql_lets_nobody_arrive_who_could_not_leave(worker, case):
    make.check_off(worker, make.ticketed(worker, case, day=make.today()))
    make.health(case, "Ikrom", fitness="held", holds_until=None)
    with pytest.raises(IntegrityError, match="movements_not_fit"):
        leaves(case, "arrived")
    make.health(case, "Ikrom", fitness="fit", holds_until=make.today())
    leaves(case, "arrived")


def test_who_boarded_a_booking_that_was_cancelled_is_on_board_of_nothing(worker, case):
    first = make.ticketed(worker, case, day=make.today())
    make.check_off(worker, first)
    bookings.cancel_booking(actor(worker), again(first), reason="The carrier cancelled")
    second = make.ticketed(worker, case, make.member(case, "Ikrom"), day=make.today())
    with pytest.raises(IntegrityError, match="movements_nobody_on_board"):
        leaves(case)
    make.step(case, "Gulsara", "visa", status="to_do", done_on=None, expires_on=None)
    make.check_off(worker, second)
    departing.confirm_departure(actor(worker), make.fresh(case))
    assert Departure.objects.get().member == make.member(case, "Ikrom")


def change(worker, case, journey, *members, **facts):
    new_one = make.booking(case, *members, **facts)
    return bookings.change_booking(actor(worker), again(journey), new=new_one)


def test_other_flights_are_boarded_afresh_and_another_price_is_not(worker, case):
    journey = make.ticketed(worker, case, day=make.today())
    make.check_off(worker, journey)
    change(worker, case, journey, day=make.today(), carrier="Pegasus")
    assert set(journey.passengers.values_list("boarded", flat=True)) == {"boarded"}
    change(worker, case, journey, day=make.today() + DAY)
    assert set(journey.passengers.values_list("boarded", flat=True)) == {"booked"}


def test_whoever_is_added_to_a_ticketed_booking_gets_a_ticket_first(worker, case):
    ikrom, gulsara = (make.member(case, name) for name in ("Ikrom", "Gulsara"))
    journey = make.ticketed(worker, case, ikrom, day=make.today())
    assert change(worker, case, journey, ikrom, day=make.today()).status == "ticketed"
    assert change(worker, case, journey, ikrom, gulsara, day=make.today()).status == "held"
    with pytest.raises(RuleBroken, match="number of each ticket"):
        bookings.ticket(actor(worker), again(journey), tickets={ikrom.pk: "235-1"})
    assert make.issue(worker, again(journey)).status == "ticketed"
    assert not Passenger.objects.filter(journey=journey, ticket="").exists()


def test_nobody_leaves_without_the_escort_that_was_asked_for_after_the_tickets(worker, case):
    journey = make.ticketed(worker, case, day=make.today())
    make.health(case, "Ikrom", fitness="fit_with_needs", escort="medical")
    make.check_off(worker, journey)
    with pytest.raises(RuleBroken, match="needs an escort"):
        departing.confirm_departure(actor(worker), make.fresh(case))
    make.escort(worker, again(journey))
    departing.confirm_departure(actor(worker), make.fresh(case))


def child(worker):
    return make.family(worker, new("Rahmatova Mina", birth="2015-02-01"))


def test_a_child_is_ticketed_with_an_adult_or_an_escort_alone(worker):
    alone = child(worker)
    journey = make.booked(worker, alone)
    with pytest.raises(RuleBroken, match="Rahmatova Mina would fly without an adult"):
        make.issue(worker, journey)
    make.escort(worker, journey, kind="operational")
    assert make.issue(worker, again(journey)).status == "ticketed"


def test_an_adult_of_a_case_that_travels_along_on_the_same_flight_will_do(worker, case):
    alone = child(worker)
    journey = make.booked(worker, alone)
    travel_together(actor(worker), alone, other=case, why="her uncle")
    other = make.booked(worker, case, day=make.today() + 21 * DAY)
    with pytest.raises(RuleBroken, match="without an adult"):
        make.issue(worker, again(journey))
    change(worker, case, other)
    assert make.issue(worker, again(journey)).status == "ticketed"


def test_a_child_does_not_leave_where_her_parents_did_not_come(worker):
    family = make.family(
        worker, new("Rahmatov Ikrom", birth="1986"), new("Rahmatova Mina", birth="2015-02-01")
    )
    journey = make.ticketed(worker, family, day=make.today())
    make.check_off(worker, journey)
    make.check_off(worker, journey, "no_show", "Ikrom")
    with pytest.raises(RuleBroken, match="without an adult"):
        departing.confirm_departure(actor(worker), make.fresh(family))
    make.check_off(worker, journey, "boarded", "Ikrom")
    departing.confirm_departure(actor(worker), make.fresh(family))


def test_a_note_of_the_loan_is_offered_and_drafted_only_once_they_are_accepted(worker):
    case = files.referred(worker, person("Rahmatov Ikrom"))
    browser = Client()
    sign_in(browser, worker)
    page = reverse("movements:case", args=[case.pk])
    draft = reverse("movements:loan_draft", args=[case.pk])
    assert "Draft the promissory note" not in browser.get(page).content.decode()
    assert browser.post(draft).status_code == 403
    assert not case.travel_loans.exists()
    accepted = files.accepted(worker, person("Rahmatov Umed"))
    page = reverse("movements:case", args=[accepted.pk])
    assert "Draft the promissory note" in browser.get(page).content.decode()
    assert browser.post(reverse("movements:loan_draft", args=[accepted.pk])).status_code == 302
