"""The lists: a file loaded by two people, a person found under another spelling, cleared, lifted."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from safar.control import watchlist
from tests.journeys import people, travellers

pytestmark = pytest.mark.journey
OFAC = Path(watchlist.__file__).parent / "data" / "ofac"


def test_a_list_is_loaded_by_two_people_while_the_page_looks_on(somebody, safar):
    elena, bolot = somebody(), somebody()
    elena.sign_in(people.ELENA)
    elena.go("/lists/ofac-anew/import/")
    for label, part in (("SDN", "sdn"), ("ALT", "alt")):
        elena.page.get_by_label(re.compile(label)).set_input_files(OFAC / f"{part}_dev.csv")
    elena.button("Check the files").click()
    expect(elena.page.get_by_text("2,265").first).to_be_visible(timeout=60_000)
    assert entries_in_force(safar, "ofac-anew") == 0, "a dry run changes nothing"
    elena.shot("import-dry-run")
    address = elena.page.url.removeprefix(elena.address)

    bolot.sign_in(people.BOLOT)
    bolot.go(address)
    bolot.page.get_by_role("button", name=re.compile("Load")).click()
    expect(bolot.page.get_by_text("It screens at every booth.")).to_be_visible(timeout=60_000)
    assert entries_in_force(safar, "ofac-anew") == 2265


def test_another_spelling_is_found_explained_cleared_and_silenced_by_lifting(somebody, safar):
    elena, bolot, zarina, bakyt = somebody(), somebody(), somebody(), somebody()
    elena.sign_in(people.ELENA)
    address = propose(elena)

    bolot.sign_in(people.BOLOT)
    bolot.go(address)
    bolot.page.get_by_role("button", name=re.compile("Publish")).click()
    expect(bolot.page.get_by_text("In force").first).to_be_visible()

    zarina.at_the_booth(people.ZARINA)
    zarina.scan(travellers.OTHER_SPELLING, "Hold")
    why = zarina.page.get_by_role("table", name="Why it matched")
    expect(why.get_by_text("another script").first).to_be_visible()
    expect(why.get_by_text("Both were born on")).to_be_visible()
    zarina.shot("another-spelling")
    zarina.page.keyboard.press("F4")
    expect(zarina.page.get_by_text("Sent to second line.")).to_be_visible()

    clear(bakyt, travellers.OTHER_SPELLING.surname)
    zarina.read(travellers.OTHER_SPELLING)
    expect(zarina.page.get_by_text("judged a different person before")).to_be_visible()
    expect(zarina.verdict).not_to_have_text("Hold")

    zarina.scan(travellers.THIRD_SPELLING, "Hold")
    elena.go(address)
    review = elena.page.get_by_role("form", name="Review it")
    review.get_by_label("Reason").fill("He was found at home")
    review.get_by_role("button", name="Propose the lifting").click()
    kubat = somebody()
    kubat.sign_in(people.KUBAT)
    kubat.go(address)
    kubat.page.get_by_role("button", name="Lift the entry").click()
    expect(kubat.page.get_by_text("Lifted").first).to_be_visible()
    zarina.go("/booth/")
    expect(zarina.scan_field).to_be_focused()
    zarina.scan(travellers.THIRD_SPELLING, "Clear")


def propose(elena):
    """A list manager proposes a person in Cyrillic letters; where the entry is."""
    elena.go("/lists/own/propose/")
    elena.page.get_by_label("Names").fill("ЖУМАБАЕВ, Нурлан Асанович")
    elena.page.get_by_label("Dates of birth").fill("1986-03-09")
    elena.page.get_by_label("What the post does").select_option("inquiry")
    elena.page.get_by_label("Legal ground").fill("Criminal procedure, art. 171")
    elena.page.get_by_label("In force from").fill(f"{travellers.TODAY.year}-01-01")
    elena.page.get_by_label("In force until").fill(f"{travellers.TODAY.year + 1}-12-31")
    elena.button("Propose the entry").click()
    expect(elena.page.get_by_role("heading", name=re.compile("ЖУМАБАЕВ"))).to_be_visible()
    return elena.page.url.removeprefix(elena.address)


def clear(bakyt, surname):
    """The second line judges that it is another person, and admits."""
    bakyt.sign_in(people.BAKYT)
    bakyt.go("/second-line/")
    bakyt.page.get_by_role("link", name=re.compile(surname)).first.click()
    bakyt.page.wait_for_load_state()
    bakyt.page.keyboard.press("Control+Enter")
    judged = bakyt.page.get_by_role("button", name=re.compile("Record the judgement"))
    expect(judged.first).to_be_visible()
    form = bakyt.page.locator("form", has=judged.first).first
    form.get_by_label("No, a different person").check()
    form.get_by_label("In your words").fill("Another father, another district")
    form.get_by_role("checkbox").first.check()
    judged.first.click()
    expect(bakyt.page.get_by_text("It can be taken back, never erased.")).to_be_visible()
    bakyt.page.get_by_label("Reason").fill("Not the person of the entry")
    bakyt.page.get_by_role("button", name=re.compile("Admit")).click()
    expect(bakyt.page.get_by_text("Admitted. The crossing is on record.")).to_be_visible()


def entries_in_force(safar, code):
    lists = "SELECT id FROM watchlist_watchlist WHERE code = %s"
    where = f"list_id IN ({lists}) AND status = 'published'"
    return safar.count("watchlist_listentry", where, code)
