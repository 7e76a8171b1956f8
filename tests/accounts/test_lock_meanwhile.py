"""A lock that comes while another request of the same session is under way: it stays."""

from collections.abc import Callable
from unittest import mock

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safar.accounts import presence
from safar.accounts.presence import LOCKED, SEEN, SEEN_STEP, TRIES
from safar.accounts.views import own as views
from tests import cast
from tests.makers.accounts import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
KEPT = "typed_before"


@pytest.fixture
def booth(client: Client) -> Client:
    sign_in(client, cast.aida())
    rewind(client, SEEN_STEP + 5)
    return client


@pytest.fixture
def second_tab(booth: Client) -> Client:
    tab = Client()
    tab.cookies = booth.cookies
    return tab


def rewind(client: Client, seconds: int) -> None:
    session = client.session
    session[SEEN] -= seconds
    session.save()


def open_while(client: Client, happens: Callable[[], object], *, writes: bool = False) -> int:
    """Open a page, and let something happen after it read its session, before it is answered."""
    render = views.render  # type: ignore[attr-defined]

    def slow(request, *args, **kwargs) -> HttpResponse:
        if writes:
            request.session[KEPT] = "tourism"
        happens()
        return render(request, *args, **kwargs)

    with mock.patch.object(views, "render", slow):
        return client.get(reverse("accounts:own")).status_code


def test_a_page_under_way_does_not_undo_the_lock(booth: Client, second_tab: Client) -> None:
    assert open_while(booth, lambda: second_tab.post(reverse("accounts:lock"))) == 200
    assert LOCKED in booth.session
    assert booth.get(reverse("accounts:own")).status_code == 302


def test_without_a_lock_meanwhile_the_page_stays_open(booth: Client) -> None:
    """The negative control of the test before; the sign of life is on disk."""
    before = booth.session[SEEN]
    assert open_while(booth, lambda: None, writes=True) == 200
    assert LOCKED not in booth.session
    assert booth.session[SEEN] > before
    assert booth.session[KEPT] == "tourism"
    assert booth.get(reverse("accounts:own")).status_code == 200


def test_a_page_that_writes_its_session_does_not_undo_it_either(
    booth: Client, second_tab: Client
) -> None:
    open_while(booth, lambda: second_tab.post(reverse("accounts:lock")), writes=True)
    assert LOCKED in booth.session
    assert booth.session[KEPT] == "tourism"


def test_a_lock_between_reading_the_session_and_the_sign_of_life_holds_the_page_back(
    booth: Client, second_tab: Client
) -> None:
    is_idle = presence.is_idle  # type: ignore[attr-defined]

    def locked_first(*args) -> bool:
        with mock.patch.object(presence, "is_idle", is_idle):
            second_tab.post(reverse("accounts:lock"))
        return is_idle(*args)

    with mock.patch.object(presence, "is_idle", locked_first):
        assert booth.get(reverse("accounts:own")).status_code == 302
    assert LOCKED in booth.session


def test_a_page_under_way_does_not_undo_the_unlocking(booth: Client, second_tab: Client) -> None:
    def lock_and_unlock() -> None:
        second_tab.post(reverse("accounts:lock"))
        second_tab.post(reverse("accounts:unlock"), {"password": PASSWORD})

    open_while(booth, lock_and_unlock)
    assert LOCKED not in booth.session


def test_a_wrong_try_under_way_does_not_set_the_count_back(
    booth: Client, second_tab: Client
) -> None:
    booth.post(reverse("accounts:lock"))
    open_form = views.render  # type: ignore[attr-defined]

    def slow(*args, **kwargs) -> HttpResponse:
        with mock.patch.object(views, "render", open_form):
            second_tab.post(reverse("accounts:unlock"), {"password": "not-hers"})
        return open_form(*args, **kwargs)

    with mock.patch.object(views, "render", slow):
        booth.post(reverse("accounts:unlock"), {"password": "not-hers"})
    assert booth.session[TRIES] == 2


def test_a_session_that_ended_meanwhile_does_not_come_back(
    booth: Client, second_tab: Client
) -> None:
    open_while(booth, lambda: second_tab.post(reverse("account_logout")))
    assert not Session.objects.exists()


def test_the_right_password_does_not_revive_a_session_that_ended(booth: Client) -> None:
    booth.post(reverse("accounts:lock"))
    real = presence._count_try

    def after_the_end(request) -> int:
        Session.objects.all().delete()
        return real(request)

    with mock.patch.object(presence, "_count_try", after_the_end):
        booth.post(reverse("accounts:unlock"), {"password": PASSWORD})
    assert not Session.objects.exists()


def test_the_session_is_written_once_in_a_while_only(booth: Client) -> None:
    assert session_writes(booth) == 1
    assert session_writes(booth) == 0


def session_writes(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("accounts:own"))
    return sum(q["sql"].startswith('UPDATE "django_session"') for q in queries)
