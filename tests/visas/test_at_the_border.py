"""Who comes without a visa applies at the post itself: its desk is an office that bears its code."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.accounts.models import User
from safar.control.offices.commands import offices
from safar.control.visas.models import Application
from tests import cast
from tests.makers import accounts
from tests.makers import visas as make
from tests.visas.test_visas_desk import WHO, file, journey_data, passport_data, read, send, url

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
POST = cast.MANAS


def browser(who: User) -> Client:
    client = Client()
    accounts.sign_in_with_app(client, who)
    return client


def officer(name: str, *roles: str) -> User:
    """Somebody who serves at the post in a role of the border, and has one of visas too."""
    return accounts.user(name, *roles, name=name, posts=[POST])


@pytest.fixture
def desk():
    """The visa desk of the post, as an installation opens it."""
    make.kinds()
    accounts.post(POST)
    accounts.agency()
    done = CliRunner().invoke(
        offices, ["open", POST, "Manas, visa desk", "--country", "KGZ", "--agency", "GBS",
                  "--not-public"],
    )  # fmt: skip
    assert done.exit_code == 0, done.output


def placed(*people: User, at: str = POST) -> None:
    """As headquarters does it on its page."""
    hq = browser(accounts.user("Nurlan", "visa_officer", name="Nurlan"))
    for one in people:
        answer = hq.post(reverse("offices:place", args=[at]), {"username": one.username})
        assert answer.status_code == 302


def today() -> dict[str, str]:
    now = timezone.localdate()
    return {"arrives_on": f"{now:%d.%m.%Y}", "leaves_on": f"{now + timedelta(days=9):%d.%m.%Y}"}


def test_an_officer_of_the_post_takes_an_application_and_another_grants_it_the_same_day(desk):
    first, second = (
        officer("Azat", "officer", "visa_clerk"),
        officer("Burul", "second_line", "consul"),
    )
    placed(first, second)
    clerk, consul = browser(first), browser(second)
    send(clerk, url("new"), **WHO)
    found = Application.objects.get()
    send(clerk, url("fill", found.pk, "passport"), **passport_data())
    send(clerk, url("fill", found.pk, "journey"), **journey_data(consulate=POST, **today()))
    for kind in ("photo", "passport", "ticket", "lodging"):
        send(clerk, url("fill", found.pk, "papers"), **file(kind))
    send(clerk, url("fill", found.pk, "check"), is_true="on")
    send(clerk, url("fee", found.pk), kind="paid", amount="50", receipt="R-1")
    send(clerk, url("screen", found.pk))
    send(clerk, url("prepare", found.pk), word="Nothing special.")
    assert "At the border" in read(consul, url("application", found.pk))
    day = today()
    send(
        consul, url("decide", found.pk), grant="1", **{
            "grant-entries": "1", "grant-days": "10",
            "grant-first": day["arrives_on"], "grant-last": day["leaves_on"],
        },
    )  # fmt: skip
    found.refresh_from_db()
    assert (found.status, found.channel, found.consulate_id) == ("granted", "border", POST)


def test_from_the_page_where_her_day_begins_a_link_leads_to_the_desk(desk):
    link = f'href="{url("desk")}"'
    both, alone = officer("Azat", "officer", "visa_clerk"), cast.aida()
    assert link in browser(both).get(reverse("accounts:home"), follow=True).content.decode()
    assert link not in browser(alone).get(reverse("accounts:home"), follow=True).content.decode()


def test_serving_at_the_post_is_not_enough(desk):
    """Negative controls: the role of visas alone, the post alone, and another post's desk."""
    unplaced = browser(officer("Azat", "officer", "visa_clerk"))
    assert "not placed" in read(unplaced, url("new"), 403)
    assert browser(cast.aida()).get(url("new")).status_code == 403
    make.consulate("IST")
    found = make.sent(make.clerk())
    here = officer("Burul", "second_line", "consul")
    placed(here)
    assert browser(here).get(url("application", found.pk)).status_code == 404


@pytest.mark.parametrize(("at", "came"), [(POST, "border"), ("IST", "consulate")])
def test_who_works_at_both_says_where_the_application_came(desk, at, came):
    make.consulate("IST")
    both = officer("Azat", "visa_clerk")
    placed(both)
    placed(both, at="IST")
    clerk = browser(both)
    send(clerk, url("new"), **WHO)
    found = Application.objects.get()
    send(clerk, url("fill", found.pk, "passport"), **passport_data())
    send(clerk, url("fill", found.pk, "journey"), **journey_data(consulate=at))
    found.refresh_from_db()
    assert (found.channel, found.consulate_id) == (came, at)
