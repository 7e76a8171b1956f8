"""What becomes of a box that was used, sent, sealed again, or condemned."""

from dataclasses import replace

import pytest
from django.urls import reverse

from safar.control.blanks.actions import boxes, counting, issue_blank, stock, take_blank
from safar.control.blanks.choices import BlankKind
from safar.control.blanks.models import Box
from safar.core import node
from safar.core.errors import RuleBroken
from safar.core.node import uuid7
from safar.core.permissions import system
from tests.blanks.test_boxes import SEAL, arrived, keeper, office, opened, sealed_box
from tests.makers import accounts
from tests.makers import visas as applications

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def in_doubt() -> list[str]:
    return [number for row in counting.count_blanks(system("night"), None) for number in row.boxes]


def test_a_box_that_was_used_and_sealed_again_is_in_no_doubt():
    box = opened()
    issue_blank(applications.clerk(), take_blank("IST", BlankKind.BOOKLET), became=uuid7())
    boxes.reseal_box(applications.clerk(), box, seal="S-5000")
    assert in_doubt() == []


def test_a_seal_of_before_is_no_new_seal():
    boxes.reseal_box(applications.clerk(), opened(), seal="S-5000")
    opening = boxes.propose_opening(applications.clerk(), Box.objects.get(), seal_seen="S-5000")
    boxes.open_box(applications.consul(), opening, seal_seen="S-5000")
    with pytest.raises(RuleBroken, match="new number"):
        boxes.reseal_box(applications.clerk(), Box.objects.get(), seal=SEAL)


def test_a_box_does_not_travel_with_half_an_opening():
    box, who = sealed_box(), keeper()
    able = replace(who, permissions=who.permissions | {"blanks.propose_opening"})
    boxes.propose_opening(able, box, seal_seen=SEAL)
    with pytest.raises(RuleBroken, match="proposed to open"):
        boxes.send_box(who, Box.objects.get(), office=office())


def test_a_blank_under_a_seal_is_not_spoiled_by_itself_but_may_be_stolen():
    applications.country(node.country(), "Here")
    arrived()
    with pytest.raises(RuleBroken, match="Not in hand"):
        stock.spoil_blanks(applications.clerk(), office(), numbers=["AC0000004"], reason="ink")
    lost = stock.lose_blanks(applications.clerk(), office(), numbers=["AC0000004"], reason="gone")
    assert lost == 1


def test_the_page_of_a_condemned_box_still_opens(client):
    box = arrived("S-9999")
    accounts.sign_in_with_app(client, accounts.user("Aizada", "stock_keeper"))
    answer = client.post(reverse("blanks:box_condemn", args=[box.pk]), {"reason": "x"}, follow=True)
    assert answer.status_code == 200
