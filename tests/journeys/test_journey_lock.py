"""The lock: it covers the work, keeps it, and holds everything back meanwhile."""

import pytest
from playwright.sync_api import expect

from tests.journeys import people, travellers
from tests.makers.accounts import PASSWORD

pytestmark = pytest.mark.journey


def test_a_locked_booth_keeps_what_was_typed_and_lets_nobody_on(visitor, safar):
    visitor.at_the_booth(people.AIDA)
    visitor.scan(travellers.RIN, "Clear")
    going_to = visitor.page.get_by_label("Going to")
    going_to.fill("Karakol, Toktogula 12")
    with visitor.page.expect_response("**/lock/"):
        visitor.page.keyboard.press("F10")
    lock = visitor.page.get_by_role("dialog", name="This screen is locked")
    expect(lock).to_be_visible()
    expect(visitor.page.locator("#who")).not_to_be_visible()
    visitor.page.keyboard.press("Escape")
    visitor.page.keyboard.press("Escape")
    expect(lock).to_be_visible()

    other = visitor.context.new_page()
    other.goto(f"{safar.address}/booth/")
    expect(other.get_by_role("heading", name="This screen is locked")).to_be_visible()
    expect(other.locator("[data-scan]")).to_have_count(0)
    other.close()

    with visitor.answered(422):
        lock.get_by_label("Your password").fill("not the password at all")
        lock.get_by_role("button", name="Unlock").click()
        expect(lock.get_by_text("This is not your password.")).to_be_visible()
    lock.get_by_label("Your password").fill(PASSWORD)
    lock.get_by_role("button", name="Unlock").click()
    expect(lock).not_to_be_visible()
    expect(going_to).to_have_value("Karakol, Toktogula 12")
    expect(visitor.verdict).to_have_text("Clear")
