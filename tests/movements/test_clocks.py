"""A ticket speaks in the time of each airport: it is typed so, and kept as the instant it is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.movements.forms.bookings import LegForm
from safar.assistance.movements.forms.clocks import PLACES, by_the_clock, clocks
from safar.assistance.movements.models import Leg
from tests.makers.accounts import sign_in
from tests.makers.movements import journeys as make

WHEN = "%Y-%m-%dT%H:%M"
WEST = ("Pacific/Auckland", "America/Los_Angeles")


def typed(day, *by):
    """Auckland 20:00 to Los Angeles 12:00 of the same day, as the ticket has it."""
    row = {
        "flight": "NZ6", "from_place": "Auckland", "departs_at": f"{day}T20:00",
        "to_place": "Los Angeles", "arrives_at": f"{day}T12:00",
    }  # fmt: skip
    return row | dict(zip(("departs_by", "arrives_by"), by, strict=False))


def test_each_time_is_of_its_own_place_and_without_a_place_of_ours():
    form = LegForm(typed("2026-12-01", *WEST))
    assert form.is_valid(), form.errors
    leg = form.leg()
    assert leg.departs_at == datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
    assert leg.arrives_at == datetime(2026, 12, 1, 20, 0, tzinfo=UTC)
    ours = LegForm(typed("2026-12-01"))
    assert ours.is_valid()
    assert ours.leg().departs_at == timezone.make_aware(datetime(2026, 12, 1, 20, 0))


def test_summer_time_is_that_of_the_day_of_the_flight():
    for day, hour in ((datetime(2026, 1, 15, 12), 17), (datetime(2026, 7, 15, 12), 16)):
        at = by_the_clock(timezone.make_aware(day), "America/New_York").astimezone(UTC)
        assert at.hour == hour


def test_a_clock_that_nobody_offers_is_refused_and_ours_comes_first():
    assert not LegForm(typed("2026-12-01", "Mars/Olympus")).is_valid()
    assert next(name for name, _label in clocks()) == timezone.get_current_timezone_name()
    assert len(clocks()) == len({*PLACES, timezone.get_current_timezone_name()})


@pytest.mark.django_db
@pytest.mark.slow
def test_a_flight_that_lands_earlier_by_the_wall_than_it_departed_is_booked():
    worker = make.worker()
    case = make.family(worker)
    browser = Client()
    sign_in(browser, worker)
    day = make.today() + timedelta(days=20)
    posted = {
        "carrier": "Air New Zealand", "reference": "NZPNR", "fare": "public",
        "legs-TOTAL_FORMS": "1", "legs-INITIAL_FORMS": "1",
    }  # fmt: skip
    for one in case.members.all():
        seat = f"seat-{one.pk.hex[-12:]}"
        posted |= {
            f"{seat}-travels": "on", f"{seat}-cost": "800", f"{seat}-currency": "USD",
            f"{seat}-payer": "loan",
        }  # fmt: skip
    book = reverse("movements:book", args=[case.pk])
    refused = browser.post(book, posted | {f"legs-0-{k}": v for k, v in typed(day).items()})
    assert refused.status_code == 422
    assert not Leg.objects.exists()
    answer = browser.post(book, posted | {f"legs-0-{k}": v for k, v in typed(day, *WEST).items()})
    assert answer.status_code == 302, answer.content.decode()
    leg = Leg.objects.get()
    assert leg.arrives_at - leg.departs_at in (timedelta(hours=12), timedelta(hours=13))
    page = browser.get(reverse("movements:journey", args=[case.pk])).content.decode()
    assert f"Times are those of {timezone.get_current_timezone_name()}" in page
