"""Who left the ordinary flow is on no list of overstays, and cannot be told from others."""

import pytest
from django.test import Client
from django.urls import reverse

from safar.control.border.counts import stays as border_counts
from safar.control.stays.models import Overstay
from safar.control.stays.queries import finding
from safar.control.stays.queries.finding import Selection
from tests import cast
from tests.makers import border
from tests.makers import stays as make
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def at_the_exit(shown):
    """She stands in a booth on her way out; nothing is decided yet."""
    return border.inspect(border.sign_on(cast.aida(), direction="exit"), shown)


def set_aside(shown):
    """An ordinary exit that came to nothing: referred, and set aside by the second line."""
    border.set_aside(border.refer(at_the_exit(shown)), cast.bakyt())


def left_from_the_booth(shown):
    border.leave_flow(at_the_exit(shown))


def left_from_the_second_line(shown):
    from safar.control.border.actions import second_line

    referral = border.refer(at_the_exit(shown))
    second_line.leave_flow_referred(actor(cast.bakyt()), referral)


def seen(client, shown):
    """Everything of her that a stay officer is shown."""
    page = client.get(reverse("stays:overstays")).content.decode()
    return shown.number in page


@pytest.fixture
def officer():
    client = Client()
    sign_in(client, make.zarina())
    return client


@pytest.mark.parametrize("leaves", [left_from_the_booth, left_from_the_second_line])
def test_she_does_not_come_on_the_list(officer, leaves):
    shown, other = make.document(), make.document()
    make.entered(40, 30, shown=shown)
    make.entered(40, 30, shown=other)
    leaves(shown)
    assert make.found() == (1, 0)
    assert not seen(officer, shown)
    assert seen(officer, other)
    counted = finding.counts_over(actor(cast.gulnara()), Selection(make.day(0)))
    assert sum(counted.values()) == 1


@pytest.mark.parametrize("leaves", [left_from_the_booth, left_from_the_second_line, set_aside])
def test_she_goes_from_the_list_as_others_do_whose_exit_came_to_nothing(officer, leaves):
    shown = make.document()
    row = make.overstay(make.entered(40, 30, shown=shown))
    address = reverse("stays:explanation", args=[row.pk])
    assert officer.get(address).status_code == 200
    leaves(shown)
    assert make.found() == (0, 1)
    row.refresh_from_db()
    assert row.closed_because == "record"
    assert not seen(officer, shown)
    assert officer.get(address).status_code == 404
    assert not Overstay.objects.visible_to(actor(make.nurgul())).exists()


@pytest.mark.parametrize("leaves", [left_from_the_booth, set_aside])
def test_the_figures_of_the_border_leave_the_same_people_out(leaves):
    """Or the difference between two figures would tell of her."""
    shown = make.document()
    make.entered(40, 30, shown=shown)
    who = actor(cast.gulnara())

    def counted():
        now = border.days_ago(0, 23)
        return border_counts.open_stays(who, make.day(100), make.day(1), now=now)

    assert sum(counted().values()) == 1
    with border.clock(border.days_ago(0, 5)):
        leaves(shown)
    assert counted() == {}


def test_who_passed_after_a_look_that_came_to_nothing_is_counted_again():
    """Only the last stay is in doubt: who entered anew counts like anybody."""
    shown = make.document()
    make.entered(90, 30, shown=shown)
    with border.clock(border.days_ago(50)):
        set_aside(shown)
    again = make.entered(40, 30, shown=shown)
    assert make.found() == (1, 0)
    assert Overstay.objects.get().crossing_id == again.pk
