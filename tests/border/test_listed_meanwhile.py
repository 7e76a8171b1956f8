"""A person is put on a list between her scan and the officer's Enter: she is not let past it."""

import pytest

from safar.control.border.actions import deciding
from safar.control.watchlist.models import Hit
from safar.core.errors import InvalidMove
from safar.core.node import uuid7
from tests import cast
from tests.makers import border, watchlist
from tests.makers.accounts import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def scanned():
    return border.inspect(border.sign_on(cast.aida()), border.document())


def admitted(inspection):
    details = deciding.CrossingDetails(purpose="tourism")
    return deciding.admit(actor(cast.aida()), inspection, key=uuid7(), details=details)


def put_on_a_list(inspection, **fields):
    shown = inspection.document
    name = f"{shown['surname']}, {shown['given_names']}"
    return watchlist.entry(name, births=(shown["birth"],), **fields)


def test_an_entry_that_was_published_after_the_scan_is_not_passed(scanned):
    put_on_a_list(scanned, instruction="detain")
    with pytest.raises(InvalidMove, match="A list has changed since"):
        admitted(scanned)
    again = border.inspect(scanned.sign_on, border.document())
    assert again.verdict == "hold"


def test_control_an_entry_on_somebody_else_stops_nobody(scanned):
    watchlist.entry("ANOTHER, Person", instruction="detain")
    assert admitted(scanned).pk


def test_a_discreet_entry_says_nothing_and_its_hit_is_raised(scanned):
    one = put_on_a_list(scanned, instruction="discreet_check", discreet=True)
    crossing = admitted(scanned)
    assert Hit.objects.get(entry=one).inspection_id == crossing.inspection_id
