"""The second line: a namesake of somebody on a list is judged once, and not stopped again."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import people, travellers

pytestmark = pytest.mark.journey


def test_a_namesake_is_cleared_once_and_not_stopped_again(somebody, safar):
    aida, bakyt = somebody(), somebody()
    aida.at_the_booth(people.AIDA)
    aida.scan(travellers.NAMESAKE, "Hold")
    aida.page.keyboard.press("Enter")
    expect(aida.verdict).to_have_text("Hold")
    aida.page.keyboard.press("F4")
    expect(aida.page.get_by_text("Sent to second line.")).to_be_visible()

    bakyt.sign_in(people.BAKYT)
    bakyt.go("/second-line/")
    bakyt.page.get_by_role("link", name=re.compile(travellers.NAMESAKE.surname)).first.click()
    bakyt.page.wait_for_load_state()
    bakyt.page.keyboard.press("Control+Enter")
    judged = bakyt.page.get_by_role("button", name=re.compile("Record the judgement"))
    expect(judged.first).to_be_visible()
    while judged.count():
        form = bakyt.page.locator("form", has=judged.first).first
        form.get_by_label("No, a different person").check()
        form.get_by_label("In your words").fill("Another father, another district")
        form.get_by_role("checkbox").first.check()
        judged.first.click()
        expect(bakyt.page.get_by_text("It can be taken back, never erased.")).to_be_visible()
    bakyt.page.get_by_label("Reason").fill("Not the person of the entry")
    bakyt.page.get_by_role("button", name=re.compile("Admit")).click()
    expect(bakyt.page.get_by_text("Admitted. The crossing is on record.")).to_be_visible()
    assert safar.crossings(travellers.NAMESAKE.number) == 1

    aida.read(travellers.NAMESAKE)
    expect(aida.verdict).not_to_have_text("Hold")
    expect(aida.page.get_by_text("judged a different person before")).to_be_visible()
