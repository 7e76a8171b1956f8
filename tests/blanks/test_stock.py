"""Every blank sticker has a number, a holder and a fate; the balance of a night tells a lie."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from safar.control.blanks.actions import counting, stock
from safar.control.blanks.models import Blank, BlankCount, BlankMovement
from safar.control.blanks.queries.stock import balances, movements_of
from safar.control.blanks.rules.numbering import NumberingError, numbers_between, ranges
from safar.control.visas.actions import issuing
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.models import AuditEntry
from safar.core.node import uuid7
from safar.core.record import writing
from tests.makers import visas as applications
from tests.makers import visas_issued as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    make.fresh_keys()
    yield
    make.forget_keys()


def balance(holder: str | None = "IST", kind: str = "sticker"):
    return next(row for row in balances() if (row.holder, row.kind) == (holder, kind))


def raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_way_of_a_blank_from_the_printer_to_a_visa():
    visa = make.issued()
    kinds = [move.kind for move in movements_of(make.HEADQUARTERS, visa.number)]
    assert kinds == ["received", "sent", "acknowledged", "issued"]
    assert (balance().received, balance().issued, balance().in_hand) == (20, 1, 19)
    assert balance(None).received == 0
    assert all(row.is_right for row in balances())


def test_on_the_way_is_in_nobodys_hand():
    make.received()
    consulate = applications.consulate()
    stock.hand_blanks(make.HEADQUARTERS, consulate, first="KG000001", last="KG000005")
    assert (balance().in_hand, balance().on_the_way) == (0, 5)
    assert (balance(None).received, balance(None).in_hand) == (15, 15)
    with pytest.raises(RuleBroken, match="no blank"):
        issuing.issue_visa(applications.clerk(), make.granted())


def test_what_is_lost_on_the_way_adds_up_too():
    make.received()
    consulate = applications.consulate()
    stock.hand_blanks(make.HEADQUARTERS, consulate, first="KG000001", last="KG000005")
    stock.lose_blanks(make.HEADQUARTERS, consulate, numbers=["KG000003"], reason="bag was open")
    for first, last in (("KG000001", "KG000002"), ("KG000004", "KG000005")):
        stock.acknowledge_blanks(applications.clerk(), consulate, first=first, last=last)
    assert (balance().received, balance().lost, balance().in_hand) == (5, 1, 4)
    assert balance().is_right


def test_numbers_are_received_once():
    make.received()
    with pytest.raises(RuleBroken, match="Received before"):
        make.received("KG000020", "KG000022")


def test_one_person_does_not_destroy():
    make.stocked()
    consulate = applications.consulate()
    stock.spoil_blanks(applications.clerk(), consulate, numbers=["KG000002"], reason="ink")
    proposed = stock.propose_destruction(
        applications.clerk(), consulate, numbers=["KG000002", "KG000003"], reason="spoiled"
    )
    with pytest.raises(NotAllowed, match="second person"):
        stock.destroy_blanks(applications.clerk(), proposed)
    stock.destroy_blanks(applications.consul(), proposed)
    assert balance().destroyed == 2
    assert balance().is_right
    row = BlankMovement.objects.filter(kind="destroyed").first()
    assert row is not None
    assert (row.by_name, row.second_name) == ("Meerim", "Kanat")


def test_the_database_asks_for_two_people_to_destroy():
    blank = make.stocked()[0]
    one = applications.clerk()
    with writing("blanks"), pytest.raises(IntegrityError, match="destroyed_by_two"):
        BlankMovement.objects.create(
            blank=blank, kind="destroyed", holder_id="IST", batch=uuid7(), reason="x",
            at=timezone.now(), by_id=one.user_id, by_name=one.name, second_id=one.user_id,
            second_name=one.name,
        )  # fmt: skip


def test_a_blank_is_issued_once_by_the_database_itself():
    visa = make.issued()
    blank = Blank.objects.get(number=visa.number)
    fields = {"kind": "issued", "holder_id": "IST", "batch": uuid7(), "at": timezone.now(),
              "by_name": "x", "became": visa.pk}  # fmt: skip
    with writing("blanks"), pytest.raises(IntegrityError, match="issued_once"):
        BlankMovement.objects.create(blank=blank, **fields)


def test_no_movement_is_changed_or_struck_out():
    make.stocked()
    for statement in (
        "UPDATE blanks_blankmovement SET kind = 'lost', reason = 'x'",
        "DELETE FROM blanks_blankmovement",
        "TRUNCATE blanks_blankmovement CASCADE",
        "DELETE FROM blanks_blank",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            raw(statement)


def test_a_spoiled_or_lost_blank_is_not_issued():
    make.stocked("KG000001", "KG000002")
    consulate = applications.consulate()
    stock.lose_blanks(applications.clerk(), consulate, numbers=["KG000001"], reason="stolen")
    assert make.issued().number == "KG000002"


def test_a_named_blank_must_be_in_hand_there():
    blanks = make.stocked()
    consulate = applications.consulate()
    stock.spoil_blanks(applications.clerk(), consulate, numbers=[blanks[3].number], reason="ink")
    with pytest.raises(RuleBroken, match="Not in hand"):
        issuing.issue_visa(applications.clerk(), make.granted(), blank=blanks[3])


def test_headquarters_alone_receives_and_hands_out():
    with pytest.raises(NotAllowed):
        stock.receive_blanks(applications.clerk(), None, first="KG000001", last="KG000002")


def test_the_night_finds_nothing_where_nothing_is_wrong():
    make.issued()
    counting.count_blanks(make.HEADQUARTERS, None)
    assert {(row.holder_id, row.difference) for row in BlankCount.objects.all()} == {
        (None, 0), ("IST", 0),
    }  # fmt: skip
    row = AuditEntry.objects.filter(action="blanks.count").latest("number")
    assert row.details["wrong"] == []


def test_a_blank_that_came_from_nowhere_is_found_by_night():
    make.stocked()
    with writing("blanks"):
        Blank.objects.create(number="KG009999", kind="sticker", holder_id="IST")
    rows = counting.count_blanks(make.HEADQUARTERS, None)
    wrong = next(row for row in rows if row.holder_id == "IST")
    assert (wrong.difference, wrong.numbers) == (-1, ["KG009999"])


def test_a_blank_that_was_used_past_the_register_is_found_though_the_sums_agree():
    make.stocked()
    raw("UPDATE blanks_blank SET state = 'issued' WHERE number = 'KG000004'")
    rows = counting.count_blanks(make.HEADQUARTERS, None)
    wrong = next(row for row in rows if row.holder_id == "IST")
    assert (wrong.difference, wrong.numbers) == (0, ["KG000004"])


def test_a_count_cannot_be_made_to_look_right():
    make.stocked()
    fields = dict.fromkeys(
        ("received", "issued", "spoiled", "lost", "destroyed", "in_hand", "difference"), 0
    )
    with writing("blanks"), pytest.raises(IntegrityError, match="adds_up"):
        BlankCount.objects.create(
            **{**fields, "received": 5},
            kind="sticker",
            day=timezone.localdate(),
            counted_at=timezone.now(),
        )


def test_numbers_between_and_back():
    assert numbers_between("KG000009", "KG000011") == ["KG000009", "KG000010", "KG000011"]
    assert ranges(["KG000009", "KG000010", "KG000012"]) == [
        ("KG000009", "KG000010"), ("KG000012", "KG000012"),
    ]  # fmt: skip
    for first, last in (("KG2", "KG1"), ("KG000002", "KG000001"), ("A0001", "B0002"), ("", "")):
        with pytest.raises(NumberingError):
            numbers_between(first, last)
