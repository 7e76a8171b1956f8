"""The first line: what an officer sees and does, from signing on to the receipt."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys import people, travellers
from tests.journeys.travellers import RUSSIAN_LAYOUT, zone
from tests.makers.accounts import PASSWORD

pytestmark = pytest.mark.journey


def tab_to(page, wanted):
    """Press Tab until something has the focus: no mouse in the hands of this officer."""
    for _ in range(40):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()


def test_a_clean_traveller_is_let_in_by_the_keyboard_alone(visitor, safar):
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go("/account/sign-in/")
    tab_to(page, page.get_by_label("Service number"))
    keys.type(people.KANYKEI.number)
    tab_to(page, page.get_by_label("Password"))
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Sign on to a booth")).to_be_visible()
    tab_to(page, page.get_by_label("Lane"))
    keys.type(people.KANYKEI.lane)
    keys.press("Tab")
    keys.press("Space")
    keys.press("Enter")
    expect(visitor.scan_field).to_be_focused()

    visitor.scan(travellers.YUKI, "Clear")
    expect(page.locator("#who")).to_contain_text("TAKAHASHI")
    visitor.press_until("Enter", visitor.receipt)
    expect(visitor.scan_field).to_be_focused()
    assert safar.crossings(travellers.YUKI.number) == 1


def test_enter_is_dead_at_first_so_that_nobody_is_admitted_by_a_key_already_pressed(visitor, safar):
    visitor.at_the_booth(people.AIDA)
    page = visitor.page
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    visitor.read(travellers.MIO)
    page.clock.run_for(300)
    for milliseconds in (0, 50, 1400):  # as it appears, when it has settled, just before it wakes
        expect(visitor.verdict).to_have_text("Clear")
        page.clock.run_for(milliseconds)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    assert safar.crossings(travellers.MIO.number) == 0
    page.clock.run_for(100)
    page.keyboard.press("Enter")
    expect(visitor.receipt).to_be_visible()
    assert safar.crossings(travellers.MIO.number) == 1


def test_the_reader_is_heard_wherever_the_focus_is(visitor):
    visitor.at_the_booth(people.AIDA)
    visitor.scan(travellers.RIN, "Clear")
    going_to = visitor.page.get_by_label("Going to")
    going_to.fill("Osh")
    going_to.focus()
    visitor.scan(travellers.SORA, "Clear")
    expect(visitor.page.locator("#who")).to_contain_text("FUJIWARA")


def test_a_keyboard_set_to_russian_reads_the_same_passport(visitor, safar):
    visitor.at_the_booth(people.AIDA)
    visitor.read_in_russian(zone(travellers.HANA).translate(RUSSIAN_LAYOUT))
    expect(visitor.verdict).to_have_text("Clear")
    expect(visitor.page.locator("#who")).to_contain_text("OKUBO")
    visitor.press_until("Enter", visitor.receipt)
    assert safar.crossings(travellers.HANA.number) == 1


def test_what_is_no_document_is_not_read_and_the_next_one_is(visitor, safar):
    visitor.at_the_booth(people.AIDA)
    before = safar.count("border_inspection")
    visitor.page.keyboard.type("ticket 4 of 12\n", delay=1)
    expect(visitor.verdict).to_have_text("Not read")
    expect(visitor.page.get_by_text("Nothing was recorded")).to_be_visible()
    assert safar.count("border_inspection") == before
    visitor.scan(travellers.RIN, "Clear")
    assert safar.count("border_inspection") == before + 1


def test_two_quick_enters_and_a_double_click_record_one_crossing(visitor, safar):
    visitor.at_the_booth(people.AIDA)
    visitor.scan(travellers.KEN, "Clear")
    visitor.page.locator('[data-key="Enter"]').dblclick()
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Enter")
    expect(visitor.receipt).to_be_visible()
    assert safar.crossings(travellers.KEN.number) == 1


def test_a_refusal_names_its_grounds_on_the_screen_and_on_paper(visitor, safar):
    visitor.at_the_booth(people.AIDA)
    visitor.scan(travellers.WITHOUT_VISA, "Check")
    visitor.page.keyboard.press("F8")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Refuse")
    ground = visitor.page.get_by_role("checkbox", name=re.compile("^C:"))
    words = visitor.page.locator("label", has=ground).inner_text().partition(": ")[2].strip()
    visitor.page.get_by_role("radio", name="No", exact=True).check()
    ground.check()
    visitor.page.get_by_role("button", name=re.compile("Refuse")).click()
    link = visitor.page.locator('a[href$=".pdf"]').first
    expect(link).to_be_visible()

    paper = visitor.context.request.get(safar.address + link.get_attribute("href"))
    assert paper.ok, paper.text()
    assert paper.headers["content-type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(paper.body())).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert travellers.WITHOUT_VISA.surname in text
    assert words in text
    number = travellers.WITHOUT_VISA.number
    assert safar.crossings(number) == 0
    refused = "kind = 'refuse' AND inspection_id IN (SELECT id FROM border_inspection WHERE document->>'number' = %s)"
    assert safar.count("border_decision", refused, number) == 1


def test_an_overstay_is_passed_with_a_reason_and_never_by_enter(visitor, safar):
    visitor.at_the_booth(people.ERKIN)
    visitor.scan(travellers.OVERSTAYER, "Check")
    over = travellers.DAYS_AGO + 1 - 30  # the day of entry counts; thirty days were hers
    expect(visitor.page.locator("section.verdict")).to_contain_text(f"{over} days too long")
    visitor.page.clock.install()
    visitor.page.clock.run_for(3000)
    visitor.page.keyboard.press("Enter")
    destination = visitor.page.get_by_label("Going to")
    destination.fill("Nagoya")
    visitor.page.keyboard.press("F6")
    expect(visitor.page.get_by_text("Write why the traveller may pass.").first).to_be_visible()
    expect(destination).to_have_value("Nagoya")
    assert safar.crossings(travellers.OVERSTAYER.number) == 1  # the entry

    visitor.page.get_by_label("Reason").fill("Fined, receipt 4471")
    visitor.page.keyboard.press("F6")
    expect(visitor.receipt).to_be_visible()
    assert safar.crossings(travellers.OVERSTAYER.number) == 2


def test_whoever_asks_for_protection_leaves_no_trace_at_the_border(visitor, safar):
    visitor.at_the_booth(people.AIDA)
    visitor.scan(travellers.SEEKS_PROTECTION, "Check")
    left = safar.count("border_flowexit")
    decided = safar.count("border_decision")
    visitor.page.keyboard.press("F9")
    expect(visitor.page.get_by_text("UNHCR").first).to_be_visible()
    assert safar.count("border_flowexit") == left + 1
    assert safar.count("border_decision") == decided
    assert safar.crossings(travellers.SEEKS_PROTECTION.number) == 0
    documents = safar.count(
        "travellers_traveldocument", "number = %s", travellers.SEEKS_PROTECTION.number
    )
    assert documents == 0


def test_the_booth_works_without_a_script(somebody, safar):
    visitor = somebody(javascript=False)
    visitor.sign_in(people.NURLAN)
    visitor.go("/booth/")
    visitor.page.get_by_label("Lane").fill(people.NURLAN.lane)
    visitor.page.get_by_label("Entry").check()
    visitor.button("Sign on").click()
    visitor.scan_field.fill(zone(travellers.AOI))
    visitor.page.locator("form.scan button").focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.verdict).to_have_text("Clear")
    visitor.page.locator("section.verdict").get_by_role("button").click()
    expect(visitor.receipt).to_be_visible()
    assert safar.crossings(travellers.AOI.number) == 1
