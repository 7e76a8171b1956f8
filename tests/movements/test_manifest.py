"""A journey in the pages: booked by form, copied, listed, checked off on the manifest, gone."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases.amounts import written
from safar.assistance.cases.models import Case
from safar.assistance.movements.actions import departing
from safar.assistance.movements.models import (
    Departure,
    MovementJourney,
    Passenger,
    TravelTogether,
)
from safar.assistance.movements.queries import departures as queries
from safar.core.models import AuditEntry
from safar.core.record import writing
from tests.makers.accounts import actor, sign_in
from tests.makers.movements import journeys as make
from tests.makers.people import new
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)
WHEN = "%Y-%m-%dT%H:%M"


@pytest.fixture
def worker():
    load_reference()
    return make.worker()


@pytest.fixture
def case(worker):
    return make.family(worker)


@pytest.fixture
def browser(worker):
    client = Client()
    sign_in(client, worker)
    return client


def typed(case: Case, day=None, **more: str) -> dict[str, str]:
    found = {
        "carrier": "Turkish Airlines", "reference": "pnr123", "fare": "resettlement",
        "agreement": "MIG-1", "legs-TOTAL_FORMS": "3", "legs-INITIAL_FORMS": "3",
    }  # fmt: skip
    for number, leg in enumerate(make.legs(day)):
        for name, value in vars(leg).items():
            text = timezone.localtime(value).strftime(WHEN) if name.endswith("_at") else value
            found[f"legs-{number}-{name}"] = text
    for member in case.members.all():
        prefix = f"seat-{member.pk.hex[-12:]}"
        found |= {f"{prefix}-travels": "on", f"{prefix}-cost": "862.00"}
        found |= {f"{prefix}-currency": "USD", f"{prefix}-payer": "loan"}
    return found | more


def book(browser, case, day=None, **more: str):
    return browser.post(reverse("movements:book", args=[case.pk]), typed(case, day, **more))


def test_a_journey_is_booked_changed_and_given_back_in_the_pages(browser, case):
    assert browser.get(reverse("movements:book", args=[case.pk])).status_code == 200
    answer = book(browser, case)
    assert answer.status_code == 302, answer.content.decode()
    journey = MovementJourney.objects.get()
    assert (journey.reference, journey.passengers.count(), journey.legs.count()) == ("PNR123", 2, 2)
    page = browser.get(reverse("movements:journey", args=[case.pk])).content.decode()
    assert "TK347" in page
    assert "2 seats" in page
    assert written(Decimal("1724.00"), "USD") in page
    change = reverse("movements:change_booking", args=[journey.pk])
    assert 'value="PNR123"' in browser.get(change).content.decode()
    answer = browser.post(change, typed(case, reference="PNR999"))
    assert answer.status_code == 302, answer.content.decode()
    cancel = reverse("movements:cancel_booking", args=[journey.pk])
    assert browser.post(cancel, {"reason": "The visa is late"}).status_code == 302
    journey.refresh_from_db()
    assert (journey.status, journey.revision) == ("cancelled", 2)


def test_a_flight_after_the_medical_ran_out_is_refused_on_the_page(browser, case):
    make.step(case, "Gulsara", "medical", expires_on=make.today() + 12 * DAY)
    answer = book(browser, case)
    assert answer.status_code == 422
    assert "Medical of Rahmatova Gulsara runs out on" in answer.content.decode()
    assert not MovementJourney.objects.exists()


def test_half_a_flight_is_no_flight(browser, case):
    answer = book(browser, case, **{"legs-2-flight": "AC1"})
    assert answer.status_code == 422
    assert "leave the whole row empty" in answer.content.decode()


def together(one, other, worker) -> None:
    first, second = sorted((one, other), key=lambda case: case.pk)
    with writing():
        TravelTogether.objects.create(
            one=first, other=second, why="mother and son", noted_by=worker
        )


def test_the_booking_of_a_linked_case_is_copied(browser, worker, case):
    son = make.family(worker, new("Rahmatov Behruz", birth="1999"))
    journey = make.booked(worker, case)
    copy = reverse("movements:book", args=[son.pk]) + f"?from={journey.pk}"
    assert browser.get(copy).status_code == 404
    together(case, son, worker)
    page = browser.get(copy).content.decode()
    assert 'value="TK17"' in page
    assert 'value="PNR123"' not in page
    link = browser.get(reverse("movements:journey", args=[case.pk])).content.decode()
    assert f"Copy this booking to {son.number}" in link
    answer = browser.post(copy, typed(son, reference="OTHER1"))
    assert answer.status_code == 302, answer.content.decode()
    assert son.journeys.get().legs.count() == 2


def test_the_manifest_holds_everybody_on_the_flight_and_they_leave_from_it(browser, worker, case):
    other = make.family(worker, new("Karimova Zuhra", birth="1960"))
    for one in (case, other):
        make.ticketed(worker, one, day=make.today())
    make.health(other, "Zuhra", needs=["wheelchair"])
    where = reverse("movements:manifest", args=["TK347", make.today().isoformat()])
    page = browser.get(where).content.decode()
    for words in ("Rahmatova Gulsara", "Karimova Zuhra", "Wheelchair", "235-1"):
        assert words in page
    for seat in Passenger.objects.all():
        check = reverse("movements:check_off", args=[seat.pk])
        assert browser.post(check, {"boarded": "boarded"}).status_code == 302
    assert browser.post(reverse("movements:departure", args=[case.pk])).status_code == 302
    assert Departure.objects.filter(case=case).count() == 2
    assert not Departure.objects.filter(case=other).exists()
    arrival = reverse("movements:arrival", args=[case.pk])
    assert browser.get(arrival).status_code == 200
    answer = browser.post(arrival, {"on": f"{make.today():%d.%m.%Y}"})
    assert answer.status_code == 302, answer.content.decode()
    assert make.fresh(case).closure == "departed"


def test_a_manifest_is_printed_and_its_opening_recorded_for_each_case(browser, worker, case):
    make.ticketed(worker, case)
    day = (make.today() + 20 * DAY).isoformat()
    paper = browser.get(reverse("movements:manifest_pdf", args=["TK347", day]))
    assert paper.content.startswith(b"%PDF")
    rows = AuditEntry.objects.filter(action="movements.open_manifest")
    assert [row.target for row in rows] == [f"Case:{case.pk}"]


@pytest.mark.parametrize(("flight", "day"), [("TK347", "2020-01-01"), ("XX1", ""), ("TK347", "x")])
def test_a_flight_that_nobody_takes_is_not_there(browser, worker, case, flight, day):
    make.ticketed(worker, case, day=make.today())
    where = reverse("movements:manifest", args=[flight, day or make.today().isoformat()])
    assert browser.get(where).status_code == 404


def test_the_unready_are_told_why_on_the_page_and_do_not_leave(browser, worker, case):
    journey = make.ticketed(worker, case, day=make.today())
    make.step(case, "Ikrom", "preflight", status="to_do", done_on=None, expires_on=None)
    make.check_off(worker, journey)
    answer = browser.post(reverse("movements:departure", args=[case.pk]))
    assert answer.status_code == 422
    assert "Check before the flight of Rahmatov Ikrom is missing" in answer.content.decode()
    assert not Departure.objects.exists()


def test_the_list_of_departures_says_who_is_ready_and_who_is_to_be_told(browser, worker, case):
    winnipeg = make.mission()
    make.booked(worker, case, day=make.today() + 3 * DAY, receiving=winnipeg)
    make.booked(worker, make.family(worker), day=make.today() + 30 * DAY)
    waiting = make.family(worker, new("Karimova Zuhra", birth="1960"))
    make.booked(worker, waiting, day=make.today() + 5 * DAY)
    make.step(waiting, "Zuhra", "exit", status="asked", done_on=None, expires_on=None)
    found = queries.departures(actor(worker), make.today())
    assert [(one.people, bool(one.not_ready), len(one.to_tell)) for one in found] == [
        (2, False, 1),
        (1, True, 0),
    ]
    page = browser.get(reverse("movements:departures")).content.decode()
    assert "Tell Mission in Winnipeg of the booking" in page
    assert "Exit permission of Karimova Zuhra is missing" in page


def test_a_flight_of_yesterday_is_not_confirmed_until_somebody_says_so(browser, worker, case):
    journey = make.ticketed(worker, case, day=make.today() - DAY)
    page = reverse("movements:departures")
    assert "Not confirmed yet" in browser.get(page).content.decode()
    make.check_off(worker, journey)
    departing.confirm_departure(actor(worker), make.fresh(case))
    assert "Not confirmed yet" not in browser.get(page).content.decode()


def test_what_is_over_offers_nothing_more(browser, worker, case):
    make.departed(worker, case)
    page, foot = reverse("movements:journey", args=[case.pk]), "panel-foot"
    assert foot in browser.get(page).content.decode()
    departing.confirm_arrival(actor(worker), make.fresh(case), on=make.today())
    assert foot not in browser.get(page).content.decode()


def test_departures_of_another_office_are_not_there(worker, case):
    make.ticketed(worker, case, day=make.today())
    stranger = make.worker("7302", at=make.OSH)
    assert queries.departures(actor(stranger), make.today()) == []
    assert queries.manifest(actor(stranger), "TK347", make.today()) is None
    assert len(queries.departures(actor(worker), make.today())) == 1


def test_the_list_asks_no_more_for_more_families(worker):
    who = actor(worker)

    def asked() -> int:

        with CaptureQueriesContext(
            connection,
        ) as found:
            queries.departures(who, make.today())
        return len(found)

    make.booked(worker, make.family(worker), day=make.today() + DAY)
    one = asked()
    for number in range(3):
        make.booked(worker, make.family(worker), day=make.today() + (number + 2) * DAY)
    assert asked() == one


def test_every_step_of_a_journey_has_a_page(browser, worker, case):
    journey = make.booked(worker, case, day=make.today())
    make.escort(worker, journey)
    for name in ("tickets", "cancel_booking", "add_escort", "event", "clothing", "change_booking"):
        assert browser.get(reverse(f"movements:{name}", args=[journey.pk])).status_code == 200, name
    numbers = {
        f"ticket-{key}": f"235-{number}"
        for number, key in enumerate(journey.passengers.values_list("member", flat=True))
    }
    assert browser.post(reverse("movements:tickets", args=[journey.pk]), numbers).status_code == 302
    now = timezone.localtime().strftime(WHEN)
    key = UUID(int=7)
    worn = {"pieces": "4", "at": now, "place": "Bishkek", "form_key": str(key)}
    for _time in range(2):
        sent = browser.post(reverse("movements:clothing", args=[journey.pk]), worn)
        assert sent.status_code == 302
    assert case.services.get().quantity == 4
    sent = browser.post(
        reverse("movements:event", args=[journey.pk]), {"kind": "border", "at": now}
    )
    assert sent.status_code == 302
    make.check_off(worker, journey)
    assert browser.post(reverse("movements:departure", args=[case.pk])).status_code == 302
    escort = journey.escorts.get()
    report = reverse("movements:report_escort", args=[escort.pk])
    answer = browser.post(report, {"on": f"{make.today():%d.%m.%Y}", "words": "All went well"})
    assert answer.status_code == 302, answer.content.decode()
    missed = reverse("movements:missed", args=[journey.pk])
    assert browser.get(missed).status_code == 200
    leaves = journey.legs.get(number=1).arrives_at + 20 * timedelta(hours=1)
    other = {
        "after": "1", "at": now, "legs-TOTAL_FORMS": "2", "legs-INITIAL_FORMS": "2",
        "legs-0-flight": "AC899", "legs-0-from_place": "Istanbul", "legs-0-to_place": "Toronto",
        "legs-0-departs_at": timezone.localtime(leaves).strftime(WHEN),
        "legs-0-arrives_at": timezone.localtime(leaves + 10 * timedelta(hours=1)).strftime(WHEN),
    }  # fmt: skip
    answer = browser.post(missed, other)
    assert answer.status_code == 302, answer.content.decode()
    assert journey.legs.get(number=2).flight == "AC899"
