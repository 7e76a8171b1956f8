"""The demonstration's migration authority works on what the night truly found in the traffic."""

import pytest
from django.db.models import F
from django.utils import timezone

from safar.control.stays.models import ExtensionApplication, Overstay, Rebuttal, Registration
from safar.simulation import loading, stays_office, users
from safar.simulation.world import Scale
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def office(db):
    load_reference()
    users.add()
    scale = Scale(travellers=2500, days=120, last_day=timezone.localdate())
    loading.load(scale, until=timezone.now())
    return stays_office.add()


def test_overstays_are_found_and_answered_and_stays_made_longer_by_two(office):
    assert stays_office.add() == "there already"
    assert Overstay.objects.count() > 2
    assert Overstay.objects.filter(closed_because="rebutted").count() == 1
    assert set(Rebuttal.objects.values_list("status", flat=True)) == {"recorded", "accepted"}
    asked = ExtensionApplication.objects
    assert set(asked.values_list("status", flat=True)) == {"asked", "granted", "refused"}
    assert not asked.filter(decided_by=F("prepared_by")).exists()
    assert Registration.objects.count() == 4
