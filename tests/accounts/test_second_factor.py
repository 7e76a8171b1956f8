"""The second factor: required of trusted roles, and nothing opens between the first and it."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.makers.accounts import PASSWORD, audited, authenticator_app, code_now, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def test_a_trusted_role_without_one_opens_no_page_but_to_set_it(client: Client) -> None:
    sign_in(client, cast.husan())
    for name in ("accounts:users", "accounts:user_add", "accounts:own", "accounts:home"):
        assert client.get(reverse(name)).headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200


def test_nor_does_it_take_a_form(client: Client) -> None:
    sign_in(client, cast.husan())
    client.post(reverse("accounts:user_close", args=[cast.aida().pk]))
    cast_aida = cast.aida()
    cast_aida.refresh_from_db()
    assert cast_aida.is_active


def test_where_it_is_not_required_the_same_page_opens(client: Client, settings) -> None:
    """The negative control: as in the demo."""
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    sign_in(client, cast.husan())
    assert client.get(reverse("accounts:users")).status_code == 200


def test_a_role_that_changes_no_trust_needs_none(client: Client) -> None:
    sign_in(client, cast.jamila())
    assert client.get(reverse("accounts:audit")).status_code == 200


def test_after_the_password_alone_nobody_is_signed_in(client: Client) -> None:
    authenticator_app(cast.husan())
    assert sign_in(client, cast.husan()).headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    for name in ("accounts:users", "accounts:own", "mfa_index", "mfa_activate_totp"):
        location = client.get(reverse(name)).headers["Location"]
        assert location.startswith(reverse("account_login"))
    assert audited("accounts.sign_in") == []


def test_the_code_lets_her_in(client: Client) -> None:
    secret = authenticator_app(cast.husan())
    sign_in(client, cast.husan())
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert client.get(reverse("accounts:users")).status_code == 200
    assert len(audited("accounts.sign_in")) == 1


@pytest.mark.parametrize(("steps", "is_in"), [(1, True), (-1, True), (4, False), (-4, False)])
def test_a_clock_may_be_half_a_minute_wrong(client: Client, steps: int, is_in: bool) -> None:
    secret = authenticator_app(cast.husan())
    sign_in(client, cast.husan())
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret, steps)})
    assert ("_auth_user_id" in client.session) is is_in


@pytest.mark.slow
def test_wrong_codes_run_out_and_are_in_the_audit(client: Client) -> None:
    secret = authenticator_app(cast.husan())
    sign_in(client, cast.husan())
    for _ in range(6):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert "_auth_user_id" not in client.session
    refused = audited("accounts.second_factor", "refused")
    assert {row.target for row in refused} == {f"User:{cast.husan().pk}"}
    assert len(refused) == 5


def confirm(client: Client, name: str) -> str:
    """Open a page that asks for the password again, and return its address."""
    page = reverse(name)
    client.get(page)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": page})
    return page


def test_an_app_is_added_with_a_picture_that_needs_no_image(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    sign_in(client, cast.husan())
    page = confirm(client, "mfa_activate_totp")
    response = client.get(page)
    html = response.content.decode()
    assert 'fill="#000" d="M' in html
    assert "data:image" not in html
    secret = response.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"code": code_now(secret)})
    assert client.get(reverse("accounts:users")).status_code == 200
    assert len(audited("accounts.totp_activated")) == 1


def test_a_trusted_role_cannot_take_off_its_only_second_factor(client: Client, settings) -> None:
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    sign_in(client, cast.husan())
    page = confirm(client, "mfa_activate_totp")
    client.post(page, {"code": code_now(client.get(page).context["form"].secret)})
    settings.SAFAR_REQUIRE_SECOND_FACTOR = True
    client.post(reverse("mfa_deactivate_totp"))
    own = Authenticator.objects.filter(user=cast.husan(), type="totp")
    assert own.exists()
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    client.post(reverse("mfa_deactivate_totp"))
    assert not own.exists()


@pytest.mark.slow
def test_spare_codes_are_shown_once_and_work_once(client: Client) -> None:
    sign_in(client, cast.husan())
    page = confirm(client, "mfa_activate_totp")
    client.post(page, {"code": code_now(client.get(page).context["form"].secret)})
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert codes[0] not in again
    for expected in (True, False):
        client.post(reverse("account_logout"))
        sign_in(client, cast.husan())
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert ("_auth_user_id" in client.session) is expected
