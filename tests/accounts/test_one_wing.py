"""Nobody stands on both sides of the wall between control and assistance."""

import pytest
from django.db import IntegrityError, transaction

from safar.accounts.actions import approve_role, propose_role, revoke_role
from safar.accounts.models import RoleGrant
from safar.accounts.roles import ROLES, wings_of
from safar.core.errors import RuleBroken
from safar.core.record import writing
from tests import cast
from tests.makers.accounts import actor, user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_an_officer_is_not_given_a_role_of_casework():
    with pytest.raises(RuleBroken, match="other wing"):
        propose_role(actor(cast.husan()), cast.aida(), role="caseworker", reason="helps out")


def test_a_second_role_of_the_same_wing_is_given():
    grant = propose_role(actor(cast.husan()), cast.aida(), role="second_line", reason="trained")
    assert approve_role(actor(cast.irina()), grant).status == "active"


def test_once_the_first_role_is_revoked_the_other_wing_is_open():
    husan, aida = actor(cast.husan()), cast.aida()
    revoke_role(husan, RoleGrant.objects.get(user=aida))
    assert propose_role(husan, aida, role="caseworker", reason="moves").wing == "assistance"


def test_the_database_refuses_both_wings_whoever_writes():
    aida = cast.aida()
    with writing("accounts"), pytest.raises(IntegrityError, match="one_wing"), transaction.atomic():
        RoleGrant.objects.create(user=aida, role="caseworker", reason="raw")


def test_administrators_and_auditors_belong_to_neither_wing():
    clerk = user("6001", "administrator", "officer", name="Clerk")
    assert wings_of(actor(clerk).roles) == {"control"}
    assert {code for code, role in ROLES.items() if not role.wing} == {"administrator", "auditor"}
