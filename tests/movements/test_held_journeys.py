"""A check before the flight, and a hold after the booking: nobody leaves until it is lifted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from safar.assistance.movements.actions import bookings, departing
from safar.assistance.movements.actions.preflight import check_before_flight
from safar.assistance.movements.choices import Fitness
from safar.assistance.movements.models import (
    Leg,
    MovementJourney,
    TravelHealth,
)
from safar.core.errors import RuleBroken
from safar.core.record import writing
from tests.makers import movements as make
from tests.makers.accounts import actor
from tests.makers.movements import health as ill
from tests.makers.movements import journeys
from tests.makers.movements.files import CHILD, person

HOUR = timedelta(hours=1)


@pytest.fixture
def worker(db):
    return make.worker()


@pytest.fixture
def doctor(db):
    return ill.health_worker()


@pytest.fixture
def case(worker):
    return make.accepted(worker, person(), person("Rahmatova Madina", CHILD))


def madina(case):
    return journeys.member(case, "Madina")


@pytest.fixture
def family(worker):
    """A family with everything but its preflight check, ticketed for the day after tomorrow."""
    return journeys.family(worker)


def flies(family, worker, in_hours=48):
    """Seats on a flight that leaves in so many hours."""
    day = timezone.localdate() + timedelta(days=3)
    journey = journeys.booked(worker, family, day=day)
    leaves = timezone.now() + timedelta(hours=in_hours)
    put_off(journey, leaves)
    for member in family.members.all():
        journeys.step(family, str(member.person), "preflight", status="to_do", done_on=None,
                      expires_on=None)  # fmt: skip
    return journey


def soon(legs, later):
    """The same flights, the first of them so much later than now."""
    shift = timezone.now() + later - legs[0].departs_at
    return [
        replace(one, departs_at=one.departs_at + shift, arrives_at=one.arrives_at + shift)
        for one in legs
    ]


def put_off(journey, leaves):
    with writing():
        for leg in journey.legs.order_by("number"):
            Leg.objects.filter(pk=leg.pk).update(
                departs_at=leaves + (leg.number - 1) * 8 * HOUR,
                arrives_at=leaves + ((leg.number - 1) * 8 + 5) * HOUR,
            )


@pytest.mark.django_db
@pytest.mark.slow
class TestTheJourney:
    def test_a_check_in_time_finishes_the_step_of_that_member_alone(self, family, worker, doctor):
        flies(family, worker)
        one = journeys.member(family, "Ikrom")
        kept = check_before_flight(actor(doctor), journeys.fresh(family), member=one)
        assert kept.checked_at is not None
        step = make.step_of(family, "preflight", "Ikrom")
        assert step.status == "done"
        assert make.step_of(family, "preflight", "Gulsara").status == "to_do"

    @pytest.mark.parametrize(("hours", "words"), [(73, "Too early"), (23, "Too late")])
    def test_a_check_too_early_or_too_late_does_not(self, family, worker, doctor, hours, words):
        flies(family, worker, hours)
        one = journeys.member(family, "Ikrom")
        with pytest.raises(RuleBroken, match=words):
            check_before_flight(actor(doctor), journeys.fresh(family), member=one)
        assert make.step_of(family, "preflight", "Ikrom").status == "to_do"

    def test_a_check_is_for_whoever_has_a_seat_and_is_fit(self, family, worker, doctor):
        one = journeys.member(family, "Ikrom")
        with pytest.raises(RuleBroken, match="No seat"):
            check_before_flight(actor(doctor), family, member=one)
        flies(family, worker)
        journeys.health(family, "Ikrom", holds_until=timezone.localdate())
        with pytest.raises(RuleBroken, match="ends before the flight"):
            check_before_flight(actor(doctor), journeys.fresh(family), member=one)
        ill.said(doctor, one, Fitness.HELD)
        with pytest.raises(RuleBroken, match="fit to travel"):
            check_before_flight(actor(doctor), journeys.fresh(family), member=one)

    def test_a_hold_after_the_ticket_stops_the_departure_until_it_is_lifted(
        self, family, worker, doctor
    ):
        journey = journeys.ticketed(worker, family, day=timezone.localdate())
        journeys.check_off(worker, journey)
        one = journeys.member(family, "Gulsara")
        ill.said(doctor, one, Fitness.HELD)
        with pytest.raises(RuleBroken):
            departing.confirm_departure(actor(worker), journeys.fresh(family))
        with pytest.raises(IntegrityError, match="movements_"), transaction.atomic():
            leave_by_raw_sql(family)
        lift(doctor, one, family)
        departing.confirm_departure(actor(worker), journeys.fresh(family))
        assert journeys.fresh(family).status == "departed"

    def test_nobody_on_hold_is_booked_and_after_the_hold_she_is(self, family, worker, doctor):
        one = journeys.member(family, "Gulsara")
        ill.said(doctor, one, Fitness.HELD)
        with pytest.raises(RuleBroken, match="may not fly"):
            journeys.booked(worker, family)
        lift(doctor, one, family)
        assert journeys.booked(worker, family).status == "held"

    def test_a_hold_takes_the_check_before_the_flight_back(self, family, worker, doctor):
        flies(family, worker)
        one = journeys.member(family, "Ikrom")
        check_before_flight(actor(doctor), journeys.fresh(family), member=one)
        held = ill.said(doctor, one, Fitness.HELD)
        assert held.checked_at is None
        assert make.step_of(family, "preflight", "Ikrom").status == "to_do"

    def test_a_hold_a_need_and_an_escort_are_told_to_missions_and_a_later_day_is_not(
        self, family, worker, doctor
    ):
        journey = journeys.booked(worker, family)
        one = journeys.member(family, "Ikrom")

        def revision():
            return MovementJourney.objects.get(pk=journey.pk).revision

        ill.said(doctor, one)  # fit, as before
        assert revision() == 1
        ill.said(doctor, one, Fitness.FIT_WITH_NEEDS, needs=["wheelchair"])
        assert revision() == 2
        ill.said(doctor, one, Fitness.FIT_WITH_NEEDS, needs=["wheelchair"],
                 holds_until=timezone.localdate() + timedelta(days=40))  # fmt: skip
        assert revision() == 2
        ill.said(doctor, one, Fitness.FIT_WITH_NEEDS, needs=["wheelchair"], escort="medical")
        assert revision() == 3
        ill.said(doctor, one, Fitness.HELD)
        assert revision() == 4

    def test_nobody_is_told_of_whoever_has_no_seat(self, family, worker, doctor):
        one = journeys.member(family, "Ikrom")
        journey = journeys.booked(worker, family, one)
        ill.said(doctor, journeys.member(family, "Gulsara"), Fitness.HELD)
        assert MovementJourney.objects.get(pk=journey.pk).revision == 1

    def test_a_flight_that_is_put_off_asks_for_the_check_once_more(self, family, worker, doctor):
        journey = flies(family, worker)
        one = journeys.member(family, "Ikrom")
        check_before_flight(actor(doctor), journeys.fresh(family), member=one)
        same = journeys.booking(family, reference="PNR456")
        for days, status in ((2, "done"), (9, "to_do")):
            legs = journeys.legs(timezone.localdate() + timedelta(days=days))
            legs = soon(legs, days * 24 * HOUR)
            bookings.change_booking(
                actor(worker),
                MovementJourney.objects.get(pk=journey.pk),
                new=replace(same, legs=legs),
            )
            assert make.step_of(family, "preflight", "Ikrom").status == status
        assert TravelHealth.objects.get(member=one).checked_at is None


def lift(doctor, member, family):
    ill.said(doctor, member)
    journeys.step(family, str(member.person), "preflight", status="done",
                  done_on=timezone.localdate())  # fmt: skip


def leave_by_raw_sql(family):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET status = 'departed' WHERE id = %s", [family.pk])
