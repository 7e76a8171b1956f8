"""Nobody leaves who is not ready, and nobody arrives who did not leave."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from safar.assistance.cases.models import Service
from safar.assistance.movements.actions import departing
from safar.assistance.movements.actions.departing import NewEvent, Rebooked
from safar.assistance.movements.models import Departure, MovementJourney, Passenger
from safar.assistance.movements.rules.booking import LegFacts
from safar.core.errors import InvalidMove, RuleBroken
from tests.makers import cases as kernel
from tests.makers.accounts import actor
from tests.makers.movements import journeys as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)


@pytest.fixture
def worker():
    return make.worker()


@pytest.fixture
def case(worker):
    return make.family(worker)


def confirm(worker, case):
    return departing.confirm_departure(actor(worker), make.fresh(case))


def test_who_is_on_board_leaves_and_is_counted_once(worker, case):
    with kernel.as_in_pages(worker):
        journey = make.departed(worker, case)
    assert (journey.status, make.fresh(case).status) == ("departed", "departed")
    rows = Departure.objects.filter(case=case)
    assert {one.member_id for one in rows} == {one.pk for one in case.members.all()}
    assert {(one.departed_on, one.departs_from, one.destination) for one in rows} == {
        (make.today(), "KGZ", "USA")
    }
    with pytest.raises(InvalidMove):
        confirm(worker, case)
    assert Departure.objects.count() == 2


def test_everybody_is_checked_off_first(worker, case):
    journey = make.ticketed(worker, case, day=make.today())
    make.check_off(worker, journey, "boarded", "Ikrom")
    with pytest.raises(RuleBroken, match="whether they are on board: Rahmatova Gulsara"):
        confirm(worker, case)


@pytest.mark.parametrize("boarded", ["no_show", "turned_back"])
def test_who_did_not_come_stays_named_and_is_not_counted(worker, case, boarded):
    journey = make.ticketed(worker, case, day=make.today())
    make.check_off(worker, journey)
    make.check_off(worker, journey, boarded, "Gulsara")
    confirm(worker, case)
    left = Departure.objects.filter(case=case).values_list("member", flat=True)
    assert list(left) == [make.member(case, "Ikrom").pk]
    assert Passenger.objects.get(member=make.member(case, "Gulsara")).boarded == boarded
    departing.confirm_arrival(actor(worker), make.fresh(case), on=make.today())
    assert not Departure.objects.filter(member=make.member(case, "Gulsara")).exists()


def test_nobody_on_board_is_no_departure(worker, case):
    make.check_off(worker, make.ticketed(worker, case, day=make.today()), "no_show")
    with pytest.raises(RuleBroken, match="Nobody is on board"):
        confirm(worker, case)
    assert make.fresh(case).status == "booked"


@pytest.mark.parametrize("kind", ["preflight", "visa"])
def test_the_unready_do_not_leave_and_the_sentence_says_why(worker, case, kind):
    journey = make.ticketed(worker, case, day=make.today())
    make.check_off(worker, journey)
    make.step(case, "Gulsara", kind, status="to_do", done_on=None, expires_on=None)
    with pytest.raises(RuleBroken, match="of Rahmatova Gulsara is missing"):
        confirm(worker, case)
    assert not Departure.objects.exists()
    make.check_off(worker, journey, "no_show", "Gulsara")
    confirm(worker, case)
    assert Departure.objects.count() == 1


def test_sql_says_the_same_of_the_unready(worker, case):
    journey = make.ticketed(worker, case, day=make.today())
    make.check_off(worker, journey)
    leave = "UPDATE cases_case SET status = 'departed' WHERE id = %s"
    make.health(case, "Ikrom", fitness="held", holds_until=None)
    with pytest.raises(IntegrityError, match="movements_not_fit"), transaction.atomic():
        connection.cursor().execute(leave, [case.pk])
    with pytest.raises(RuleBroken, match="Rahmatov Ikrom may not fly: On medical hold"):
        confirm(worker, case)
    make.health(case, "Ikrom", fitness="fit", holds_until=make.today())
    confirm(worker, case)


def test_nobody_is_checked_off_before_the_day_or_without_a_ticket(worker, case):
    held = make.booked(worker, case, day=make.today())
    with pytest.raises(InvalidMove):
        make.check_off(worker, held)
    ahead = make.ticketed(worker, make.family(worker))
    with pytest.raises(RuleBroken, match="still to come"):
        make.check_off(worker, ahead)


def test_they_arrive_on_or_after_the_day_they_left_and_the_case_is_closed(worker, case):
    make.departed(worker, case)
    for day, said in ((make.today() - DAY, "before they left"), (make.today() + DAY, "to come")):
        with pytest.raises(RuleBroken, match=said):
            departing.confirm_arrival(actor(worker), make.fresh(case), on=day)
    departing.confirm_arrival(actor(worker), make.fresh(case), on=make.today())
    closed = make.fresh(case)
    assert (closed.status, closed.closure) == ("arrived", "departed")
    assert set(Departure.objects.values_list("arrived_on", flat=True)) == {make.today()}


def test_who_has_not_left_does_not_arrive(worker, case):
    make.ticketed(worker, case, day=make.today())
    with pytest.raises(InvalidMove):
        departing.confirm_arrival(actor(worker), make.fresh(case), on=make.today())
    assert make.fresh(case).status == "booked"


def test_warm_clothing_is_counted_once_however_often_it_is_sent(worker, case):
    journey = make.ticketed(worker, case)
    key, new = uuid4(), NewEvent("clothing", timezone.now(), "Bishkek", "Coats and boots")
    for _time in range(3):
        departing.give_clothing(actor(worker), journey, form_key=key, pieces=6, new=new)
    assert Service.objects.filter(case=case, kind="items").get().quantity == 6
    assert journey.events.filter(kind="clothing").count() == 1
    departing.give_clothing(actor(worker), journey, form_key=uuid4(), pieces=1, new=new)
    assert Service.objects.filter(case=case).count() == 2


def test_help_at_the_airport_is_kept_and_never_ahead_of_time(worker, case):
    journey = make.ticketed(worker, case)
    departing.note_event(actor(worker), journey, new=NewEvent("border", timezone.now(), "Manas"))
    ahead = NewEvent("border", timezone.now() + DAY)
    with pytest.raises(RuleBroken, match="still to come"):
        departing.note_event(actor(worker), journey, new=ahead)
    with pytest.raises(RuleBroken, match="counted"):
        departing.note_event(actor(worker), journey, new=NewEvent("clothing", timezone.now()))
    assert list(journey.events.values_list("kind", flat=True)) == ["border"]


def another(first, hours, place="Istanbul"):
    leaves = first.arrives_at + timedelta(hours=hours)
    return LegFacts("AC899", place, leaves, "Toronto", leaves + timedelta(hours=10))


def test_a_missed_connection_leads_to_other_flights_and_a_new_revision(worker, case):
    with kernel.as_in_pages(worker):
        journey = make.departed(worker, case)
        first = journey.legs.get(number=1)
        missed = Rebooked(1, [another(first, 20)], timezone.now(), "Istanbul", "Fog")
        departing.rebook(actor(worker), journey, rebooked=missed)
    journey.refresh_from_db()
    assert [leg.flight for leg in journey.legs.all()] == ["TK347", "AC899"]
    assert journey.revision == 2
    assert list(journey.events.values_list("kind", flat=True)) == ["missed", "rebooked"]


def test_other_flights_must_follow_what_was_flown(worker, case):
    journey = make.departed(worker, case)
    first = journey.legs.get(number=1)
    for after, leg, said in (
        (1, another(first, 20, "Ankara"), "departs from Ankara"),
        (1, another(first, -1), "has landed"),
        (7, another(first, 20), "after which flight"),
    ):
        with pytest.raises(RuleBroken, match=said):
            departing.rebook(
                actor(worker), journey, rebooked=Rebooked(after, [leg], timezone.now())
            )
    assert MovementJourney.objects.get(pk=journey.pk).revision == 1


def test_nobody_misses_a_connection_before_leaving(worker, case):
    journey = make.ticketed(worker, case)
    first = journey.legs.get(number=1)
    with pytest.raises(InvalidMove):
        departing.rebook(
            actor(worker), journey, rebooked=Rebooked(1, [another(first, 20)], timezone.now())
        )
