"""A lost blank that is found again is destroyed by two people, and never used."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.blanks.actions import counting, stock
from safar.control.blanks.models import Blank, BlankDestruction, BlankMovement
from safar.control.blanks.queries.nights import last_night
from safar.control.blanks.queries.stock import balances, movements_of
from safar.control.documents.models import ReportedBatch
from safar.core import node
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.node import uuid7
from safar.core.permissions import system
from safar.core.record import writing
from tests.blanks.test_boxes import arrived, booklet, in_a_batch, keeper, office, opened, raw
from tests.makers import accounts
from tests.makers import visas as applications
from tests.makers.accounts import sign_in, sign_in_with_app

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
THREE = ["AC0000003", "AC0000004", "AC0000005"]


def lost(numbers=THREE) -> None:
    """Three booklets out of an open box; the clerk reports them."""
    applications.country(node.country(), "Here")
    opened()
    stock.lose_blanks(applications.clerk(), office(), numbers=numbers, reason="burgled")


def found(numbers) -> BlankDestruction:
    return stock.find_blanks(keeper(), office(), numbers=numbers, reason="under the floor")


def test_it_is_found_by_the_keeper_and_destroyed_by_a_second_person():
    lost()
    proposed = found(THREE)
    with pytest.raises(NotAllowed, match="second person"):
        stock.destroy_blanks(keeper(), proposed)
    stock.destroy_blanks(applications.consul(), proposed)
    kinds = [row.kind for row in movements_of(keeper(), "AC0000004")]
    assert kinds == ["received", "sent", "acknowledged", "lost", "found", "destroyed"]


def test_the_booths_hold_it_until_the_last_of_the_report_is_destroyed():
    lost()
    first = found(["AC0000003", "AC0000004"])
    assert in_a_batch("AC0000003")
    stock.destroy_blanks(applications.consul(), first)
    assert in_a_batch("AC0000003")  # one of them is lost still
    stock.destroy_blanks(applications.consul(), found(["AC0000005"]))
    assert not in_a_batch("AC0000005")
    report = ReportedBatch.objects.get()
    assert (report.withdrawn_by_id, report.reported_by_id) == (
        applications.consul().user_id, applications.clerk().user_id,
    )  # fmt: skip


def test_whoever_reported_the_loss_is_not_the_second_who_ends_the_report():
    lost()
    proposed = found(THREE)
    with pytest.raises(NotAllowed, match="reported these"):
        stock.destroy_blanks(applications.clerk(), proposed)
    assert set(Blank.objects.filter(number__in=THREE).values_list("state", flat=True)) == {"found"}
    assert in_a_batch("AC0000003")


def test_a_report_of_others_on_the_same_number_stands():
    lost()
    with writing("documents"):
        ReportedBatch.objects.update(reference="police 12/26")
    stock.destroy_blanks(applications.consul(), found(THREE))
    assert in_a_batch("AC0000003")


def test_found_ones_are_never_handed_out_and_may_be_lost_again():
    lost()
    found(THREE)
    assert booklet().number == "AC0000001"
    with pytest.raises(RuleBroken, match="Not in hand"):
        stock.hand_blanks(keeper(), office(), first=THREE[0], last=THREE[0])
    with pytest.raises(RuleBroken, match="Not in hand"):
        stock.spoil_blanks(applications.clerk(), office(), numbers=THREE, reason="wet")
    again = stock.lose_blanks(applications.clerk(), office(), numbers=THREE[:1], reason="again")
    assert again == 1


def test_what_was_not_lost_is_not_found():
    opened()
    with pytest.raises(RuleBroken, match="Not in hand"):
        found(["AC0000003"])


def test_neither_a_clerk_nor_safar_itself_finds():
    lost()
    for who in (applications.clerk(), system("night")):
        with pytest.raises(NotAllowed):
            stock.find_blanks(who, office(), numbers=THREE, reason="x")


def test_a_declined_destruction_leaves_it_found_and_it_is_proposed_again():
    lost()
    stock.decline_destruction(applications.consul(), found(THREE))
    again = stock.propose_destruction(
        applications.clerk(), office(), numbers=THREE, reason="found again"
    )
    stock.destroy_blanks(applications.consul(), again)
    assert not in_a_batch(THREE[0])


@pytest.mark.parametrize("state", ["in_hand", "issued", "spoiled", "on_the_way", "destroyed"])
def test_the_database_makes_nothing_of_a_lost_blank(state):
    lost()
    with pytest.raises(DatabaseError, match="found and destroyed"), transaction.atomic():
        raw(f"UPDATE blanks_blank SET state = '{state}' WHERE number = 'AC0000003'")
    raw("UPDATE blanks_blank SET state = 'found' WHERE number = 'AC0000003'")
    if state == "destroyed":  # the negative control: in this order it may
        raw("UPDATE blanks_blank SET state = 'destroyed' WHERE number = 'AC0000003'")
        return
    with pytest.raises(DatabaseError, match="found and destroyed"), transaction.atomic():
        raw(f"UPDATE blanks_blank SET state = '{state}' WHERE number = 'AC0000003'")


@pytest.mark.parametrize(("number", "refused"), [("AC0000003", True), ("AC0000006", False)])
def test_the_database_writes_no_use_of_a_blank_that_was_lost(number, refused):
    lost()
    row = BlankMovement(
        blank=Blank.objects.get(number=number), kind="issued", holder_id="IST", batch=uuid7(),
        at=timezone.now(), by_name="x", became=uuid7(),
    )  # fmt: skip
    with writing("blanks"):
        if not refused:  # the negative control
            row.save()
            return
        with pytest.raises(DatabaseError, match="never used"), transaction.atomic():
            row.save()


def test_the_balance_is_zero_before_and_after():
    lost()
    proposed = found(THREE)
    assert all(row.is_right for row in balances())
    stock.destroy_blanks(applications.consul(), proposed)
    assert all(row.is_right for row in balances())
    counts = counting.count_blanks(system("night"), None)
    assert all(count.is_right for count in counts)


def test_found_ones_stand_in_the_count_of_the_night():
    lost()
    found(THREE[:2])
    row = next(c for c in counting.count_blanks(system("night"), None) if c.holder_id == "IST")
    assert (row.lost, row.found, row.destroyed, row.difference) == (1, 2, 0, 0)


def test_the_page_offers_it_to_the_keeper_alone():
    lost()
    clerk, head, consul = Client(), Client(), Client()
    sign_in(clerk, applications.officer("Kanat", "visa_clerk"))
    sign_in_with_app(head, accounts.user("Sanzhar", "stock_keeper"))
    sign_in_with_app(consul, applications.officer("Meerim", "consul"))
    said = {"holder": "IST", "first": THREE[0], "last": THREE[2], "reason": "under the floor",
            "what": "find"}  # fmt: skip
    assert clerk.post(reverse("blanks:drop"), said).status_code == 422
    assert "Found again" in head.get(reverse("blanks:stock")).content.decode()
    assert head.post(reverse("blanks:drop"), said).status_code == 302
    proposed = BlankDestruction.objects.get()
    consul.post(reverse("blanks:destroy", args=[proposed.pk]))
    assert Blank.objects.filter(state="destroyed").count() == 3


def test_an_office_sees_a_blank_from_the_day_on_which_it_was_sent_there():
    lost()
    stock.receive_blanks(keeper(), None, first="AD0000001", last="AD0000002", kind="booklet")
    clerk = applications.clerk()
    kinds = [row.kind for row in movements_of(clerk, THREE[0])]
    assert kinds == ["sent", "acknowledged", "lost"]
    assert movements_of(clerk, "AD0000001") == []
    assert len(movements_of(keeper(), "AD0000001")) == 1  # the negative control


def test_the_last_night_tells_what_is_wrong():
    assert last_night().is_right  # nothing was received: nothing to count
    arrived("S-9999")
    assert last_night().is_missed
    counting.count_blanks(system("night"), None)
    night = last_night()
    assert not night.is_missed
    assert night.locked == ("B-1",)
    assert night.wrong == ("IST",)
    assert not night.is_right
