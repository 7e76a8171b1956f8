"""A box is opened by two people who read its seal; another seal locks it until headquarters decides."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from safar.control.blanks.actions import boxes, counting, stock, take_blank
from safar.control.blanks.choices import BlankKind
from safar.control.blanks.models import Blank, BlankMovement, Box, BoxOpening
from safar.control.blanks.queries.stock import balances
from safar.control.documents.queries import reported
from safar.control.offices.models import IssuingOffice
from safar.core import node
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.permissions import Actor, system
from safar.core.record import writing
from tests.makers import accounts
from tests.makers import visas as applications
from tests.makers.accounts import sign_in, sign_in_with_app

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEAL = "S-4471"
SAFAR = system("night")


def keeper(name: str = "Sanzhar") -> Actor:
    return accounts.actor(accounts.user(name, "stock_keeper", name=name))


def office() -> IssuingOffice:
    return applications.consulate()


def sealed_box() -> Box:
    """Ten booklets in the central store."""
    return boxes.receive_box(
        keeper(), None, number="B-1", kind=BlankKind.BOOKLET, first="AC0000001", last="AC0000010",
        seal=SEAL,
    )  # fmt: skip


def arrived(seal_seen: str = SEAL) -> Box:
    box = boxes.send_box(keeper(), sealed_box(), office=office())
    return boxes.acknowledge_box(applications.clerk(), box, seal_seen=seal_seen)


def opened() -> Box:
    opening = boxes.propose_opening(applications.clerk(), arrived(), seal_seen=SEAL)
    boxes.open_box(applications.consul(), opening, seal_seen=SEAL.lower())
    return Box.objects.get()


def booklet():
    with transaction.atomic():
        return take_blank("IST", BlankKind.BOOKLET)


def test_a_sealed_box_travels_as_a_whole_and_its_blanks_with_it():
    box = arrived()
    assert (box.status, box.holder_id) == ("sealed", "IST")
    assert Blank.objects.filter(holder="IST", state="in_hand").count() == 10
    assert all(row.is_right for row in balances())


def test_nothing_is_taken_out_of_a_sealed_box():
    arrived()
    with pytest.raises(RuleBroken, match="sealed box is opened by two people"):
        booklet()
    with pytest.raises(RuleBroken, match="Not in hand"):
        stock.hand_blanks(keeper(), office(), first="AC0000001", last="AC0000002")


def test_two_people_who_read_the_same_seal_open_it():
    assert opened().status == "open"
    assert booklet().number == "AC0000001"


def test_nobody_opens_it_alone():
    opening = boxes.propose_opening(applications.clerk(), arrived(), seal_seen=SEAL)
    with pytest.raises(NotAllowed, match="second person"):
        boxes.open_box(applications.clerk(), opening, seal_seen=SEAL)
    assert Box.objects.get().status == "sealed"


@pytest.mark.parametrize(("first", "second"), [("S-4472", SEAL), (SEAL, "S-4472")])
def test_another_seal_locks_the_box_whoever_of_the_two_reads_it(first: str, second: str):
    opening = boxes.propose_opening(applications.clerk(), arrived(), seal_seen=first)
    boxes.open_box(applications.consul(), opening, seal_seen=second)
    assert Box.objects.get().status == "locked"
    with pytest.raises(RuleBroken):
        booklet()


def test_a_box_that_comes_with_another_seal_is_locked_and_loud_by_night():
    assert arrived("S-9999").status == "locked"
    (count,) = [row for row in counting.count_blanks(SAFAR, None) if row.holder_id == "IST"]
    assert (count.difference, count.boxes, count.is_right) == (0, ["B-1"], False)


def test_headquarters_releases_it_but_nobody_who_opened_it():
    arrived("S-9999")
    with pytest.raises(NotAllowed):
        boxes.release_box(applications.clerk(), Box.objects.get(), reason="it was a slip")
    boxes.release_box(keeper(), Box.objects.get(), reason="counted: ten of ten")
    assert booklet().number == "AC0000001"


def test_a_condemned_box_is_spoiled_whole_and_the_balance_is_zero():
    arrived("S-9999")
    boxes.condemn_box(keeper(), Box.objects.get(), reason="it was open for a night")
    assert set(Blank.objects.values_list("state", flat=True)) == {"spoiled"}
    assert all(row.is_right for row in balances())


def test_it_is_sealed_again_with_a_new_seal_alone():
    box = opened()
    with pytest.raises(RuleBroken, match="new number"):
        boxes.reseal_box(applications.clerk(), box, seal=SEAL)
    boxes.reseal_box(applications.clerk(), box, seal="S-5000")
    with pytest.raises(RuleBroken):
        booklet()


def test_the_opening_of_before_does_not_open_what_was_sealed_again():
    box = opened()
    boxes.reseal_box(applications.clerk(), box, seal="S-5000")
    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        raw("UPDATE blanks_box SET status = 'open'")


def test_the_database_opens_no_box_for_one_person_and_issues_nothing_under_a_seal():
    box = arrived()
    one = applications.clerk()
    for statement in (
        "UPDATE blanks_box SET status = 'open'",
        "UPDATE blanks_box SET seal = 'S-1'",
        "UPDATE blanks_blank SET state = 'issued' WHERE number = 'AC0000003'",
        "DELETE FROM blanks_box",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            raw(statement)
    fields = {"box": box, "seal": SEAL, "seal_seen": SEAL, "seal_seen_again": SEAL,
              "status": "opened", "proposed_at": timezone.now(), "decided_at": timezone.now(),
              "proposed_by_id": one.user_id, "decided_by_id": one.user_id,
              "proposed_by_name": one.name, "decided_by_name": one.name}  # fmt: skip
    with writing("blanks"), pytest.raises(IntegrityError, match="two_people"):
        BoxOpening.objects.create(**fields)


def test_a_lost_booklet_is_a_stolen_blank_at_the_booth_the_same_second():
    applications.country(node.country(), "Here")
    opened()
    assert not in_a_batch("AC0000004")
    stock.lose_blanks(
        applications.clerk(), office(), numbers=["AC0000003", "AC0000004"], reason="burgled"
    )
    assert in_a_batch("AC0000004")
    assert not in_a_batch("AC0000005")


def test_a_lost_sticker_is_no_travel_document():
    stock.receive_blanks(keeper(), None, first="KG000001", last="KG000002")
    stock.lose_blanks(keeper(), None, numbers=["KG000001"], reason="burgled")
    assert not in_a_batch("KG000001")


def test_another_offices_box_is_not_there_for_her(client):
    box = arrived()
    elsewhere = applications.officer("Bermet", "visa_clerk", at=applications.consulate("DEL").pk)
    sign_in(client, elsewhere)
    assert client.get(f"/blanks/boxes/{box.pk}/").status_code == 404
    assert "B-1" not in client.get("/blanks/").content.decode()


def test_the_page_never_shows_the_seal_that_should_be_read(client):
    box = arrived()
    sign_in(client, applications.officer("Kanat", "visa_clerk"))
    page = client.get(f"/blanks/boxes/{box.pk}/").content.decode()
    assert "B-1" in page
    assert SEAL not in page


def test_two_people_open_it_in_the_browser(client):
    box = arrived()
    one, other = client, Client()
    sign_in(one, applications.officer("Kanat", "visa_clerk"))
    one.post(f"/blanks/boxes/{box.pk}/propose/", {"seal_seen": SEAL})
    opening = BoxOpening.objects.get()
    refused = one.post(f"/blanks/openings/{opening.pk}/open/", {"seal_seen": SEAL})
    assert refused.status_code == 403
    sign_in_with_app(other, applications.officer("Meerim", "consul"))
    other.post(f"/blanks/openings/{opening.pk}/open/", {"seal_seen": SEAL})
    assert Box.objects.get().status == "open"


def test_movements_of_a_box_are_rows_of_each_blank():
    arrived()
    kinds = list(
        BlankMovement.objects.filter(blank__number="AC0000001").values_list("kind", flat=True)
    )
    assert kinds == ["received", "sent", "acknowledged"]


def in_a_batch(number: str) -> bool:
    standing = reported.report_or_none(node.country(), number)
    return standing is not None and standing.report == reported.BATCH


def raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
