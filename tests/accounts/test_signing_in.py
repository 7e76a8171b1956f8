"""Signing in and out: wrong passwords, the lock-out by device, and what ends a session."""

import re

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from safar.accounts import actions, lockout, queries
from safar.accounts.models import RoleGrant
from tests import cast
from tests.makers.accounts import PASSWORD, actor, audited, sign_in, user

pytestmark = pytest.mark.django_db
WRONG = "not-the-password-1"


@pytest.fixture(autouse=True)
def one_factor(settings) -> None:
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False


def is_in(client: Client) -> bool:
    return client.get(reverse("accounts:own")).status_code == 200


def fail(client: Client, times: int = 5) -> None:
    for _ in range(times):
        sign_in(client, cast.aida(), WRONG)


def test_the_right_password_signs_in_and_the_audit_says_so(client: Client) -> None:
    sign_in(client, cast.aida())
    assert is_in(client)
    assert [row.actor_id for row in audited("accounts.sign_in")] == [cast.aida().pk]


def test_a_wrong_password_does_not_and_the_typed_name_is_not_kept(client: Client) -> None:
    response = sign_in(client, cast.aida(), WRONG)
    assert response.status_code == 200
    assert not is_in(client)
    row = audited("accounts.sign_in", "refused")[0]
    assert (row.actor_id, row.target) == (None, f"User:{cast.aida().pk}")


def test_the_answer_does_not_tell_whether_a_service_number_exists(client: Client) -> None:
    known = sign_in(client, cast.aida(), WRONG).content
    nobody = cast.aida()
    nobody.username = "9999"
    unknown = sign_in(client, nobody, WRONG).content
    assert _errors(known) == _errors(unknown) != []


@pytest.mark.slow
def test_five_wrong_passwords_keep_her_out_on_that_device_even_with_the_right_one() -> None:
    client = Client()
    fail(client)
    response = sign_in(client, cast.aida())
    assert response.status_code == 429
    assert b"15" in response.content
    assert not is_in(client)


@pytest.mark.slow
def test_four_wrong_passwords_do_not() -> None:
    """The negative control of the test before."""
    client = Client()
    fail(client, times=4)
    sign_in(client, cast.aida())
    assert is_in(client)


@pytest.mark.slow
def test_another_device_still_gets_her_in_from_the_same_address() -> None:
    fail(Client())
    other = Client()
    sign_in(other, cast.aida())
    assert is_in(other)


@pytest.mark.slow
def test_the_device_that_is_kept_out_still_lets_her_colleague_in() -> None:
    device = Client()
    fail(device)
    sign_in(device, cast.bakyt())
    assert is_in(device)


@pytest.mark.slow
def test_coming_as_a_new_device_each_time_does_not_help_a_guesser() -> None:
    known = Client()
    sign_in(known, cast.aida())
    for _ in range(settings.AXES_FAILURE_LIMIT * lockout.STRANGERS):
        sign_in(Client(), cast.aida(), WRONG)
    stranger = Client()
    assert sign_in(stranger, cast.aida()).status_code == 429
    assert lockout.locked_usernames(timezone.now()) == {"1001"}
    known.post(reverse("account_logout"))
    sign_in(known, cast.aida())
    assert is_in(known)


@pytest.mark.slow
def test_six_spellings_of_her_name_give_no_fresh_tries() -> None:
    typed = ("officer7", "Officer7", "OFFICER7", "oFFicer7", " offIcer7 ", "offiCer7")
    officer, device = user("Officer7", "officer"), Client()
    codes = [sign_in_as(device, name, WRONG) for name in typed]
    assert codes == [200, 200, 200, 200, 429, 429]
    assert sign_in_as(device, "OFFicer7", PASSWORD) == 429
    assert not is_in(device)
    assert AccessAttempt.objects.get().username == "Officer7"
    assert queries.is_locked_out(officer)


@pytest.mark.slow
def test_any_spelling_signs_in_on_another_device_meanwhile() -> None:
    """The negative control of the test before."""
    user("Officer7", "officer")
    kept_out, other = Client(), Client()
    for _ in range(5):
        sign_in_as(kept_out, "officer7", WRONG)
    assert sign_in_as(other, "OFFICER7", PASSWORD) == 302
    assert is_in(other)


@pytest.mark.slow
def test_a_number_that_nobody_has_is_kept_out_in_any_spelling_too() -> None:
    device = Client()
    codes = [sign_in_as(device, name, WRONG) for name in ("a1x", "A1x", "a1X", "A1X", "a1x")]
    assert codes[-1] == 429


@pytest.mark.slow
def test_an_administrator_lets_her_in_again() -> None:
    client = Client()
    fail(client)
    assert lockout.locked_usernames(AccessAttempt.objects.get().attempt_time) == {"1001"}
    actions.unlock_user(actor(cast.husan()), cast.aida())
    sign_in(client, cast.aida())
    assert is_in(client)


@pytest.mark.slow
def test_the_password_is_not_kept_with_the_attempt() -> None:
    fail(Client())
    assert WRONG not in AccessAttempt.objects.get().post_data


def test_the_device_is_known_by_a_cookie_that_scripts_cannot_read(client: Client) -> None:
    client.get(reverse("account_login"))
    cookie = client.cookies[lockout.COOKIE]
    assert cookie["httponly"]
    before = cookie.value
    client.get(reverse("account_login"))
    assert client.cookies[lockout.COOKIE].value == before


def test_a_made_up_device_number_is_replaced(client: Client) -> None:
    client.cookies[lockout.COOKIE] = "'; DROP TABLE"
    client.get(reverse("account_login"))
    assert lockout.DEVICE.fullmatch(client.cookies[lockout.COOKIE].value)


def test_a_revoked_role_gives_nothing_on_the_next_request(client: Client) -> None:
    sign_in(client, cast.jamila())
    assert client.get(reverse("accounts:audit")).status_code == 200
    grant = RoleGrant.objects.get(user=cast.jamila())
    actions.revoke_role(actor(cast.husan()), grant)
    assert client.get(reverse("accounts:audit")).status_code == 403


def test_a_closed_user_is_signed_out_at_her_next_request(client: Client) -> None:
    sign_in(client, cast.aida())
    assert is_in(client)
    actions.close_user(actor(cast.husan()), cast.aida())
    assert reverse("account_login") in client.get(reverse("accounts:own")).headers["Location"]
    sign_in(client, cast.aida())
    assert not is_in(client)


def test_a_session_ends_with_the_shift(client: Client) -> None:
    sign_in(client, cast.aida())
    session = client.session
    session["started_at"] -= settings.SESSION_COOKIE_AGE + 1
    session.save()
    assert client.get(reverse("accounts:own")).headers["Location"] == reverse("account_login")
    assert audited("accounts.sign_out")[-1].details == {"reason": "shift over"}


def test_signing_in_speaks_her_language(client: Client) -> None:
    aida = cast.aida()
    actions.change_own(actor(aida), None, language="ky")
    sign_in(client, aida)
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ky"


def test_switching_the_language_is_remembered_for_her(client: Client) -> None:
    sign_in(client, cast.aida())
    client.post(reverse("accounts:language"), {"language": "ru"})
    assert actor(cast.aida()).language == "ru"
    client.post(reverse("accounts:language"), {"language": "xx"})
    assert actor(cast.aida()).language == "ru"


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_email", "account_set_password"]
)
def test_pages_of_allauth_that_safar_does_not_use_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def sign_in_as(client: Client, typed: str, password: str) -> int:
    client.get(reverse("account_login"))
    data = {"login": typed, "password": password}
    return client.post(reverse("account_login"), data).status_code


def _errors(page: bytes) -> list[str]:
    return re.findall(r"[^<>]*is not right[^<>]*", page.decode())
