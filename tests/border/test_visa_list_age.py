"""The strip of a booth that is cut off says how old its list of visas is, and when that is long."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from safar.control.border.screen import strip
from safar.control.border.visa_list import age_of_visa_list
from safar.control.visas.models import VisaListVersion
from safar.core.record import writing
from tests import cast
from tests.makers import border
from tests.makers.accounts import sign_in

pytestmark = pytest.mark.django_db
BISHKEK = ZoneInfo("Asia/Bishkek")
NOON = datetime(2026, 5, 4, 9, 5, tzinfo=UTC)  # 15:05 in Bishkek


@pytest.fixture
def cut_off():
    with override_settings(SAFAR_VISA_REGISTER="list", SAFAR_VISA_LIST_HOURS=24):
        yield


def held(made_at):
    with writing("visas"):
        VisaListVersion.objects.create(
            version=VisaListVersion.objects.count() + 1, origin="hq", imported=True,
            made_at=made_at, received_at=made_at, rows=3, sha256="0" * 64,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("age", "said", "old"),
    [
        (timedelta(minutes=5), "of 15:00, 5 min ago", False),
        (timedelta(hours=1, minutes=10), "of 13:55, 1 h ago", False),
        (timedelta(hours=23, minutes=59), "of 3 May, 15:06, 23 h ago", False),
        (timedelta(hours=24), "of 3 May, 15:05, 24 h ago", True),
        (timedelta(days=3), "of 1 May, 15:05, 3 days ago", True),
    ],
)
def test_it_says_when_it_was_made_in_the_posts_time(cut_off, age, said, old):
    held(NOON - age)
    with border.clock(NOON):
        assert age_of_visa_list(BISHKEK) == (said, old)


def test_the_age_that_warns_is_the_administrations_choice(cut_off):
    held(NOON - timedelta(hours=3))
    with border.clock(NOON):
        assert age_of_visa_list(BISHKEK)[1] is False
        with override_settings(SAFAR_VISA_LIST_HOURS=3):
            assert age_of_visa_list(BISHKEK)[1] is True


def test_a_post_without_a_list_is_warned(cut_off):
    assert age_of_visa_list(BISHKEK) == ("none here", True)


def test_where_the_register_is_asked_nothing_is_said():
    held(timezone.now())
    assert age_of_visa_list(BISHKEK) == ("", False)
    assert strip(border.sign_on(cast.aida())).visas == ""


def test_the_booth_shows_it_with_the_tone_of_a_warning(cut_off):
    border.sign_on(cast.aida())
    client = Client()
    sign_in(client, cast.aida())
    held(timezone.now() - timedelta(minutes=30))
    page = client.get(reverse("border:booth")).content.decode()
    assert "<div><dt>Visa list</dt>" in page
    with override_settings(SAFAR_VISA_LIST_HOURS=0):
        page = client.get(reverse("border:booth")).content.decode()
    assert '<div data-tone="check"><dt>Visa list</dt>' in page
