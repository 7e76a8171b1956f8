"""The desks behind the booths: the shift, the traveller's file, the figures."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import people, travellers

pytestmark = pytest.mark.journey


def test_a_shift_is_opened_handed_over_and_taken_over(somebody):
    saltanat, timur = somebody(), somebody()
    saltanat.sign_in(people.SALTANAT)
    saltanat.go("/shift/")
    saltanat.button("Open the shift").click()
    expect(saltanat.page.get_by_text("led by Sydykova Saltanat")).to_be_visible()
    saltanat.page.get_by_label("What the next shift must know").fill("Lane 2: the reader fails")
    saltanat.button("Hand the shift over").click()

    timur.sign_in(people.TIMUR)
    timur.go("/shift/")
    expect(timur.page.get_by_text("Lane 2: the reader fails").first).to_be_visible()
    timur.button("Take over").click()
    expect(timur.page.get_by_text("led by Toktogulov Timur")).to_be_visible()


def test_a_file_is_opened_with_a_purpose_that_is_on_record_first(visitor, safar):
    visitor.sign_in(people.BAKYT)
    visitor.go("/travellers/")
    visitor.page.get_by_label("Document number").fill(travellers.LEAVER.number)
    visitor.button("Find").click()
    visitor.page.get_by_role("link", name=re.compile("^Open the file")).click()
    looks = safar.count("core_auditentry", "action = 'travellers.open'")
    visitor.page.get_by_label("Second-line check").check()
    visitor.button("Record the purpose and open").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(travellers.LEAVER.surname)
    assert safar.count("core_auditentry", "action = 'travellers.open'") == looks + 1


def test_an_analyst_reads_the_figures_and_takes_them_along(visitor, safar):
    visitor.sign_in(people.GULNARA)
    visitor.go("/figures/")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Crossings")
    with visitor.page.expect_download() as started:
        visitor.page.locator('a[href*="posts.csv"]').click()
    text = started.value.path().read_text(encoding="utf-8-sig")
    heads, *rows = text.splitlines()
    assert len(heads.split(",")) > 1
    assert any("Manas" in row for row in rows)


def test_the_figures_are_closed_to_an_officer(visitor):
    visitor.sign_in(people.AIDA)
    with visitor.answered(403):
        visitor.go("/figures/")
        expect(visitor.page.get_by_text("Your role does not include this.")).to_be_visible()
        expect(visitor.page.get_by_text("E-403")).to_be_visible()
