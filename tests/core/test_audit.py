"""The audit chain: sound as it grows, and the first bad row is named after any tampering."""

import hashlib
from contextlib import contextmanager

import pytest
from django.db import connection

from safar.core import audit
from safar.core.models import AuditEntry
from safar.core.permissions import Actor
from safar.lib import chain

pytestmark = pytest.mark.django_db
WHO = Actor(None, "tester")


def write(count, **details):
    audit.append([audit.Row(WHO, f"test.step{n}", audit.DONE, "", details) for n in range(count)])


@contextmanager
def behind_the_triggers():
    """What a database owner with ill will does: the append-only triggers are switched off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor
        cursor.execute("SET session_replication_role = origin")


def test_an_untouched_chain_is_sound():
    write(20, note='ң ө ү «кавычки» \\ " \x7f')
    assert audit.verify() == chain.Verdict(20)


def test_an_empty_chain_is_sound():
    assert audit.verify().sound


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE core_auditentry SET actor_name = 'x' WHERE number = 7", 7),
        ("UPDATE core_auditentry SET at = at + interval '1 microsecond' WHERE number = 5", 5),
        ("UPDATE core_auditentry SET details = '{\"a\": 1}' WHERE number = 3", 3),
        ("DELETE FROM core_auditentry WHERE number = 4", 4),
        ("DELETE FROM core_auditentry WHERE number > 8", 9),
        ("DELETE FROM core_auditentry WHERE number = 1", 1),
    ],
)
def test_tampering_is_found_and_the_first_bad_row_named(statement, first_bad):
    write(10)
    with behind_the_triggers() as cursor:
        cursor.execute(statement)
    verdict = audit.verify()
    assert not verdict.sound
    assert verdict.first_bad == first_bad


def test_a_tail_cut_together_with_the_head_is_shown_by_an_anchor_only():
    write(10)
    anchor = audit.head()
    with behind_the_triggers() as cursor:
        cursor.execute("DELETE FROM core_auditentry WHERE number > 6")
        cursor.execute(
            "UPDATE core_audithead SET number = 6,"
            " hash = (SELECT hash FROM core_auditentry WHERE number = 6)"
        )
    assert audit.verify().sound, "a bare chain cannot show this: that is why anchors exist"
    verdict = audit.verify([anchor])
    assert (verdict.sound, verdict.first_bad) == (False, 7)


def test_a_row_written_by_raw_sql_is_chained_too():
    write(2)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_auditentry (number, at, node, actor_name, action, outcome, target,"
            " request_id, details, previous_hash, hash) VALUES (99, now(), 'central', 'x', 'x',"
            " 'done', '', '', '{}', 'x', 'x')"
        )
    assert audit.verify() == chain.Verdict(3)


def test_a_search_leaves_no_name_in_the_audit():
    audit.searched(WHO, "travellers.search", terms="Асанова|1991", found=2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT details::text FROM core_auditentry")
        assert "санова" not in cursor.fetchone()[0]


def test_no_name_can_be_tried_against_a_search_without_the_key(settings):
    def mark(terms):
        audit.searched(WHO, "travellers.search", terms=terms, found=2)
        return AuditEntry.objects.latest("number").details["terms"]

    once = mark("Асанова|1991")
    assert once != hashlib.sha256("асанова|1991".encode()).hexdigest()[:16]
    assert mark("АСАНОВА|1991") == once  # the same search is still seen to be the same
    assert mark("Асанова|1992") != once
    settings.SECRET_KEY = "another installation's"
    assert mark("Асанова|1991") != once
