"""The session or the form's token is lost: htmx loses nothing of a half-filled form."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.makers.accounts import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
FORM = {"language": "ru", "theme": "night"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def strict() -> Client:
    """A browser whose form tokens are looked at, signed in."""
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("account_login")).content.decode()
    data = {"login": cast.aida().username, "password": PASSWORD}
    client.post(reverse("account_login"), data | token_in(page))
    return client


def token_in(page: str) -> dict[str, str]:
    found = TOKEN.search(page)
    assert found
    return {"csrfmiddlewaretoken": found[1]}


def test_signed_in_a_part_of_a_page_is_answered(client: Client) -> None:
    """The negative control of the tests below."""
    sign_in(client, cast.aida())
    assert client.get(reverse("accounts:own"), headers=HTMX).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_signed_out_the_answer_stands_beside_the_form(client: Client, method: str) -> None:
    response = getattr(client, method)(reverse("accounts:own"), headers=HTMX)
    assert response.status_code == 401
    assert response.headers["HX-Retarget"] == "#errors"
    assert b"what you typed is still here" in response.content
    assert b"E-401" in response.content
    assert b"<html" not in response.content
    assert "Location" not in response.headers


def test_signed_out_a_page_leads_to_signing_in_as_before(client: Client) -> None:
    response = client.get(reverse("accounts:own"))
    assert response.headers["Location"] == f"{reverse('account_login')}?next=%2Fme%2F"


def test_the_end_of_the_shift_keeps_what_was_typed_too(client: Client) -> None:
    sign_in(client, cast.aida())
    session = client.session
    session["started_at"] -= settings.SESSION_COOKIE_AGE + 1
    session.save()
    response = client.post(reverse("accounts:own"), FORM, headers=HTMX)
    assert (response.status_code, response.headers["HX-Retarget"]) == (401, "#errors")
    assert "_auth_user_id" not in client.session


def test_with_the_right_token_the_form_is_taken(strict: Client) -> None:
    """The negative control of the tests below."""
    token = token_in(strict.get(reverse("accounts:own")).content.decode())
    assert strict.post(reverse("accounts:own"), FORM | token).status_code == 302
    assert cast.aida().language == "ru"


def test_a_page_with_an_old_token_says_what_to_do(strict: Client) -> None:
    response = strict.post(reverse("accounts:own"), FORM)
    assert response.status_code == 403
    assert b"This page was open too long. Load it anew and repeat." in response.content
    assert b"<html" in response.content
    assert cast.aida().language == "en"


def test_a_form_with_an_old_token_gets_the_right_one_and_is_taken_at_the_second_try(
    strict: Client,
) -> None:
    response = strict.post(reverse("accounts:own"), FORM, headers=HTMX)
    part = response.content.decode()
    assert (response.status_code, response.headers["HX-Retarget"]) == (403, "#errors")
    assert "<html" not in part
    assert 'hx-swap-oob="outerHTML:[name=csrfmiddlewaretoken]"' in part
    assert cast.aida().language == "en"
    strict.post(reverse("accounts:own"), FORM | token_in(part), headers=HTMX)
    assert cast.aida().language == "ru"


def test_signed_out_with_an_old_token_it_is_the_signing_out_that_is_told() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("accounts:own"), FORM, headers=HTMX)
    assert response.status_code == 401
    assert b"csrfmiddlewaretoken" not in response.content


def test_a_locked_screen_shows_nothing_of_anybody_with_an_old_token_either(strict: Client) -> None:
    token = token_in(strict.get(reverse("accounts:own")).content.decode())
    strict.post(reverse("accounts:lock"), token)
    assert strict.post(reverse("accounts:own"), FORM, headers=HTMX).status_code == 423
    page = strict.post(reverse("accounts:own"), FORM)
    assert page.headers["Location"].startswith(reverse("accounts:locked"))
