"""No way leads round a seal: neither for two people who destroy, nor past the actions."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from safar.control.blanks.actions import boxes, counting, stock
from safar.control.blanks.models import Blank, Box, BoxOpening, BoxRelease
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.node import uuid7
from safar.core.permissions import system
from tests.blanks.test_boxes import SEAL, arrived, keeper, office, opened, sealed_box
from tests.makers import accounts
from tests.makers import visas as applications
from tests.makers.accounts import sign_in_with_app

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE = "AC0000003"


def raw(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(statement: str, match: str, *values) -> None:
    with pytest.raises(DatabaseError, match=match):
        raw(statement, *values)


def in_doubt() -> list[str]:
    return [number for row in counting.count_blanks(system("night"), None) for number in row.boxes]


def destroyed(numbers: list[str]) -> None:
    proposed = stock.propose_destruction(
        applications.clerk(), office(), numbers=numbers, reason="wet"
    )
    stock.destroy_blanks(applications.consul(), proposed)


def test_two_people_destroy_nothing_under_a_seal():
    arrived()
    with pytest.raises(RuleBroken, match="Not in hand"):
        destroyed([ONE])


def test_out_of_an_open_box_they_do():
    opened()
    destroyed([ONE])
    assert Blank.objects.get(number=ONE).state == "destroyed"
    assert in_doubt() == []


def test_a_box_that_is_sealed_after_the_proposal_keeps_its_blanks():
    box = opened()
    proposed = stock.propose_destruction(
        applications.clerk(), office(), numbers=[ONE], reason="wet"
    )
    boxes.reseal_box(applications.clerk(), box, seal="S-5000")
    with pytest.raises(RuleBroken, match="Not in hand"):
        stock.destroy_blanks(applications.consul(), proposed)


def test_what_is_spoiled_in_a_condemned_box_and_what_was_found_is_destroyed():
    arrived("S-9999")
    boxes.condemn_box(keeper(), Box.objects.get(), reason="it was open for a night")
    destroyed([ONE])
    assert Blank.objects.get(number=ONE).state == "destroyed"


def test_what_was_lost_with_its_box_and_found_is_destroyed_and_leaves_no_doubt():
    applications.country("KGZ", "Kyrgyzstan")
    arrived()
    stock.lose_blanks(applications.clerk(), office(), numbers=[ONE], reason="burgled")
    proposed = stock.find_blanks(keeper(), office(), numbers=[ONE], reason="under the floor")
    stock.destroy_blanks(applications.consul(), proposed)
    assert Blank.objects.get(number=ONE).state == "destroyed"
    assert in_doubt() == []


@pytest.mark.parametrize("state", ["issued", "spoiled", "destroyed"])
def test_the_night_doubts_a_box_of_which_a_blank_went_under_the_seal(state):
    arrived()
    assert in_doubt() == []
    with connection.cursor() as cursor:  # as one would who may switch the guards off
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE blanks_blank DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE blanks_blank SET state = '{state}' WHERE number = '{ONE}'")
        cursor.execute("ALTER TABLE blanks_blank ENABLE TRIGGER USER")
    assert in_doubt() == ["B-1"]


@pytest.mark.parametrize("state", ["issued", "spoiled", "destroyed"])
def test_the_database_takes_nothing_from_under_a_seal(state):
    arrived()
    refused(f"UPDATE blanks_blank SET state = '{state}' WHERE number = '{ONE}'", "under a seal")
    refused(f"UPDATE blanks_blank SET box_id = NULL WHERE number = '{ONE}'", "open box alone")
    open_it()
    raw(f"UPDATE blanks_blank SET box_id = NULL WHERE number = '{ONE}'")
    raw(f"UPDATE blanks_blank SET state = '{state}' WHERE number = '{ONE}'")


def test_the_database_puts_nothing_into_a_box():
    box = opened()
    raw(f"UPDATE blanks_blank SET box_id = NULL WHERE number = '{ONE}'")
    refused("UPDATE blanks_blank SET box_id = %s WHERE number = %s", "into none", box.pk, ONE)


def test_what_was_spoiled_is_never_used():
    opened()
    stock.spoil_blanks(applications.clerk(), office(), numbers=[ONE], reason="ink")
    for state in ("in_hand", "issued", "on_the_way"):
        refused(f"UPDATE blanks_blank SET state = '{state}' WHERE number = '{ONE}'", "not become")
    raw(f"UPDATE blanks_blank SET state = 'destroyed' WHERE number = '{ONE}'")


@pytest.mark.parametrize("way", [("locked", "open"), ("on_the_way", "open"), ("locked", "sealed")])
def test_one_person_opens_no_box_by_way_of_another_state(way):
    arrived()
    raw("UPDATE blanks_box SET status = %s", way[0])
    refused("UPDATE blanks_box SET status = %s", "does not become|another person", way[1])
    raw("UPDATE blanks_box SET status = 'locked'")  # the negative control


def test_a_box_on_the_way_is_not_open():
    box = boxes.send_box(keeper(), sealed_box(), office=office())
    refused("UPDATE blanks_box SET status = 'open' WHERE id = %s", "does not become", box.pk)


def test_a_box_is_sealed_again_with_a_seal_that_it_never_bore():
    opened()
    refused("UPDATE blanks_box SET status = 'sealed'", "never bore")
    raw("UPDATE blanks_box SET status = 'sealed', seal = 'S-5000'")


def test_a_release_names_another_than_those_who_read_the_seal():
    box = boxes.send_box(keeper(), sealed_box(), office=office())
    reader = accounts.user("Sanzhar", "stock_keeper")  # she may do both, by her role
    able = accounts.actor(reader)
    box = boxes.acknowledge_box(_with(able, "blanks.acknowledge_box"), box, seal_seen="S-9999")
    assert box.status == "locked"
    with pytest.raises(NotAllowed, match="second person"):
        boxes.release_box(able, Box.objects.get(), reason="counted")
    refused(RELEASE, "another person", uuid7(), box.pk, SEAL, reader.pk)
    refused(RELEASE, "another person", uuid7(), box.pk, "S-1", accounts.user("Else").pk)
    refused("UPDATE blanks_box SET status = 'open'", "another person")
    done = boxes.release_box(keeper("Tolkun"), Box.objects.get(), reason="counted: ten of ten")
    assert (done.status, BoxRelease.objects.get().released_by_name) == ("open", "Tolkun")
    refused("UPDATE blanks_boxrelease SET reason = 'x'", "append-only")
    client = Client()
    sign_in_with_app(client, reader)
    assert (
        "counted: ten of ten" in client.get(reverse("blanks:box", args=[box.pk])).content.decode()
    )


def test_who_proposed_the_opening_that_locked_it_releases_it_in_no_table():
    opening = boxes.propose_opening(applications.clerk(), arrived(), seal_seen="S-9999")
    boxes.open_box(applications.consul(), opening, seal_seen=SEAL)
    opening = BoxOpening.objects.get()
    for who in (opening.proposed_by_id, opening.decided_by_id):
        refused(RELEASE, "another person", uuid7(), opening.box_id, SEAL, who)
    raw(RELEASE, uuid7(), opening.box_id, SEAL, accounts.user("Else").pk)


RELEASE = (
    "INSERT INTO blanks_boxrelease (id, box_id, seal, reason, released_at, released_by_id,"
    " released_by_name) VALUES (%s, %s, %s, 'x', now(), %s, 'x')"
)


def open_it() -> None:
    opening = boxes.propose_opening(applications.clerk(), Box.objects.get(), seal_seen=SEAL)
    boxes.open_box(applications.consul(), opening, seal_seen=SEAL)


def _with(actor, permission):
    return replace(actor, permissions=actor.permissions | {permission})
