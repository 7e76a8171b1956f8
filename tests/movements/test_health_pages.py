"""The day of a health worker, and the pages of the medical file."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.movements.actions.preflight import check_before_flight
from safar.assistance.movements.choices import Fitness
from safar.assistance.movements.models import (
    Leg,
    TravelHealth,
)
from safar.assistance.movements.queries import health as queries
from safar.core.node import uuid7
from safar.core.record import writing
from tests.makers import movements as make
from tests.makers.accounts import actor, sign_in
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


def put_off(journey, leaves):
    with writing():
        for leg in journey.legs.order_by("number"):
            Leg.objects.filter(pk=leg.pk).update(
                departs_at=leaves + (leg.number - 1) * 8 * HOUR,
                arrives_at=leaves + ((leg.number - 1) * 8 + 5) * HOUR,
            )


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
