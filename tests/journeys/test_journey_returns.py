"""A returnee from Turkey: referred, counselled, declared, flown home, received, visited.

And a worker of another office, and an officer of the border, who find nothing of it.
"""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys import people, returnees
from tests.journeys.casework import address, find

pytestmark = pytest.mark.journey
CLOCK = "%Y-%m-%dT%H:%M"
MONTHS_AGO = timedelta(days=370)  # so that the visit of the twelfth month is due


def test_a_returnee_from_the_referral_to_the_visit_of_the_twelfth_month(somebody):
    asel, odina, aida = somebody(), somebody(), somebody()
    asel.sign_in(people.ASEL)
    address = refer(asel)
    page = asel.page

    step(asel, "Begin counselling", "Begin")
    page.get_by_role("link", name="Ask about a deportation order").click()
    page.get_by_label("None stands").check()
    asel.button("Keep the answer").click()
    step(asel, "Questions on vulnerability", "Keep the answers")
    expect(page.get_by_role("link", name=re.compile("Arrange the flight"))).to_have_count(0)

    page.get_by_role("link", name=re.compile("Declaration of")).click()
    page.get_by_label("Signed on").fill((timezone.localdate() - MONTHS_AGO).strftime("%d.%m.%Y"))
    asel.button("Keep the declaration").click()
    step(asel, "Everybody has declared", "Go on to the journey")

    fly(asel)

    page.get_by_role("link", name="Weigh what can work, and choose").click()
    page.get_by_label("What", exact=True).fill("Twelve sheep and a shed")
    asel.button("Keep this way").click()
    page.get_by_role("button", name=re.compile("^Choose")).click()
    expect(page.get_by_text("Chosen").first).to_be_visible()
    expect(page.get_by_role("link", name="Monitoring visit, month 12")).to_be_visible()
    asel.fits()
    asel.shot("return")

    odina.sign_in(people.ODINA)
    with odina.answered(404):
        odina.go(address)
    expect(odina.page.get_by_text("Toktogulov")).to_have_count(0)

    aida.sign_in(people.AIDA)
    with aida.answered(403):
        aida.go(address)
    expect(aida.page.get_by_text("Toktogulov")).to_have_count(0)


def test_the_visit_of_the_twelfth_month_and_its_report_to_the_mission(somebody):
    asel, odina = somebody(), somebody()
    asel.sign_in(people.ASEL)
    page = asel.page
    case = find(asel, returnees.YEAR_AGO, returnees.YEAR_AGO)
    page.get_by_role("link", name="Monitoring visit, month 12").click()
    visit = address(asel)
    make_the_visit(asel)
    asel.go(visit)
    close_the_visit(asel)

    asel.go("/cases/my-day")
    expect(
        page.get_by_role("link", name="Report to the mission: Monitoring visit, month 12")
    ).to_be_visible()
    asel.go(case)
    page.get_by_role("link", name=re.compile("^Steps of")).click()
    page.get_by_role("link", name="Monitoring visit, month 12").click()
    report_it(asel)
    told = take_away(asel)
    assert (told["months"], told["fields"]["request.mission_reference"]) == (
        12, returnees.REFERRED_ON,
    )  # fmt: skip
    assert "nobody has signed off" in told["fields"]["assistance.score"]

    step(asel, "Close the return", "Close it")
    expect(page.get_by_text("Completed").first).to_be_visible()
    asel.go(f"/returns/report?year={arrived().year}")
    expect(page.get_by_role("row", name=re.compile("Donor TUR"))).to_contain_text("800")
    asel.fits()
    asel.shot("year")

    odina.sign_in(people.ODINA)
    for where in (case, visit):
        with odina.answered(404):
            odina.go(where)
    odina.go("/returns/report")
    expect(odina.page.get_by_text("Nobody has arrived yet")).to_be_visible()


def make_the_visit(visitor) -> None:
    """Reached, and asked the survey from the page of the visit."""
    page = visitor.page
    page.get_by_label("How", exact=True).select_option(label="Visit")
    page.get_by_label("Result").select_option(label="Reached")
    page.get_by_label("At", exact=True).fill("00:01")
    visitor.button("Keep the attempt").click()
    page.get_by_role("link", name="Reintegration sustainability").click()
    page.get_by_label("Who answered").select_option(index=0)
    for question in page.locator("fieldset:has(input[type=radio])").all():
        question.get_by_role("radio").nth(3).check()
    visitor.button("Keep the answers").click()
    expect(page.get_by_text("not signed off").first).to_be_visible()
    visitor.fits()
    visitor.shot("survey")


def close_the_visit(visitor) -> None:
    page = visitor.page
    page.get_by_label("Done", exact=True).check()
    page.get_by_label("What was found").fill("He welds for two firms and takes on his brother")
    visitor.button("Close the follow-up").click()
    expect(page.get_by_role("heading", name="Every tranche is paid")).to_be_visible()
    visitor.fits()
    visitor.shot("banner")


def report_it(visitor) -> None:
    """What leaves is shown before it leaves."""
    page = visitor.page
    leaves = page.get_by_role("definition")
    for words in ("He welds for two firms", "800", "nobody has signed off", returnees.REFERRED_ON):
        expect(leaves.filter(has_text=words).first).to_be_visible()
    page.get_by_label("Mission").select_option(label="Embassy TUR")
    page.get_by_label("On which consent").select_option(index=1)
    visitor.shot("report_visit")
    visitor.button("Send the report").click()


def take_away(visitor) -> dict[str, Any]:
    """The report as PDF and as data; the data."""
    report = (
        visitor.page.get_by_role("listitem")
        .filter(has=visitor.page.get_by_role("link", name="PDF"))
        .last
    )
    expect(report).to_contain_text("Month 12")
    with visitor.page.expect_download() as paper:
        report.get_by_role("link", name="PDF").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")
    with visitor.page.expect_download() as data:
        report.get_by_role("link", name="Data").click()
    told: dict[str, Any] = json.loads(data.value.path().read_text())
    return told


def arrived() -> date:
    return timezone.localdate() - timedelta(days=returnees.ARRIVED_DAYS_AGO)


def refer(visitor) -> str:
    """Write down the mission's referral; return the address of the return."""
    page = visitor.page
    visitor.go("/returns/new")
    page.get_by_label("Scheme").select_option(label="Turkey, voluntary return")
    page.get_by_label("The mission's reference").fill("TR-2026-77")
    page.get_by_label("Office").select_option(index=1)
    page.get_by_label("Surname").first.fill("Toktogulov")
    page.get_by_label("Given names").first.fill("Askar")
    page.get_by_label("Born").first.fill("17.05.1987")
    visitor.button("Open the return").click()
    expect(page.get_by_text("Turkey, voluntary return")).to_be_visible()
    return str(page.url).removeprefix(visitor.address)


def fly(visitor) -> None:
    """The flight home a year ago, and what happened at the airport."""
    page = visitor.page
    lands = timezone.localtime() - MONTHS_AGO
    page.get_by_role("link", name=re.compile("Arrange the flight")).click()
    page.get_by_label("Flight", exact=True).fill("TK348")
    page.get_by_label("From", exact=True).fill("Istanbul")
    page.get_by_label("Departs").fill((lands - timedelta(hours=5)).strftime(CLOCK))
    page.get_by_label("Lands", exact=True).fill(lands.strftime(CLOCK))
    visitor.button("Keep the booking").click()
    step(visitor, "Confirm the departure", "They are on board")

    page.get_by_role("link", name="Receive them at the airport").click()
    page.get_by_label("Met at the airport").check()
    page.get_by_label("When").fill(lands.strftime(CLOCK))
    page.get_by_label("Pocket money").fill("100")
    page.get_by_label("Receipt").fill("P-1")
    visitor.button("Keep what happened").click()


def step(visitor, link: str, button: str) -> None:
    """Open a step of the task list and do it; there is nothing to fill in."""
    visitor.page.get_by_role("link", name=re.compile(link)).first.click()
    visitor.button(button).click()
