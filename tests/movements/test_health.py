"""Who is fit, held or not fit; who says so; and that a hold stops a journey until it is lifted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from safar.assistance.movements.actions import bookings, departing, health, steps
from safar.assistance.movements.actions.health import Said, examine
from safar.assistance.movements.actions.preflight import check_before_flight
from safar.assistance.movements.choices import Fitness, MedicalOutcome
from safar.assistance.movements.models import (
    Examination,
    Leg,
    MovementJourney,
    TravelHealth,
)
from safar.assistance.movements.queries import health as queries
from safar.assistance.movements.queries import medical
from safar.assistance.movements.rules import health as rules
from safar.assistance.movements.rules.health import FitnessFacts, fault_of_check, fault_of_fitness
from safar.core.errors import NotAllowed, RuleBroken, Stale
from safar.core.node import uuid7
from safar.core.record import writing
from tests.makers import movements as make
from tests.makers.accounts import actor, sign_in
from tests.makers.movements import health as ill
from tests.makers.movements import journeys
from tests.makers.movements.files import CHILD, person

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
# A night in which a clock is put back lies between some of these checks and their flights.
ZONES = [UTC, ZoneInfo("Asia/Bishkek"), ZoneInfo("Europe/Istanbul"), ZoneInfo("Europe/Berlin")]
flights = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))
zones = st.sampled_from(ZONES)


@given(flights, zones, zones, st.integers(0, 200 * 3600))
def test_the_check_counts_from_72_to_24_hours_before_the_flight_in_any_zone(at, one, other, before):
    leaves = at.replace(tzinfo=one)
    moment = (leaves.astimezone(UTC) - before * SECOND).astimezone(other)
    found = fault_of_check(moment, leaves)
    passed = before * SECOND
    expected = (
        rules.TOO_EARLY if passed > 72 * HOUR else rules.TOO_LATE if passed < 24 * HOUR else ""
    )
    assert found == expected


@given(flights, zones)
def test_the_first_and_the_last_moment_count_and_a_second_beyond_them_does_not(at, zone):
    leaves = at.replace(tzinfo=zone)
    begins, ends = rules.window(leaves)
    assert ends - begins == 48 * HOUR
    assert fault_of_check(begins, leaves) == fault_of_check(ends, leaves) == ""
    assert fault_of_check(begins - SECOND, leaves) == rules.TOO_EARLY
    assert fault_of_check(ends + SECOND, leaves) == rules.TOO_LATE


said = st.builds(
    FitnessFacts,
    fitness=st.sampled_from([*Fitness.values, "well"]),
    holds_until=st.none() | st.dates(date(2026, 12, 1), date(2026, 12, 31)),
    look_again_on=st.none() | st.dates(date(2026, 12, 1), date(2026, 12, 31)),
    needs=st.lists(st.just("wheelchair"), max_size=1),
    escort=st.sampled_from(["", "medical"]),
)


@given(said, st.none() | st.sampled_from(MedicalOutcome.values))
def test_nobody_is_fit_unexamined_untreated_or_without_an_end(facts, outcome):
    today = date(2026, 12, 15)
    code, _field = fault_of_fitness(facts, today, outcome)
    if code == "" and facts.fitness in rules.MAY_FLY:
        assert outcome in ("no_finding", "class_b")
        assert facts.holds_until is not None
        assert facts.holds_until >= today
        assert (facts.fitness == rules.FIT) == (not facts.needs and not facts.escort)
    if code == "" and facts.fitness == rules.HELD:
        assert facts.look_again_on is not None
        assert facts.look_again_on >= today
    assert code or facts.fitness in rules.MAY_FLY | rules.MAY_NOT_FLY


def test_the_words_of_the_rules_are_those_of_the_tables():
    assert {*rules.MAY_FLY, *rules.MAY_NOT_FLY, Fitness.NOT_SEEN} == {*Fitness.values}
    assert {*MedicalOutcome.values} >= rules.TO_BE_TREATED


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


@pytest.mark.django_db
@pytest.mark.slow
class TestSaying:
    def test_fit_finishes_the_medical_step_until_that_day(self, case, doctor):
        member = madina(case)
        until = timezone.localdate() + timedelta(days=90)
        ill.said(doctor, member, holds_until=until)
        step = make.step_of(case, "medical", "Madina")
        assert (step.status, step.expires_on) == ("done", until)
        assert make.step_of(case, "medical").status == "to_do"

    def test_an_examination_alone_moves_nothing(self, case, doctor):
        ill.examined(doctor, madina(case))
        assert make.step_of(case, "medical", "Madina").status == "to_do"
        assert not TravelHealth.objects.exists()

    def test_a_hold_opens_the_step_again_and_says_when_it_is_looked_at(self, case, doctor):
        member = madina(case)
        ill.said(doctor, member)
        again = timezone.localdate() + timedelta(days=5)
        kept = ill.said(doctor, member, Fitness.HELD, look_again_on=again)
        step = make.step_of(case, "medical", "Madina")
        assert (step.status, step.due_on, step.expires_on) == ("to_do", again, None)
        assert (kept.fitness, kept.holds_until) == ("held", None)

    @pytest.mark.parametrize("outcome", ["class_a", "more_tests"])
    def test_who_is_to_be_treated_first_is_not_fit_until_the_next_examination(
        self, case, doctor, outcome
    ):
        member = madina(case)
        ill.examined(doctor, member, outcome=outcome)
        with pytest.raises(RuleBroken, match="treatment"):
            ill.said(doctor, member)
        ill.examined(doctor, member, outcome="class_b")
        assert ill.said(doctor, member).fitness == "fit"

    def test_nobody_is_fit_whom_nobody_examined(self, case, doctor):
        member = madina(case)
        ill.examined(doctor, journeys.member(case, "Ikrom"))  # of another member
        words = Said(Fitness.FIT, timezone.localdate())
        with pytest.raises(RuleBroken, match="Nobody has examined"):
            health.say_fitness(actor(doctor), case, member=member, said=words)

    def test_help_needs_the_word_that_says_so(self, case, doctor):
        member = madina(case)
        with pytest.raises(RuleBroken, match="with help"):
            ill.said(doctor, member, needs=["oxygen"])
        with pytest.raises(RuleBroken, match="needed on board"):
            ill.said(doctor, member, Fitness.FIT_WITH_NEEDS)
        with pytest.raises(RuleBroken, match="needed on board"):
            ill.said(doctor, member, Fitness.FIT_WITH_NEEDS, needs=["a nurse"])
        kept = ill.said(doctor, member, Fitness.FIT_WITH_NEEDS, needs=["oxygen", "oxygen"])
        assert kept.needs == ["oxygen"]

    def test_a_second_health_worker_does_not_write_over_the_first(self, case, doctor):
        member = madina(case)
        first = ill.said(doctor, member, seen=0)
        ill.said(ill.health_worker("7402"), member, Fitness.HELD, seen=first.version)
        with pytest.raises(Stale):
            ill.said(doctor, member, seen=first.version)
        assert TravelHealth.objects.get(member=member).fitness == "held"

    def test_a_stranger_to_the_family_is_refused(self, case, worker, doctor):
        other = make.accepted(worker, person("Karimov Aziz"))
        with pytest.raises(RuleBroken, match="does not belong"):
            examine(actor(doctor), case, member=other.members.get(), found=ill.found())

    def test_an_examination_to_come_is_refused_and_one_of_today_is_not(self, case, doctor):
        tomorrow = timezone.localdate() + timedelta(days=1)
        with pytest.raises(RuleBroken, match="to come"):
            ill.examined(doctor, madina(case), examined_on=tomorrow)
        assert ill.examined(doctor, madina(case)).examined_on == timezone.localdate()

    def test_a_form_that_is_sent_twice_is_kept_once_and_other_words_stay(self, case, doctor):
        member, key = madina(case), uuid7()
        for text in ("Cough", "Cough", "Cough and fever"):
            examine(actor(doctor), case, member=member, found=ill.found(text=text), key=key)
        assert Examination.objects.count() == 2
        texts = [one.text for one in medical.patients(actor(doctor), case)[1].examinations]
        assert sorted(texts) == ["Cough", "Cough and fever"]


@pytest.mark.django_db
@pytest.mark.slow
class TestWhoMay:
    def test_movement_staff_neither_examine_nor_say_nor_check(self, case, worker, doctor):
        member = madina(case)
        ill.said(doctor, member, Fitness.HELD)
        for attempt in (ill.examined, ill.said):
            with pytest.raises(NotAllowed):
                attempt(worker, member)
        with pytest.raises(NotAllowed):
            check_before_flight(actor(worker), case, member=member)
        assert TravelHealth.objects.get(member=member).fitness == "held"

    def test_a_health_worker_outside_the_medical_file_does_neither(self, case):
        outside = ill.health_worker("7403", "programme")
        with pytest.raises(NotAllowed, match="medical file"):
            ill.examined(outside, madina(case))

    def test_the_case_worker_lets_nobody_off_the_medical(self, case, worker):
        step = make.step_of(case, "medical", "Madina")
        with pytest.raises(NotAllowed, match="health worker"):
            steps.waive(actor(worker), step, remark="in a hurry")
        got = steps.Got(timezone.localdate(), timezone.localdate())
        with pytest.raises(NotAllowed, match="health worker"):
            steps.finish(actor(worker), step, got=got)


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


@pytest.mark.django_db
@pytest.mark.slow
class TestTheDay:
    def test_checks_holds_and_examinations_fall_due_for_the_health_worker_alone(
        self, case, family, worker, doctor
    ):
        flies(family, worker)
        ill.said(doctor, madina(case), Fitness.HELD)
        journeys.step(case, "Ikrom", "medical", due_on=timezone.localdate())
        due = queries.due(actor(doctor), timezone.localdate())
        assert [(one.case, str(one.title)) for one in due] == [
            (journeys.fresh(family), "Check 2 people before the flight"),
            (case, "Look at a medical hold again"),
            (case, "Medical examination"),
        ]
        assert queries.due(actor(worker), timezone.localdate()) == []
        elsewhere = ill.health_worker("7404", at="OSH")
        assert queries.due(actor(elsewhere), timezone.localdate()) == []
        outside = ill.health_worker("7405", "programme")
        assert queries.due(actor(outside), timezone.localdate()) == []

    def test_whoever_is_checked_is_due_no_more(self, family, worker, doctor):
        flies(family, worker)
        for member in family.members.all():
            check_before_flight(actor(doctor), journeys.fresh(family), member=member)
        assert queries.due(actor(doctor), timezone.localdate()) == []


@pytest.fixture
def browser(client, settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False  # tests/accounts asks for it
    return client


@pytest.mark.django_db
@pytest.mark.slow
class TestPages:
    def test_from_the_day_to_an_examination_to_the_word_for_the_journey(
        self, browser, case, doctor
    ):
        sign_in(browser, doctor)
        member = madina(case)
        page = browser.get(reverse("movements:health_day")).content.decode()
        assert "Rahmatova Madina" in page
        file = reverse("movements:health", args=[case.pk])
        asked = browser.get(file).content.decode()
        assert "What do you open it for?" in asked
        assert "Rahmatova" not in asked
        assert browser.post(file, {"purpose": "her examination"}).status_code == 302
        assert "No examination is kept yet" in browser.get(file).content.decode()
        url = reverse("movements:examine", args=[member.pk])
        typed = {
            "key": str(uuid7()), "examined_on": f"{timezone.localdate():%d.%m.%Y}",
            "clinic": "Polyclinic 3", "outcome": "class_b", "text": ill.FINDING,
        }  # fmt: skip
        assert browser.post(url, typed).status_code == 302
        until = timezone.localdate() + timedelta(days=60)
        url = reverse("movements:fitness", args=[member.pk])
        words = {
            "seen": "0", "fitness": "fit_with_needs", "holds_until": f"{until:%d.%m.%Y}",
            "needs": ["own_medicine"], "escort": "",
        }  # fmt: skip
        assert browser.post(url, words).status_code == 302
        page = browser.get(file).content.decode()
        assert ill.FINDING in page
        assert "Own medicine in the hand baggage" in page

    def test_where_a_colleague_was_quicker_both_are_shown_before_it_is_kept(
        self, browser, case, doctor
    ):
        sign_in(browser, doctor)
        member = madina(case)
        ill.said(ill.health_worker("7402"), member, Fitness.HELD)
        url = reverse("movements:fitness", args=[member.pk])
        typed = {"seen": "0", "fitness": "not_fit"}
        answer = browser.post(url, typed)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "A colleague said something meanwhile" in page
        assert "On medical hold" in page
        assert TravelHealth.objects.get(member=member).fitness == "held"
        version = TravelHealth.objects.get(member=member).version
        assert f'name="seen" value="{version}"' in page
        assert browser.post(url, {**typed, "seen": str(version)}).status_code == 302
        assert TravelHealth.objects.get(member=member).fitness == "not_fit"

    def test_the_medical_file_is_no_page_to_movement_staff_or_from_outside_the_wall(
        self, browser, case, worker
    ):
        member = madina(case)
        addresses = [reverse("movements:health", args=[case.pk])] + [
            reverse(f"movements:{name}", args=[member.pk])
            for name in ("examine", "fitness", "preflight")
        ]
        sign_in(browser, worker)
        assert {browser.get(one).status_code for one in addresses} == {403}
        for username, walls, expected in (("7403", ["programme"], 404), ("7404", [], 200)):
            other = Client()
            sign_in(other, ill.health_worker(username, *walls))
            assert {other.get(one).status_code for one in addresses} == {expected}
