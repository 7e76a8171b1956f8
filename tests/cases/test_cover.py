"""A colleague stands in for the lead of a case until a day, or until somebody ends it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases.actions import moving
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import Case
from safar.core.errors import RuleBroken
from tests.makers import cases, sharing
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker():
    return cases.caseworker("7001")


@pytest.fixture
def colleague():
    return cases.caseworker("7002", at=cases.OSH)


def test_who_stands_in_sees_the_case_until_her_cover_is_ended(worker, colleague):
    case = cases.case(worker)
    assert not sees(colleague, case)
    moving.cover(actor(worker), case, by=colleague, reason="my leave", until=None)
    assert sees(colleague, case)
    pages = signed_in(worker)
    assert colleague.full_name in pages.get(at("cover", case.pk)).content.decode()
    answer = pages.post(at("end_cover", case.pk, colleague.pk))
    assert answer.status_code == 302
    assert not sees(colleague, case)
    assert sees(worker, case)
    assert "Named on this case" not in pages.get(at("cover", case.pk)).content.decode()
    assert pages.post(at("end_cover", case.pk, colleague.pk)).status_code == 404


def test_cover_can_be_given_again_after_it_was_ended(worker, colleague):
    case = cases.case(worker)
    tomorrow = timezone.localdate() + timedelta(days=1)
    moving.cover(actor(worker), case, by=colleague, reason="my leave", until=tomorrow)
    moving.end_cover(actor(worker), case, by=colleague)
    moving.cover(actor(worker), case, by=colleague, reason="again", until=tomorrow)
    assert sees(colleague, case)


def test_a_restricted_file_keeps_somebody_who_can_open_it():
    walls = (Compartment.PROGRAMME, Compartment.RESTRICTED)
    first, second = (cases.caseworker(number, *walls) for number in ("7001", "7002"))
    case = cases.case(first, compartment=Compartment.RESTRICTED)
    moving.cover(actor(first), case, by=first, reason="hers", until=None)
    with pytest.raises(RuleBroken, match="Nobody else could open"):
        moving.end_cover(actor(first), case, by=first)
    moving.cover(actor(first), case, by=second, reason="stands in", until=None)
    moving.end_cover(actor(first), case, by=first)
    assert sees(second, case)


def test_my_day_says_which_referrals_to_us_wait(worker, colleague):
    partner = sharing.partner("Embassy of Utopia")
    sharing.arrival(worker, partner, cases.BISHKEK)
    assert "Embassy of Utopia" in my_day(worker)
    assert "Embassy of Utopia" not in my_day(colleague)


def my_day(who):
    return signed_in(who).get(at("my_day")).content.decode()


def sees(who, case):
    return Case.objects.visible_to(actor(who)).filter(pk=case.pk).exists()


def signed_in(who):
    client = Client()
    sign_in(client, who)
    return client


def at(name, *args):
    return reverse(f"cases:{name}", args=args)
