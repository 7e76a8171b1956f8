"""Roles take two people: as an action, as a page, and as a constraint of the database."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from safar.accounts import actions, rules
from safar.accounts.models import RoleGrant, User
from safar.accounts.roles import ROLES
from safar.accounts.workflow import GRANT
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.permissions import system
from safar.core.record import UnguardedWrite, writing
from tests import cast
from tests.makers.accounts import actor, audited, user

pytestmark = pytest.mark.django_db


def proposed(role: str = "officer", by: User | None = None, to: User | None = None) -> RoleGrant:
    who = to or user("7001", name="New Officer")
    return actions.propose_role(actor(by or cast.husan()), who, role=role, reason="Joined in May")


def roles_of(user: User) -> frozenset[str]:
    return actor(user).roles


def test_a_role_proposed_by_one_and_approved_by_another_is_in_force() -> None:
    grant = proposed()
    assert roles_of(grant.user) == frozenset()
    actions.approve_role(actor(cast.irina()), grant)
    assert roles_of(grant.user) == {"officer"}
    assert actor(grant.user).may("border.admit")


def test_nobody_approves_or_declines_her_own_proposal() -> None:
    grant = proposed(by=cast.husan())
    for decide in (actions.approve_role, actions.decline_role):
        with pytest.raises(NotAllowed) as refused:
            decide(actor(cast.husan()), grant)
        assert refused.value.data["policy"] == "second_person"
    assert roles_of(grant.user) == frozenset()


def test_nobody_proposes_decides_or_revokes_a_role_of_her_own() -> None:
    with pytest.raises(NotAllowed):
        proposed("auditor", by=cast.irina(), to=cast.irina())
    grant = proposed("auditor", by=cast.husan(), to=cast.irina())
    with pytest.raises(NotAllowed) as refused:
        actions.approve_role(actor(cast.irina()), grant)
    assert refused.value.data["policy"] == "not_own_role"
    own = RoleGrant.objects.get(user=cast.irina(), role="administrator")
    with pytest.raises(NotAllowed):
        actions.revoke_role(actor(cast.irina()), own)


def test_safar_itself_is_no_second_person() -> None:
    with pytest.raises(NotAllowed):
        actions.approve_role(system("command line"), proposed())


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"administrator"}))
def test_no_other_role_gives_roles(role: str) -> None:
    holder = actor(user("7100", role))
    grant = proposed()
    with pytest.raises(NotAllowed):
        actions.propose_role(holder, cast.aida(), role="auditor", reason="I want it")
    with pytest.raises(NotAllowed):
        actions.approve_role(holder, grant)


def test_a_proposal_older_than_14_days_must_be_made_anew() -> None:
    grant = proposed()
    with writing("accounts"):
        old = timezone.now() - rules.PROPOSAL_STANDS - timedelta(minutes=1)
        RoleGrant.objects.filter(pk=grant.pk).update(proposed_at=old)
    with pytest.raises(NotAllowed) as refused:
        actions.approve_role(actor(cast.irina()), grant)
    assert refused.value.data["policy"] == "still_fresh"


def test_a_role_cannot_be_proposed_twice() -> None:
    grant = proposed()
    with pytest.raises(RuleBroken):
        proposed(to=grant.user)


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(RuleBroken):
        proposed("king")


def test_a_declined_role_never_comes_into_force() -> None:
    grant = proposed()
    actions.decline_role(actor(cast.irina()), grant)
    with pytest.raises(InvalidMove):
        actions.approve_role(actor(cast.irina()), grant)


def test_one_person_revokes_at_once() -> None:
    grant = proposed()
    actions.approve_role(actor(cast.irina()), grant)
    actions.revoke_role(actor(cast.husan()), grant)
    assert roles_of(grant.user) == frozenset()
    grant.refresh_from_db()
    assert (grant.decided_by, grant.revoked_by) == (cast.irina(), cast.husan())


def test_no_status_of_a_grant_is_a_dead_end() -> None:
    assert GRANT.dead_ends() == frozenset()


def test_what_was_done_and_what_was_refused_is_in_the_audit() -> None:
    grant = proposed(by=cast.husan())
    with pytest.raises(NotAllowed):
        actions.approve_role(actor(cast.husan()), grant)
    actions.approve_role(actor(cast.irina()), grant)
    refused, done = audited("accounts.approve_role", "refused"), audited("accounts.approve_role")
    assert [row.actor_id for row in refused] == [cast.husan().pk]
    assert [(row.actor_id, row.details["to"]) for row in done] == [(cast.irina().pk, "active")]
    assert [row.details["role"] for row in audited("accounts.propose_role")] == ["officer"]


def raw(**fields: object) -> None:
    with writing("accounts"), transaction.atomic():
        RoleGrant.objects.create(
            user=cast.aida(), role="auditor", reason="past every action", **fields
        )


def test_the_database_takes_a_role_with_two_people() -> None:
    """The negative control of the three tests that follow."""
    raw(
        proposed_by=cast.husan(),
        decided_by=cast.irina(),
        decided_at=timezone.now(),
        status="active",
    )


def test_the_database_refuses_one_person_as_both() -> None:
    one = {"proposed_by": cast.husan(), "decided_by": cast.husan(), "decided_at": timezone.now()}
    with pytest.raises(IntegrityError, match="role_grant_two_people"):
        raw(status="active", **one)


def test_the_database_refuses_the_holder_as_one_of_the_two() -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError, match="role_grant_not_own"):
        raw(status="active", proposed_by=cast.husan(), decided_by=cast.aida(), decided_at=now)
    with pytest.raises(IntegrityError, match="role_grant_not_own"):
        raw(status="active", proposed_by=cast.aida(), decided_by=cast.irina(), decided_at=now)


def test_the_database_refuses_a_role_in_force_that_nobody_decided() -> None:
    with pytest.raises(IntegrityError, match="role_grant_decided_at_by"):
        raw(status="active", proposed_by=cast.husan())
    with pytest.raises(IntegrityError, match="role_grant_decided_at_by"):
        raw(status="active", proposed_by=cast.husan(), decided_at=timezone.now())


def test_a_grant_is_written_by_actions_only() -> None:
    with pytest.raises(UnguardedWrite):
        RoleGrant.objects.create(user=cast.aida(), role="auditor", reason="past every action")
