"""What is to be told falls due, and the pages show exactly what leaves."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.movements.actions import departing, notices
from safar.assistance.movements.models import BookingNotice
from safar.assistance.movements.queries import journey as journey_queries
from safar.assistance.movements.queries import notices as queries
from safar.core.errors import NotFound
from tests.makers.accounts import actor, sign_in
from tests.makers.movements import journeys as make
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)


@pytest.fixture
def worker():
    return make.worker()


@pytest.fixture
def case(worker):
    return make.family(worker)


@pytest.fixture
def winnipeg(worker):
    return make.mission()


@pytest.fixture
def journey(worker, case, winnipeg):
    return make.booked(worker, case, receiving=winnipeg)


def test_what_is_to_be_told_and_who_is_silent_falls_due(worker, case, winnipeg, journey):
    today = make.today()
    assert [str(one.title) for one in queries.due(actor(worker), today)] == [
        "Tell Mission in Winnipeg of the booking"
    ]
    notice = make.tell(worker, journey, winnipeg, make.consents(worker, case, winnipeg)[0])
    assert queries.due(actor(worker), today + DAY) == []
    silent = queries.due(actor(worker), today + 2 * DAY)
    assert [one.waits_for for one in silent] == ["Mission in Winnipeg"]
    notices.acknowledge(actor(worker), notice, by="J. Smith", at=timezone.now())
    assert queries.due(actor(worker), today + 9 * DAY) == []
    assert queries.due(actor(make.worker("7305", at=make.OSH)), today) == []


def test_tickets_departures_and_arrivals_fall_due(worker, case):
    today = make.today()
    journey = make.booked(worker, case, day=today, held_until=today + DAY)

    def titles():
        return [str(one.title) for one in journey_queries.due(actor(worker), today)]

    assert titles() == ["Issue the tickets"]
    make.issue(worker, journey)
    assert titles() == ["Confirm the departure"]
    make.check_off(worker, journey)
    departing.confirm_departure(actor(worker), make.fresh(case))
    assert [str(one.title) for one in journey_queries.due(actor(worker), today + DAY)] == [
        "Confirm the arrival"
    ]


def test_a_notice_of_another_office_is_not_there(worker, case, winnipeg, journey):
    consent = make.consents(worker, case, winnipeg)[0]
    stranger = make.worker("7302", at=make.OSH)
    with pytest.raises(NotFound):
        make.tell(stranger, journey, winnipeg, consent)


def test_the_pages_show_what_leaves_and_give_it_back_as_it_was_sent(
    worker, case, winnipeg, journey
):
    load_reference()
    consent = make.consents(worker, case, winnipeg)[0]
    browser = Client()
    sign_in(browser, worker)
    tell = reverse("movements:tell", args=[journey.pk, winnipeg.pk])
    page = browser.get(tell).content.decode()
    assert "Exactly this leaves" in page
    assert "TK347" in page
    answer = browser.post(tell, {"seen": "0" * 64, "channel": "email"})
    assert answer.status_code == 409
    assert not BookingNotice.objects.exists()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    answer = browser.post(f"{tell}?consent={consent.pk}", {"seen": seen, "channel": "email"})
    assert answer.status_code == 302, answer.content.decode()
    notice = BookingNotice.objects.get()
    data = browser.get(reverse("movements:notice", args=[notice.pk, "json"]))
    found = json.loads(data.content)
    assert (found["number"], found["kind"], found["changed"]) == (1, "new", {})
    assert "Rahmatov Ikrom" in found["fields"]["identity.travellers"]
    paper = browser.get(reverse("movements:notice", args=[notice.pk, "pdf"]))
    assert paper.content.startswith(b"%PDF")
    assert browser.get(reverse("movements:notice", args=[notice.pk, "exe"])).status_code == 404
    page = browser.get(reverse("movements:journey", args=[case.pk])).content.decode()
    assert "Version 1: New booking" in page
    posted = {"by": "J. Smith", "at": timezone.localtime().strftime("%Y-%m-%dT%H:%M:%S")}
    answer = browser.post(reverse("movements:receipt", args=[notice.pk]), posted)
    assert answer.status_code in (302, 422)


def test_the_page_says_who_has_not_agreed(worker, case, winnipeg, journey):
    browser = Client()
    sign_in(browser, worker)
    page = browser.get(reverse("movements:tell", args=[journey.pk, winnipeg.pk])).content.decode()
    assert "Nothing is sent" in page
    assert "Rahmatova Gulsara" in page
    assert "Send the notice" not in page
