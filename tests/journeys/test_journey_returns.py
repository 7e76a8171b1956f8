"""A returnee from Turkey: referred, counselled, declared, flown home, received, visited.

And a worker of another office, and an officer of the border, who find nothing of it.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys import people

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
