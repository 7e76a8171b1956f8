"""Nobody is booked on flights that do not connect, or that her papers do not outlast."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from safar.assistance.movements.actions import bookings, escorts
from safar.assistance.movements.actions.booking_checks import Seat
from safar.assistance.movements.models import Escort, MovementJourney
from safar.assistance.movements.rules.booking import (
    MINIMUM_CONNECTION,
    LegFacts,
    escorts_missing,
    fault_of,
    shares,
)
from safar.core.errors import InvalidMove, NotAllowed, NotFound, RuleBroken
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


def test_a_family_that_is_ready_is_booked_and_its_case_with_it(worker, case):
    journey = make.booked(worker, case)
    assert make.fresh(case).status == "booked"
    assert journey.revision == 1
    assert journey.passengers.count() == 2
    assert [leg.flight for leg in journey.legs.all()] == ["TK347", "TK17"]


def test_the_page_role_may_book_change_and_cancel(worker, case):
    with kernel.as_in_pages(worker):
        journey = make.booked(worker, case)
        one = make.booking(case, case.members.get(role="applicant"))
        bookings.change_booking(actor(worker), journey, new=one)
        journey = MovementJourney.objects.get(pk=journey.pk)
        assert (journey.passengers.count(), journey.legs.count()) == (1, 2)
        bookings.cancel_booking(actor(worker), journey, reason="The family asked for it")
    assert make.fresh(case).status == "preparing"


@pytest.mark.parametrize("name", ["Ikrom", "Gulsara"])
def test_a_flight_beyond_the_earliest_expiry_of_anybody_is_refused_with_who_what_and_when(
    worker, case, name
):
    flies = make.today() + 20 * DAY
    make.step(case, name, "medical", expires_on=flies - 8 * DAY)
    with pytest.raises(RuleBroken) as refused:
        make.booked(worker, case, day=flies)
    said = str(refused.value)
    assert "Medical" in said
    assert name in said
    assert "8 days too late" in said
    make.step(case, name, "medical", expires_on=flies + DAY)
    make.booked(worker, case, day=flies)


def test_a_paper_that_ends_on_the_day_of_the_last_flight_is_enough(worker, case):
    flights = make.legs()
    last = timezone.localdate(flights[-1].departs_at)
    make.step(case, "Ikrom", "visa", expires_on=last - DAY)
    with pytest.raises(RuleBroken, match="Visa of Rahmatov Ikrom"):
        make.booked(worker, case, legs=flights)
    make.step(case, "Ikrom", "visa", expires_on=last)
    make.booked(worker, case, legs=flights)


@pytest.mark.parametrize(("fitness", "said"), [("held", "medical hold"), ("not_fit", "Not fit")])
def test_nobody_on_a_medical_hold_is_booked(worker, case, fitness, said):
    make.health(case, "Gulsara", fitness=fitness, holds_until=None)
    with pytest.raises(RuleBroken, match=said):
        make.booked(worker, case)
    make.booked(worker, case, make.member(case, "Ikrom"))


def test_flights_must_connect_and_the_reason_is_said(worker, case):
    first, second = make.legs()
    elsewhere = LegFacts("TK17", "Ankara", second.departs_at, "Toronto", second.arrives_at)
    with pytest.raises(RuleBroken, match="lands at Istanbul, but TK17 departs from Ankara"):
        make.booked(worker, case, legs=[first, elsewhere])
    with pytest.raises(RuleBroken, match="departs before"):
        make.booked(worker, case, legs=[second, first])
    with pytest.raises(RuleBroken, match="at least one flight"):
        make.booked(worker, case, legs=[])
    soon = first.arrives_at + MINIMUM_CONNECTION - timedelta(minutes=1)
    hasty = LegFacts("TK17", "Istanbul", soon, "Toronto", soon + timedelta(hours=9))
    with pytest.raises(RuleBroken, match="Only 59 minutes at Istanbul"):
        make.booked(worker, case, legs=[first, hasty])
    assert make.fresh(case).status == "preparing"


@given(
    st.lists(st.tuples(st.integers(1, 900), st.integers(-300, 900)), min_size=1, max_size=6),
    st.integers(0, 240),
)
def test_legs_are_accepted_exactly_where_each_connection_is_long_enough(times, least):
    at, rows, fits = timezone.now(), [], True
    for number, (flies, waits) in enumerate(times):
        leaves = at + timedelta(minutes=waits) if number else at
        fits = fits and (number == 0 or (waits > 0 and waits >= least))
        at = leaves + timedelta(minutes=flies)
        rows.append(LegFacts(f"X{number}", f"P{number}", leaves, f"p{number + 1} ", at))
    assert (fault_of(rows, timedelta(minutes=least)) is None) is fits


def test_a_fare_by_agreement_names_the_agreement(worker, case):
    with pytest.raises(RuleBroken, match="Name the agreement"):
        make.booked(worker, case, agreement=" ")
    make.booked(worker, case, agreement="", fare="public")


def test_only_members_of_the_case_sit_in_it_and_each_once(worker, case):
    other = make.member(make.family(worker), "Ikrom")
    ours = make.member(case, "Ikrom")
    with pytest.raises(RuleBroken, match="does not belong"):
        make.booked(worker, case, other)
    with pytest.raises(RuleBroken, match="twice"):
        make.booked(worker, case, ours, ours)
    with pytest.raises(RuleBroken, match="Nobody sits"):
        make.booked(worker, case, passengers=[])


def test_a_case_has_one_booking_at_a_time(worker, case):
    make.booked(worker, case)
    with pytest.raises(RuleBroken, match="booking already"):
        make.booked(worker, case)


def test_only_what_missions_are_told_raises_the_revision(worker, case):
    journey = make.booked(worker, case)

    def changed(**facts):
        new = make.booking(case, **facts)
        bookings.change_booking(actor(worker), journey, new=new)
        journey.refresh_from_db()
        return journey.revision

    cheaper = [Seat(one, Decimal(1), "EUR", "state") for one in case.members.all()]
    assert changed(passengers=cheaper) == 1
    assert set(journey.passengers.values_list("currency", flat=True)) == {"EUR"}
    assert changed(day=make.today() + 30 * DAY) == 2
    assert changed(day=make.today() + 30 * DAY, reference="pnr999") == 3
    assert changed(day=make.today() + 30 * DAY, reference="PNR999", passengers=cheaper[:1]) == 4


def test_a_change_is_checked_like_a_booking(worker, case):
    journey = make.booked(worker, case)
    with pytest.raises(RuleBroken, match="too late"):
        bookings.change_booking(
            actor(worker), journey, new=make.booking(case, day=make.today() + 300 * DAY)
        )
    journey.refresh_from_db()
    assert journey.revision == 1
    assert journey.legs.count() == 2


def test_a_ticket_waits_for_every_step_but_the_last_check(worker, case):
    journey = make.booked(worker, case)
    make.step(case, "Ikrom", "preflight", status="to_do", done_on=None, expires_on=None)
    make.step(case, "Gulsara", "exit", status="asked", done_on=None, expires_on=None)
    with pytest.raises(RuleBroken, match="Exit permission of Rahmatova Gulsara is missing"):
        make.issue(worker, journey)
    make.step(case, "Gulsara", "exit", status="done", done_on=make.today())
    assert make.issue(worker, journey).status == "ticketed"
    assert "" not in journey.passengers.values_list("ticket", flat=True)


def test_a_ticket_has_a_number(worker, case):
    journey = make.booked(worker, case)
    with pytest.raises(RuleBroken, match="number of each ticket"):
        bookings.ticket(actor(worker), journey, tickets={})
    journey.refresh_from_db()
    assert journey.status == "held"


def test_no_ticket_without_the_medical_escort_that_somebody_needs(worker, case):
    make.health(case, "Ikrom", escort="medical")
    journey = make.booked(worker, case)
    make.escort(worker, journey, kind="operational")
    with pytest.raises(RuleBroken, match="Medical escort"):
        make.issue(worker, MovementJourney.objects.get(pk=journey.pk))
    doctor = make.escort(worker, MovementJourney.objects.get(pk=journey.pk))
    journey = make.issue(worker, MovementJourney.objects.get(pk=journey.pk))
    with pytest.raises(RuleBroken, match="Add another one first"):
        escorts.remove_escort(actor(worker), doctor)
    assert Escort.objects.filter(pk=doctor.pk).exists()


@pytest.mark.parametrize(
    ("kind", "there", "missing"),
    [("medical", ["operational"], ["medical"]), ("operational", ["medical"], []), ("", [], [])],
)
def test_a_medical_escort_does_for_any_other_and_not_the_other_way(kind, there, missing):
    assert escorts_missing([kind], there) == missing


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"passport_until": 24}, "passport of Dr Osmonova"),
        ({"visa_until": 24}, "visa of Dr Osmonova"),
        ({"returns_on": 19}, "before the last landing"),
    ],
)
def test_an_escorts_papers_hold_until_the_way_back(worker, case, facts, said):
    journey = make.booked(worker, case)
    days = {name: make.today() + number * DAY for name, number in facts.items()}
    with pytest.raises(RuleBroken, match=said):
        make.escort(worker, journey, **days)
    made = make.escort(worker, journey, visa_until=make.today() + 25 * DAY)
    escorts.remove_escort(actor(worker), made)
    assert not journey.escorts.exists()


def test_costs_are_summed_by_payer_and_never_across_currencies():
    rows = shares(
        [("loan", "USD", Decimal("862.10")), ("loan", "USD", Decimal("647.90")),
         ("loan", "EUR", Decimal(5)), ("state", "USD", Decimal(1))]
    )  # fmt: skip
    assert [(one.payer, one.currency, one.amount, one.seats) for one in rows] == [
        ("loan", "EUR", Decimal(5), 1),
        ("loan", "USD", Decimal("1510.00"), 2),
        ("state", "USD", Decimal(1), 1),
    ]


def test_a_booking_is_given_back_with_a_reason_and_the_next_begins_anew(worker, case):
    journey = make.booked(worker, case)
    with pytest.raises(RuleBroken, match="reason"):
        bookings.cancel_booking(actor(worker), journey, reason="")
    bookings.cancel_booking(actor(worker), journey, reason="The visa is late")
    assert make.fresh(case).status == "preparing"
    with pytest.raises(InvalidMove):
        make.issue(worker, MovementJourney.objects.get(pk=journey.pk))
    make.booked(worker, case)


def test_what_changes_needs_on_board_raises_the_revision_of_a_live_booking_alone(worker, case):
    from safar.core.record import writing

    with writing("movements"):
        assert bookings.journey_changed(case) is None
    journey = make.booked(worker, case)
    with writing("movements"):
        bookings.journey_changed(case)
    journey.refresh_from_db()
    assert journey.revision == 2


def test_a_booking_of_another_office_is_not_there(case):
    stranger = make.worker("7302", at=make.OSH)
    with pytest.raises(NotFound):
        make.booked(stranger, case)
    journey = make.booked(make.worker(), case)
    with pytest.raises(NotFound):
        bookings.cancel_booking(actor(stranger), journey, reason="x")
    with pytest.raises(NotAllowed):
        make.booked(make.worker("7303", role="finance_officer"), case)
