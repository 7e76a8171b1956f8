"""The first line: what an officer sees and does, from signing on to the receipt."""

import pytest
from playwright.sync_api import expect

from tests.journeys import people, travellers
from tests.makers.accounts import PASSWORD

pytestmark = pytest.mark.journey


def test_a_clean_traveller_is_let_in_by_the_keyboard_alone(visitor, safar):
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go("/account/login/")
    page.get_by_label("Service number").focus()
    keys.type(people.KANYKEI.number)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Sign on to a booth")).to_be_visible()
    page.get_by_label("Post").focus()
    keys.type("Manas")
    keys.press("Tab")
    keys.type(people.KANYKEI.lane)
    keys.press("Tab")
    keys.press("Space")
    keys.press("Enter")
    expect(visitor.scan_field).to_be_focused()

    visitor.read(travellers.YUKI)
    expect(visitor.verdict).to_have_text("Clear")
    expect(visitor.page.locator("#who")).to_contain_text("TAKAHASHI")
    visitor.press_until("Enter", visitor.receipt())
    expect(visitor.scan_field).to_be_focused()
    assert safar.crossings(travellers.YUKI.number) == 1
