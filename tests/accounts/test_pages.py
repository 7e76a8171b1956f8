"""The pages of accounts: who may open them, and the way from a new user to a role in force."""

import pytest
from django.test import Client
from django.urls import reverse

from safar.accounts import navigation
from safar.accounts.models import RoleGrant, User
from safar.accounts.roles import ROLES
from safar.core import audit
from safar.core.permissions import system
from tests import cast
from tests.makers.accounts import actor, agency, audited, grant, post, sign_in, user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_factor(settings) -> None:
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False


def signed_in(who: User) -> Client:
    client = Client()
    sign_in(client, who)
    return client


def test_without_signing_in_every_page_leads_to_sign_in(client: Client) -> None:
    for name in ("home", "own", "users", "user_add", "roles", "roles_waiting", "audit"):
        location = client.get(reverse(f"accounts:{name}")).headers["Location"]
        assert location.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["users", "user_add", "roles", "roles_waiting", "audit"])
def test_an_officer_opens_none_of_them(name: str) -> None:
    assert signed_in(cast.aida()).get(reverse(f"accounts:{name}")).status_code == 403


def test_a_user_is_added_given_a_role_by_two_and_signs_in() -> None:
    husan, irina = signed_in(cast.husan()), signed_in(cast.irina())
    data = {
        "username": "7003",
        "full_name": "Toktobaev Ulan",
        "agency": str(agency().pk),
        "language": "ru",
        "posts": [post().code],
    }
    shown = husan.post(reverse("accounts:user_add"), data)
    ulan = User.objects.get(username="7003")
    password = shown.context["password"]
    assert ulan.check_password(password)
    husan.post(
        reverse("accounts:user_propose_role", args=[ulan.pk]),
        {"role": "officer", "reason": "From the academy"},
    )
    waiting = RoleGrant.objects.get(user=ulan)
    approve = reverse("accounts:role_approve", args=[waiting.pk])
    assert husan.post(approve).status_code == 403
    assert irina.post(approve).status_code == 302
    assert actor(ulan).roles == {"officer"}


def test_a_proposal_without_a_reason_comes_back_with_the_form() -> None:
    address = reverse("accounts:user_propose_role", args=[cast.aida().pk])
    response = signed_in(cast.husan()).post(address, {"role": "auditor", "reason": ""})
    assert response.status_code == 422
    assert response.context["form"].errors["reason"]


def test_a_waiting_role_is_in_sight_of_the_second_person() -> None:
    husan = signed_in(cast.husan())
    husan.post(
        reverse("accounts:user_propose_role", args=[cast.aida().pk]),
        {"role": "analyst", "reason": "Moves to headquarters"},
    )
    assert "Moves to headquarters" in _text(signed_in(cast.irina()), "accounts:roles_waiting")
    assert reverse("accounts:role_approve", args=[_waiting().pk]) not in _text(
        husan, "accounts:roles_waiting"
    )


@pytest.mark.slow
def test_a_locked_out_officer_is_let_in_from_her_page() -> None:
    kept_out = Client()
    for _ in range(5):
        sign_in(kept_out, cast.aida(), "not-the-password-1")
    husan = signed_in(cast.husan())
    page = reverse("accounts:user", args=[cast.aida().pk])
    unlock = reverse("accounts:user_unlock", args=[cast.aida().pk])
    assert unlock in husan.get(page).content.decode()
    husan.post(unlock)
    assert sign_in(kept_out, cast.aida()).status_code == 302


def test_an_unknown_user_is_not_found() -> None:
    missing = reverse("accounts:user", args=["0198c0de-0000-7000-8000-000000000000"])
    assert signed_in(cast.husan()).get(missing).status_code == 404


def test_the_matrix_names_every_permission_of_every_role() -> None:
    html = _text(signed_in(cast.jamila()), "accounts:roles")
    assert all(name in html for role in ROLES.values() for name in role.permissions)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_has_a_main_page_that_it_may_open(role: str) -> None:
    holder = actor(user(f"home-{role}", role))
    home = navigation.home(holder)
    names = [name for _label, name, _permission in navigation.items(holder)]
    assert home in [reverse(name) for name in names]


def test_a_user_without_a_role_reads_whom_to_ask() -> None:
    nobody = signed_in(user("7004"))
    response = nobody.get(reverse("accounts:home"))
    assert response.status_code == 200
    grant(User.objects.get(username="7004"), "auditor")
    assert nobody.get(reverse("accounts:home")).headers["Location"] == reverse("accounts:audit")


def test_the_audit_page_filters() -> None:
    sign_in(Client(), cast.aida(), "not-the-password-1")
    jamila = signed_in(cast.jamila())
    address = reverse("accounts:audit")
    everything = jamila.get(address).context["entries"]
    refused = jamila.get(address, {"outcome": "refused"}).context["entries"]
    assert {row.outcome for row in everything} == {"done", "refused"}
    assert {row.outcome for row in refused} == {"refused"}
    nothing = jamila.get(address, {"action": "border.", "day": "2001-01-01"}).context["entries"]
    assert nothing == []


def test_the_audit_shows_fifty_rows_a_page() -> None:
    jamila = signed_in(cast.jamila())
    audit.append([audit.Row(system("tests"), "tests.made", audit.DONE, "", {})] * 51)
    first = jamila.get(reverse("accounts:audit"))
    second = jamila.get(f"{reverse('accounts:audit')}?{first.context['older']}")
    shown = [row.number for page in (first, second) for row in page.context["entries"]]
    assert len(first.context["entries"]) == 50
    assert shown == sorted(shown, reverse=True)
    assert len(shown) == len(set(shown)) > 51


def test_checking_the_chain_is_shown_and_put_on_record() -> None:
    response = signed_in(cast.jamila()).post(reverse("accounts:audit_check"))
    assert response.context["checked"].verdict.sound
    assert len(audited("audit.check", "opened")) == 1


def _text(client: Client, name: str) -> str:
    return client.get(reverse(name)).content.decode()


def _waiting() -> RoleGrant:
    return RoleGrant.objects.get(status="proposed")
