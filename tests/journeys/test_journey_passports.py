"""A passport through its pairs of hands: judged, approved, made, read back, given out, lost.

And a box under seal, which nobody opens alone, nor with another seal.
"""

import io
import re
import zipfile

import pypdfium2
import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys import passport_office, people
from tests.journeys.browser import Visitor

pytestmark = pytest.mark.journey
NAME = "ABDYLDAEVA AIGUL"


def test_a_passport_passes_through_five_pairs_of_hands_and_is_held_once_it_is_lost(somebody):
    officer, operator, quality, clerk, booth = (somebody() for _ in range(5))
    officer.sign_in(people.SABYR)
    judge_who_she_is(officer)
    approve(officer)

    operator.sign_in(people.ULAN)
    number, zone, chip = make(operator)
    quality.sign_in(people.NAZGUL)
    read_back(quality, number, zone, chip)

    clerk.sign_in(people.BURUL)
    give_out(clerk, number)
    booth.at_the_booth(people.JANYL)
    scan(booth, zone, "Clear")
    report_lost(clerk)
    booth.go("/booth/")
    scan(booth, zone, "Hold")
    booth.shot("passport-lost")


def test_nobody_opens_a_box_alone_and_another_seal_locks_it(somebody):
    operator, quality = somebody(), somebody()
    operator.sign_in(people.ULAN)
    quality.sign_in(people.NAZGUL)
    open_the_page(operator)
    operator.page.get_by_label("Seal, as it reads on the box").fill(passport_office.SEAL)
    operator.button("It came with this seal").click()
    expect(operator.page.get_by_text("Sealed", exact=True).first).to_be_visible()
    operator.page.get_by_label("Seal, as it reads on the box").fill(passport_office.SEAL)
    operator.button("I read this seal").click()
    expect(operator.button("Open the box")).to_have_count(0)
    operator.fits()
    open_the_page(quality)
    quality.page.get_by_label("Seal, as it reads on the box").fill("S-77129")
    quality.button("Open the box").click()
    expect(quality.page.get_by_text("The seal is not the one on record.").first).to_be_visible()
    quality.shot("box-locked")


def judge_who_she_is(officer: Visitor) -> None:
    """The register knows her under the name that she was born with."""
    page = officer.page
    officer.go("/passports/")
    page.get_by_role("link", name=NAME).first.click()
    expect(page.get_by_text("TOKTOGULOVA AIGUL").first).to_be_visible()
    officer.shot("passport-application")
    page.get_by_role("link", name="Judge").first.click()
    officer.fits()
    officer.shot("passport-identity")
    page.get_by_label("The same person").check()
    page.locator("main [name=reason]").fill("The same face; the marriage certificate was shown")
    officer.button("Record the judgement").click()
    expect(page.get_by_text("The same person").first).to_be_visible()


def approve(officer: Visitor) -> None:
    page = officer.page
    page.get_by_role("link", name="Decide", exact=True).click()
    page.locator("[name=approve-reason]").fill("All is in order")
    officer.button("Approve").click()
    expect(page.get_by_text("Approved. It goes to be made.")).to_be_visible()


def make(operator: Visitor) -> tuple[str, str, list[FilePayload]]:
    """Number, zone as it is printed, and the files of the chip; his own work he cannot pass."""
    page = operator.page
    number = ""
    while NAME not in (page.locator("h1").inner_text() if number else ""):
        operator.go("/passports/making/")
        page.get_by_role("button", name=re.compile("Take the next")).click()
        number = page.locator("h1 + p .code").first.inner_text()
    job = page.url.rstrip("/")
    printed = operator.context.request.get(f"{job}/page.pdf")
    assert printed.ok
    zone = zone_of(printed.body(), number)
    packed = zipfile.ZipFile(io.BytesIO(operator.context.request.get(f"{job}/chip.zip").body()))
    chip: list[FilePayload] = [
        {"name": name.rpartition("/")[2], "mimeType": "application/octet-stream",
         "buffer": packed.read(name)}
        for name in packed.namelist()
    ]  # fmt: skip
    operator.fits()
    operator.button("Printed and written").click()
    expect(page.get_by_text("Another person reads it back now.")).to_be_visible()
    with operator.answered(403):
        operator.go(f"{job.removeprefix(operator.address)}/control/")
    return number, zone, chip


def zone_of(printed: bytes, number: str) -> str:
    """The two lines at the foot of the page, out of the PDF's own text."""
    text = pypdfium2.PdfDocument(printed)[0].get_textpage().get_text_range()
    lines = [re.sub(r"\s", "", line) for line in text.splitlines()]
    found = [line for line in lines if len(line) == 44 and "<" in line]
    assert len(found) == 2, text
    assert found[1].startswith(number)
    return "\n".join(found)


def read_back(quality: Visitor, number: str, zone: str, chip: list[FilePayload]) -> None:
    """A wrong line is named first; then it passes."""
    page = quality.page
    quality.go("/passports/making/")
    row = page.locator("li", has=page.get_by_role("link", name=number))
    row.get_by_role("link", name="Read it back").click()
    with quality.answered(422):
        compare(quality, zone.replace("AIGUL", "AISUL"), chip)
    expect(page.get_by_text("It does not pass")).to_be_visible()
    compare(quality, zone, chip)
    expect(page.get_by_text("It passed. It can be given out.")).to_be_visible()


def compare(quality: Visitor, zone: str, chip: list[FilePayload]) -> None:
    page = quality.page
    page.locator("[name=zone]").fill(zone)
    page.locator("[name=chip]").set_input_files(chip)
    page.locator("[name=looked]").check()
    quality.button("Compare").click()


def give_out(clerk: Visitor, number: str) -> None:
    page = clerk.page
    clerk.go("/passports/issued/")
    page.get_by_role("link", name=number).click()
    page.locator("[name=receiver_name]").fill(NAME)
    page.locator("[name=document_shown]").fill("Identity card ID0000001")
    page.locator("[name=signed]").check()
    clerk.button("Give it out").click()
    expect(page.get_by_text(f"{number} was given out.")).to_be_visible()
    clerk.fits()


def report_lost(clerk: Visitor) -> None:
    page = clerk.page
    page.locator("[name=ground]").first.check()
    page.locator("section[aria-labelledby=end] [name=reason]").fill("Lost on the bus to Karakol")
    clerk.button("Cancel at every booth").click()
    expect(page.get_by_text("Every booth stops it").first).to_be_visible()


def scan(booth: Visitor, zone: str, verdict: str) -> None:
    """The reader types both lines."""
    expect(booth.scan_field).to_be_focused()
    booth.page.keyboard.type(zone + "\n", delay=0)
    expect(booth.verdict).to_have_text(verdict)


def open_the_page(visitor: Visitor) -> None:
    visitor.go("/blanks/")
    visitor.page.get_by_role("link", name=passport_office.BOX).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(f"Box {passport_office.BOX}")
