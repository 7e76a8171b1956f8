"""Can an administrator keep what tells a user's relatives, so that nobody reads it again?"""

import pytest
from django.test import Client
from django.urls import reverse

from safar.accounts import staff, staff_actions
from safar.accounts.models import StaffMarks
from safar.core.errors import NotAllowed
from safar.core.models import AuditEntry
from tests import cast
from tests.makers import accounts

pytestmark = pytest.mark.django_db
FACTS = {
    "birth": "1990-03-08",
    "birth_place": "Osh",
    "address": "Bishkek, Chuy 12-5",
    "phone": "0555 123456",
}


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False


def browser() -> Client:
    client = Client()
    accounts.sign_in(client, cast.husan())
    return client


@pytest.mark.slow
def test_what_was_entered_is_compared_and_never_shown():
    address = reverse("accounts:user_details", args=[cast.aida().pk])
    client = browser()
    assert client.post(address, FACTS).status_code == 302
    kept = StaffMarks.objects.get()
    assert kept.birth_place == staff.mark("birth_place", "г. Ош")
    page = client.get(address).content.decode()
    assert "Place of birth, Address, Private telephone" in page
    for fact in ("1990-03-08", 'value="Osh"', "Chuy", "123456"):
        assert fact not in page
    row = AuditEntry.objects.filter(action="accounts.keep_details").get()
    assert row.details["fields"] == list(staff.FIELDS)
    assert "Osh" not in str(row.details)


def test_what_is_saved_takes_the_place_of_what_was_kept():
    for facts in (FACTS, {"phone": "0555 123456"}):
        staff_actions.keep_details(accounts.actor(cast.husan()), cast.aida(), facts=facts)
    kept = StaffMarks.objects.get()
    assert (kept.birth_place, bool(kept.phone)) == ("", True)


def test_nobody_keeps_her_own_details_and_officers_keep_none():
    with pytest.raises(NotAllowed):
        staff_actions.keep_details(accounts.actor(cast.husan()), cast.husan(), facts=FACTS)
    with pytest.raises(NotAllowed):
        staff_actions.keep_details(accounts.actor(cast.daniyar()), cast.aida(), facts=FACTS)
    staff_actions.keep_details(accounts.actor(cast.irina()), cast.husan(), facts=FACTS)


@pytest.mark.slow
def test_an_officer_does_not_open_the_page():
    client = Client()
    accounts.sign_in(client, cast.daniyar())
    address = reverse("accounts:user_details", args=[cast.aida().pk])
    assert client.get(address).status_code == 403
