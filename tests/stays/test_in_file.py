"""A traveller's file shows her extensions, registrations and overstays to who may see them."""

import pytest
from django.test import Client
from django.urls import reverse

from safar.control.border import file_sections
from safar.control.stays.actions import registering
from safar.control.stays.queries.in_file import stays_of
from tests import cast
from tests.makers import border
from tests.makers import stays as make
from tests.makers.accounts import actor, sign_in, user
from tests.stays.test_registrations import lives

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def file_page(client: Client, key) -> str:
    """The file, after a purpose was stated."""
    address = reverse("border:traveller", args=[key])
    client.post(address, {"purpose": "request"})
    return client.get(address).content.decode()


@pytest.fixture
def second_line():
    client = Client()
    sign_in(client, cast.bakyt())
    return client


def test_each_stands_there_with_its_state(second_line):
    entry = make.entered(40, 30)
    make.said(make.overstay(entry))
    make.standing_rule()
    made = registering.register(actor(make.zarina()), entry, lives=lives())
    make.asked(entry, make.day(-20))
    page = file_page(second_line, entry.traveller_id)
    assert "Over since" in page
    assert "Waits for a second person" in page
    assert "Asked to stay until" in page
    assert f"{made.days_late} days late" in page
    assert "Bishkek" in page


def test_an_address_is_for_who_works_on_stays(second_line):
    entry = make.entered(20, 60)
    registering.register(actor(make.zarina()), entry, lives=lives())
    assert "Chuy Avenue" not in file_page(second_line, entry.traveller_id)
    both = user("6199", "second_line", "stay_officer", name="Both Roles")
    client = Client()
    sign_in(client, both)
    assert "Chuy Avenue" in file_page(client, entry.traveller_id)


def test_an_explanation_is_offered_to_who_may_open_it_alone(second_line):
    entry = make.entered(40, 30)
    row = make.overstay(entry)
    link = reverse("stays:explanation", args=[row.pk])
    assert link not in file_page(second_line, entry.traveller_id)


def test_what_the_record_does_not_tell_is_shown_to_nobody(second_line):
    shown = make.document()
    entry = make.entered(40, 30, shown=shown)
    make.overstay(entry)
    assert "Over since" in file_page(second_line, entry.traveller_id)  # the negative control
    border.leave_flow(border.inspect(border.sign_on(cast.aida(), direction="exit"), shown))
    make.found()
    assert "Over since" not in file_page(second_line, entry.traveller_id)


def test_another_traveller_is_not_there(second_line):
    make.overstay(make.entered(40, 30))
    other = make.entered(5, 30)
    assert "Over since" not in file_page(second_line, other.traveller_id)


def test_nothing_is_loaded_for_who_may_open_no_file():
    entry = make.entered(40, 30)
    make.overstay(entry)
    keys = frozenset({entry.traveller_id})
    assert stays_of(actor(cast.aida()), keys) is None
    assert file_sections.sections(actor(cast.aida()), keys) == []
    found = stays_of(actor(cast.bakyt()), keys)
    assert found is not None
    assert len(found.overstays) == 1


def test_a_first_line_officer_opens_no_file():
    client = Client()
    sign_in(client, cast.aida())
    entry = make.entered(40, 30)
    assert client.get(reverse("border:traveller", args=[entry.traveller_id])).status_code == 403
