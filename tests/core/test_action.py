"""`@action`: permission, policies, lock, transaction, audit of what was done and refused."""

import pytest
from django.db import DatabaseError, connection, transaction

from safar.accounts.models import Agency
from safar.core.action import action, can, role_suffices
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.models import AuditEntry
from safar.core.permissions import Actor
from safar.core.record import UnguardedWrite

pytestmark = pytest.mark.django_db


def not_named_closed(actor, target):
    return "it is closed" if target is not None and target.name == "closed" else None


@action("accounts.try_rename", policies=(not_named_closed,))
def rename(actor: Actor, target: Agency, *, name: str) -> Agency:
    """Renamed an agency."""
    target.name = name
    target.save()
    if name == "broken":
        raise RuleBroken("no such name", field="name")
    return target


@action("accounts.try_found", policies=(role_suffices,))
def found(actor: Actor, target: None, *, code: str) -> Agency:
    """Founded an agency."""
    agency = Agency(code=code, name=code)
    agency.save()
    return agency


@action("accounts.try_found_and_break", policies=(role_suffices,))
def found_and_break(actor: Actor, target: None) -> Agency:
    """Founded one agency and broke a rule in the next step."""
    agency = found(actor, None, code="INNER")
    return rename(actor, agency, name="broken")


EVERYTHING = Actor(None, "tester", permissions=frozenset({"*"}))
NOTHING = Actor(None, "nobody")


@pytest.fixture
def agency():
    return found(EVERYTHING, None, code="GBS")


def rows(name, outcome):
    return list(AuditEntry.objects.filter(action=name, outcome=outcome))


def test_what_was_done_is_audited_with_its_target(agency):
    (row,) = rows("accounts.try_found", "done")
    assert (row.actor_name, row.target) == ("tester", f"Agency:{agency.pk}")


def test_without_the_permission_nothing_happens_and_the_refusal_is_audited(agency):
    with pytest.raises(NotAllowed):
        rename(NOTHING, agency, name="taken")
    agency.refresh_from_db()
    assert agency.name == "GBS"
    assert len(rows("accounts.try_rename", "refused")) == 1


def test_a_policy_refuses_with_its_reason(agency):
    rename(EVERYTHING, agency, name="closed")
    with pytest.raises(NotAllowed, match="it is closed"):
        rename(EVERYTHING, agency, name="open")
    assert rows("accounts.try_rename", "refused")[0].details["policy"] == "not_named_closed"


def test_a_broken_rule_rolls_back_and_leaves_only_the_refusal(agency):
    with pytest.raises(RuleBroken):
        rename(EVERYTHING, agency, name="broken")
    agency.refresh_from_db()
    assert agency.name == "GBS"
    assert rows("accounts.try_rename", "done") == []
    assert len(rows("accounts.try_rename", "refused")) == 1


def test_a_refusal_inside_another_action_is_written_once_by_the_outermost():
    with pytest.raises(RuleBroken):
        found_and_break(EVERYTHING, None)
    assert not Agency.objects.filter(code="INNER").exists()
    assert len(rows("accounts.try_found_and_break", "refused")) == 1
    assert rows("accounts.try_found", "done") == []


def test_a_record_is_written_by_actions_of_its_own_app_only(agency):
    with pytest.raises(UnguardedWrite):
        agency.save()
    with pytest.raises(UnguardedWrite):
        Agency.objects.filter(pk=agency.pk).update(name="x")
    with pytest.raises(UnguardedWrite):
        Agency.objects.bulk_create([Agency(code="A", name="A")])
    with pytest.raises(UnguardedWrite):
        Agency.objects.all().delete()


def test_the_button_asks_the_same_question_as_the_action(agency):
    assert can(EVERYTHING, "accounts.try_rename", agency)
    assert not can(NOTHING, "accounts.try_rename", agency)
    rename(EVERYTHING, agency, name="closed")
    agency.refresh_from_db()
    assert not can(EVERYTHING, "accounts.try_rename", agency)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET actor_name = 'somebody else'",
        "DELETE FROM core_auditentry",
        "TRUNCATE core_auditentry",
    ],
)
def test_the_database_itself_keeps_the_audit(agency, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
