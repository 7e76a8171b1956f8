"""What was sent long ago and nobody acknowledged is in no hand: it is told, by office and range."""

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from safar.control.blanks.actions import boxes, counting, stock
from safar.control.blanks.choices import LONGEST_ON_THE_WAY
from safar.control.blanks.commands import blanks
from safar.control.blanks.queries.nights import last_night
from safar.control.blanks.queries.stock import late_on_the_way
from safar.core.permissions import system
from tests.blanks.test_boxes import SEAL, keeper, office, sealed_box
from tests.makers import accounts, border
from tests.makers import visas as applications
from tests.makers import visas_issued as make
from tests.makers.accounts import sign_in, sign_in_with_app

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAYS = LONGEST_ON_THE_WAY.days
SENT = ("KG000003", "KG000007")


def sent(ago: int) -> None:
    """Five of twenty stickers left the central store so many days ago."""
    with border.clock(border.days_ago(ago + 1)):
        make.received()
    with border.clock(border.days_ago(ago)):
        stock.hand_blanks(keeper(), office(), first=SENT[0], last=SENT[1])


def night():
    counts = counting.count_blanks(system("night"), None)
    return next(row for row in counts if row.holder_id == "IST")


@pytest.mark.parametrize(("ago", "late"), [(DAYS - 1, False), (DAYS + 1, True)])
def test_the_night_is_loud_of_what_is_too_long_on_the_way(ago, late):
    sent(ago)
    row = night()
    assert (row.on_the_way, row.difference) == (5, 0)
    assert row.late == (["KG000003 – KG000007"] if late else [])
    assert (row.is_right, row.adds_up) == (not late, True)
    told = last_night()
    assert told.late == (("IST: KG000003 – KG000007",) if late else ())
    assert (told.is_right, told.wrong) == (not late, ())


def test_a_range_with_a_gap_is_two_and_what_came_is_late_no_more():
    sent(DAYS + 1)
    stock.acknowledge_blanks(applications.clerk(), office(), first="KG000005", last="KG000005")
    assert late_on_the_way() == {("IST", "sticker"): ["KG000003 – KG000004", "KG000006 – KG000007"]}
    for first, last in (("KG000003", "KG000004"), ("KG000006", "KG000007")):
        stock.acknowledge_blanks(applications.clerk(), office(), first=first, last=last)
    assert late_on_the_way() == {}
    assert night().is_right


def test_a_box_is_told_once_by_its_number():
    box = sealed_box()
    with border.clock(border.days_ago(DAYS + 1)):
        box = boxes.send_box(keeper(), box, office=office())
    assert late_on_the_way() == {("IST", "booklet"): ["B-1"]}
    boxes.acknowledge_box(applications.clerk(), box, seal_seen=SEAL)
    assert late_on_the_way() == {}


def test_the_page_and_the_command_tell_it_to_the_office_and_to_headquarters():
    sent(DAYS + 1)
    clerk, head, elsewhere = Client(), Client(), Client()
    sign_in(clerk, applications.officer("Kanat", "visa_clerk"))
    sign_in_with_app(head, accounts.user("Sanzhar", "stock_keeper"))
    other = applications.consulate("DEL").pk
    sign_in(elsewhere, applications.officer("Bermet", "visa_clerk", at=other))
    shouted = "nobody has acknowledged it"
    pages = [one.get(reverse("blanks:stock")).content.decode() for one in (clerk, head, elsewhere)]
    assert [shouted in page for page in pages] == [True, True, False]
    answer = CliRunner().invoke(blanks, ["balance"])
    assert (answer.exit_code, "too long on the way: KG000003 – KG000007" in answer.output) == (
        1, True,
    )  # fmt: skip
