"""A family may fly when nothing of anybody is missing or ended: the rule, and the database's own."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from safar.assistance.cases.models import Case
from safar.assistance.movements.actions.step_moves import move_step
from safar.assistance.movements.choices import Fitness, StepStatus
from safar.assistance.movements.models import Leg, MovementJourney, Passenger, Step, TravelHealth
from safar.assistance.movements.rules import readiness as rules
from safar.assistance.movements.rules.readiness import (
    HealthFacts,
    StepFacts,
    Traveller,
    earliest_expiry,
    readiness,
)
from safar.core.record import writing
from tests.makers import movements as make
from tests.makers.movements.files import CHILD, person

DAY = date(2026, 12, 17)
FIT = HealthFacts("fit", DAY + timedelta(days=30))
days = st.dates(date(2026, 11, 1), date(2027, 3, 1))
steps = st.builds(
    StepFacts,
    kind=st.sampled_from(["exit", "visa", "medical"]),
    status=st.sampled_from(StepStatus.values),
    expires_on=st.none() | days,
)
health = st.builds(
    HealthFacts, fitness=st.sampled_from(Fitness.values), holds_until=st.none() | days
)
families = st.lists(
    st.builds(Traveller, key=st.integers(0, 9), steps=st.lists(steps, max_size=4), health=health),
    max_size=4,
)


def settled(step: StepFacts, day: date) -> bool:
    """The law, once more and in other words."""
    if step.status == "not_needed":
        return True
    return step.status == "done" and not (step.expires_on and step.expires_on < day)


@given(families, days)
def test_a_family_is_ready_only_if_nothing_of_anybody_is_missing_or_ended(family, day):
    fit = all(
        one.health.fitness in ("fit", "fit_with_needs")
        and one.health.holds_until is not None
        and one.health.holds_until >= day
        for one in family
    )
    found = readiness(family, day)
    assert found.ready == (fit and all(settled(step, day) for one in family for step in one.steps))
    assert found.ready == (not found.blockers)


@given(families, days, st.integers(0, 3), st.integers(1, 60))
def test_what_ends_earlier_never_makes_anybody_ready(family, day, which, earlier):
    def sooner(step):
        ends = step.expires_on or day + timedelta(days=400)
        return StepFacts(step.kind, step.status, ends - timedelta(days=earlier))

    shorter = [
        Traveller(one.key, [sooner(s) for s in one.steps], one.health) if at == which else one
        for at, one in enumerate(family)
    ]
    assert readiness(family, day).ready or not readiness(shorter, day).ready


@given(families, days)
def test_no_flight_after_the_earliest_end_is_ready(family, day):
    first = earliest_expiry(family)
    if first and day > first.day:
        assert not readiness(family, day).ready


def test_the_weightiest_comes_first_and_says_by_how_many_days_it_ended_too_early():
    found = readiness(
        [
            Traveller("Gulsara", [StepFacts("exit", "asked")], FIT),
            Traveller("Behruz", [StepFacts("document", "sent_back")], FIT),
            Traveller("Madina", [StepFacts("medical", "done", date(2026, 12, 9))], FIT),
        ],
        DAY,
    )
    assert [(one.member, one.reason, one.days) for one in found.blockers] == [
        ("Madina", "expired", 8),
        ("Behruz", "sent_back", 0),
        ("Gulsara", "asked", 0),
    ]
    assert found.earliest
    assert (found.earliest.member, found.earliest.day) == (
        "Madina",
        date(2026, 12, 9),
    )


def test_what_holds_until_the_day_of_the_flight_holds():
    family = [Traveller("Ikrom", [StepFacts("visa", "done", DAY)], HealthFacts("fit", DAY))]
    assert readiness(family, DAY).ready
    assert not readiness(family, DAY + timedelta(days=1)).ready


def test_whoever_is_on_medical_hold_is_not_ready_whatever_else_is_done():
    family = [Traveller("Ikrom", [], HealthFacts("held", DAY + timedelta(days=99)))]
    assert [one.reason for one in readiness(family, DAY).blockers] == ["held"]


def test_the_rule_knows_every_word_of_the_choices():
    words = (set(StepStatus.values) - rules.SETTLED) | (set(Fitness.values) - rules.FIT)
    assert set(rules.REASONS) == words | {"expired"}
    assert set(StepStatus.values) >= rules.SETTLED
    assert set(Fitness.values) >= rules.FIT


@pytest.fixture
def booked(db):
    """Two people with seats on a flight in a month, everything done: the case is booked."""
    by = make.worker()
    case = make.accepted(by, person(), person("Rahmatova Madina", birth=CHILD, sex="F"))
    make.finish_steps(by, case)
    leaves = timezone.now() + timedelta(days=30)
    with writing():
        journey = MovementJourney.objects.create(
            case=case, carrier="TK", reference="ABC123", fare="resettlement", status="ticketed"
        )
        Leg.objects.create(
            case=case, journey=journey, number=1, flight="TK347", from_place="Bishkek",
            departs_at=leaves, to_place="Istanbul", arrives_at=leaves + timedelta(hours=6),
        )  # fmt: skip
        for member in case.members.all():
            Passenger.objects.create(
                case=case, journey=journey, member=member, cost="800.00", currency="USD",
                payer="loan", boarded="boarded",
            )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(status="booked")
    return Case.objects.get(pk=case.pk)


def departs(case: Case) -> bool:
    """Raw SQL, round every action: whether the database lets the family leave."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE cases_case SET status = 'departed' WHERE id = %s", [case.pk])
    except IntegrityError:
        return False
    return True


def change(model, case, **facts):
    with writing():
        row = model.objects.filter(case=case, **facts.pop("of", {})).order_by("pk").first()
        type(row).objects.filter(pk=row.pk).update(**facts)


def test_the_database_lets_a_ready_family_leave(booked):
    assert departs(booked)


@pytest.mark.parametrize("status", sorted(set(StepStatus.values) - rules.SETTLED))
def test_the_database_holds_a_family_of_which_one_step_is_missing(booked, status):
    change(Step, booked, of={"kind": "visa"}, status=status)
    assert not departs(booked)


def test_the_database_holds_a_family_of_which_a_paper_ends_before_the_flight(booked):
    flight = timezone.now().date() + timedelta(days=30)
    change(Step, booked, of={"kind": "exit"}, expires_on=flight - timedelta(days=2))
    assert not departs(booked)
    change(Step, booked, of={"kind": "exit"}, expires_on=flight + timedelta(days=1))
    assert departs(booked)


@pytest.mark.parametrize("fitness", sorted(set(Fitness.values) - rules.FIT))
def test_the_database_holds_a_family_of_whom_one_is_not_fit(booked, fitness):
    change(TravelHealth, booked, fitness=fitness)
    assert not departs(booked)


def test_the_database_holds_a_family_of_whom_a_health_word_is_missing(booked):
    with writing():
        TravelHealth.objects.filter(case=booked, member__role="child").delete()
    assert not departs(booked)


def test_the_database_holds_a_case_with_nobody_on_board(booked):
    with writing():
        Passenger.objects.filter(case=booked).update(boarded="no_show")
    assert not departs(booked)


def test_a_step_that_somebody_does_not_have_is_moved_to_no_effect(booked):
    child = booked.members.get(role="child")
    with writing("movements"):
        assert move_step(booked.pk, child, "loan", "finish") is None
        assert move_step(booked.pk, child, "transit_visa", "finish") is None
        done = move_step(booked.pk, child, "preflight", "again")
    assert done
    assert done.status == StepStatus.TO_DO
    assert done.done_on is None
