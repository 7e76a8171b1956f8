"""Of a restricted return: no part before somebody said why, and nothing for whoever is not in it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import Case
from safar.assistance.returns.models import ReturnFile
from safar.assistance.returns.queries.due import due
from safar.assistance.returns.views.steps import STEPS
from safar.core.record import writing
from tests.makers import cases as kernel
from tests.makers import returns as make
from tests.makers.accounts import actor, sign_in
from tests.makers.people import new

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAME = "Zanzibarova"


@pytest.fixture
def worker(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    who = make.worker()
    kernel.place(who, Compartment.PROGRAMME, Compartment.RESTRICTED, programme="returns")
    return who


@pytest.fixture
def case(worker):
    """A restricted return of somebody who has arrived, with a visit to come."""
    made = make.arrived(worker, new(f"{NAME} Gulsara", birth="1989", citizenships=["KGZ"]))
    with writing():
        Case.objects.filter(pk=made.pk).update(compartment=Compartment.RESTRICTED, lead=worker)
    return Case.objects.get(pk=made.pk)


def addresses(case):
    yield reverse("returns:case", args=[case.pk])
    yield reverse("returns:report_visit", args=[case.follow_ups.first().pk])
    for name in STEPS:
        yield reverse("returns:step", args=[case.pk, name])


def browser_of(user):
    client = Client()
    sign_in(client, user)
    return client


def test_no_page_of_a_restricted_return_shows_a_part_before_she_said_why(worker, case):
    client, asked = browser_of(worker), reverse("cases:case", args=[case.pk])
    for address in addresses(case):
        answer = client.get(address)
        assert NAME.encode() not in answer.content, address
        assert (answer.status_code, answer.headers.get("Location")) == (302, asked), address
    client.post(reverse("cases:why", args=[case.pk]), {"purpose": "her safety plan"})
    for address in addresses(case):
        assert client.get(address).status_code in (200, 404), address
    assert NAME.encode() in client.get(reverse("returns:case", args=[case.pk])).content


def test_who_is_not_in_a_restricted_return_finds_no_page_of_it(case):
    client = browser_of(make.worker("7111"))
    for address in addresses(case):
        for method in (client.get, client.post):
            answer = method(address)
            assert answer.status_code in (404, 405), address
            assert NAME.encode() not in answer.content, address


def test_a_restricted_return_falls_due_and_is_listed_for_whoever_is_in_it_alone(worker, case):
    colleague = make.worker("7111")
    day = timezone.localdate()
    seen = {}
    for user in (worker, colleague):
        with kernel.as_in_pages(user):
            titles = [one.case for one in due(actor(user), day)]
            seen[user.pk] = (case in titles, ReturnFile.objects.count(), Case.objects.count())
    assert seen[colleague.pk] == (False, 0, 0)
    assert seen[worker.pk] == (True, 1, 1)
