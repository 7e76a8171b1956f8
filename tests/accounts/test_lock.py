"""The lock of the screen: nothing passes but the password, and it shows nothing of anybody."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from safar.accounts.presence import BACKGROUND, LOCKED, SEEN
from tests import cast
from tests.makers.accounts import PASSWORD, audited, sign_in

pytestmark = pytest.mark.django_db
FETCH = {"Sec-Fetch-Dest": "empty"}


@pytest.fixture
def booth(client: Client) -> Client:
    sign_in(client, cast.aida())
    return client


@pytest.fixture
def locked(booth: Client) -> Client:
    booth.post(reverse("accounts:lock"))
    return booth


def unlock(client: Client, password: str = PASSWORD, **extra: object):
    return client.post(reverse("accounts:unlock"), {"password": password, **extra})


def test_unlocked_the_page_opens(booth: Client) -> None:
    """The negative control of the lock."""
    assert booth.get(reverse("accounts:own")).status_code == 200


@pytest.mark.parametrize(
    "name", ["accounts:own", "accounts:home", "account_change_password", "mfa_index"]
)
def test_a_locked_screen_opens_no_page(locked: Client, name: str) -> None:
    response = locked.get(reverse(name))
    assert response.headers["Location"].startswith(reverse("accounts:locked"))


def test_a_locked_screen_takes_no_form(locked: Client) -> None:
    locked.post(reverse("accounts:own"), {"language": "ru", "theme": "night"})
    unlock(locked)
    assert cast.aida().language == "en"


@pytest.mark.parametrize("header", [{"HX-Request": "true"}, {"X-Requested-With": "fetch"}, FETCH])
def test_a_part_of_a_page_is_answered_with_423(locked: Client, header: dict[str, str]) -> None:
    response = locked.get(reverse("accounts:own"), headers=header)
    assert response.status_code == 423
    assert b"<html" not in response.content
    assert response.headers["HX-Retarget"] == "#errors"


def test_the_locked_page_names_nobody(locked: Client) -> None:
    page = locked.get(reverse("accounts:locked")).content.decode()
    assert "Asanova" not in page
    assert "1001" not in page


def test_the_password_unlocks_and_leads_back(locked: Client) -> None:
    response = unlock(locked, next="/me/?tab=1")
    assert response.headers["Location"] == "/me/?tab=1"
    assert locked.get(reverse("accounts:own")).status_code == 200


def test_unlocking_never_leads_to_another_site(locked: Client) -> None:
    assert unlock(locked, next="https://example.org/").headers["Location"] == "/"


def test_a_script_gets_204_and_keeps_its_half_filled_form(locked: Client) -> None:
    data = {"password": PASSWORD}
    response = locked.post(reverse("accounts:unlock"), data, headers=FETCH)
    assert (response.status_code, response.content) == (204, b"")


def test_a_wrong_password_does_not_unlock(locked: Client) -> None:
    assert unlock(locked, "not-hers").status_code == 422
    assert locked.get(reverse("accounts:own")).status_code == 302


def test_the_fifth_wrong_password_signs_out(locked: Client) -> None:
    for _ in range(4):
        assert unlock(locked, "not-hers").status_code == 422
    assert unlock(locked, "not-hers").headers["Location"] == reverse("account_login")
    assert "_auth_user_id" not in locked.session
    assert unlock(locked).status_code == 302
    assert "_auth_user_id" not in locked.session


def test_wrong_tries_are_not_forgotten_between_requests(locked: Client) -> None:
    for _ in range(4):
        unlock(locked, "not-hers")
        locked.get(reverse("accounts:locked"))
        locked.post(reverse("accounts:lock"))
    unlock(locked, "not-hers")
    assert "_auth_user_id" not in locked.session


def test_somebody_else_at_the_locked_screen_ends_the_first_session(locked: Client) -> None:
    key = str(locked.session.session_key)
    locked.post(reverse("accounts:other"))
    assert not locked.session.exists(key)
    sign_in(locked, cast.bakyt())
    assert locked.session["_auth_user_id"] == str(cast.bakyt().pk)
    assert audited("accounts.sign_out")[0].details == {"reason": "another user"}


def test_an_idle_screen_is_found_locked(booth: Client) -> None:
    be_idle(booth, seconds=settings.SAFAR_IDLE_MINUTES * 60 + 1)
    assert booth.get(reverse("accounts:own")).status_code == 302
    assert LOCKED in booth.session
    assert audited("accounts.lock")[0].details == {"reason": "idle"}


def test_a_screen_in_use_is_not(booth: Client) -> None:
    """The negative control of the test before."""
    be_idle(booth, seconds=settings.SAFAR_IDLE_MINUTES * 60 - 5)
    assert booth.get(reverse("accounts:own")).status_code == 200


def test_what_a_page_asks_by_itself_is_no_sign_of_life(booth: Client) -> None:
    be_idle(booth, seconds=60)
    before = booth.session[SEEN]
    booth.get(reverse("accounts:own"), headers={BACKGROUND: "1"})
    assert booth.session[SEEN] == before
    booth.get(reverse("accounts:own"))
    assert booth.session[SEEN] > before


def test_locking_and_unlocking_is_in_the_audit(locked: Client) -> None:
    unlock(locked, "not-hers")
    unlock(locked)
    assert len(audited("accounts.lock")) == 1
    assert len(audited("accounts.unlock", "refused")) == 1
    assert len(audited("accounts.unlock")) == 1


def be_idle(client: Client, *, seconds: int) -> None:
    session = client.session
    session[SEEN] -= seconds
    session.save()
