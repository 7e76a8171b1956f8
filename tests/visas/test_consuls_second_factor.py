"""Who decides on visas, ends them or keeps the seals, needs a second factor."""

import pytest
from django.test import Client, override_settings

from safar.accounts.roles import ROLES
from tests.makers import visas as make
from tests.makers.accounts import actor, sign_in, sign_in_with_app, user
from tests.visas.test_visas_desk import url

pytestmark = pytest.mark.django_db


def lands(client, page):
    answer = client.get(url(page))
    return answer.status_code, answer.headers.get("Location", "")


def signed_in(role, how):
    client = Client()
    how(client, make.officer(role.title(), role))
    return client


@pytest.mark.parametrize(("role", "page"), [("consul", "desk"), ("seal_keeper", "seals")])
def test_with_a_password_alone_they_get_no_further_than_to_add_one(role, page):
    status, where = lands(signed_in(role, sign_in), page)
    assert status == 302
    assert where == "/account/second-factor/"
    assert lands(signed_in(role, sign_in_with_app), page)[0] == 200


def test_a_clerk_who_decides_nothing_needs_none():
    assert lands(signed_in("visa_clerk", sign_in), "desk")[0] == 200


def test_the_demonstration_asks_nobody_for_one():
    with override_settings(SAFAR_REQUIRE_SECOND_FACTOR=False):
        assert lands(signed_in("consul", sign_in), "desk")[0] == 200


def test_every_role_that_decides_or_ends_a_visa_alone_at_an_office_is_of_these():
    deciding = {code for code, role in ROLES.items() if "visas.grant" in role.permissions}
    assert deciding == {"consul"}
    assert ROLES["consul"].changes_trust
    assert ROLES["seal_keeper"].changes_trust
    assert actor(user("Someone", "consul")).may("visas.refuse")
