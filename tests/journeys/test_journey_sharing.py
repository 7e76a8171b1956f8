"""A consent is withdrawn, and that reaches a referral that was sent. Other offices see none of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import people, returnees
from tests.journeys.casework import CASE, address, find, look_for

pytestmark = pytest.mark.journey
NAME = returnees.WILL_WITHDRAW


def test_a_withdrawn_consent_reaches_a_referral_that_was_sent(somebody, safar):
    asel, odina = somebody(), somebody()
    asel.sign_in(people.ASEL)
    case = find(asel, "Sidikov Maksat", NAME)  # another spelling
    agree(asel, case)
    consent = address(asel)
    referral = refer(asel)
    expect(asel.page.get_by_text("Sent", exact=True).first).to_be_visible()
    assert safar.count("cases_disclosure", "recipient_id IN (SELECT id FROM cases_partner"
                       " WHERE name = %s)", returnees.CLINIC) == 1  # fmt: skip

    asel.go(consent)
    asel.button("Withdraw the consent").click()
    expect(asel.page.get_by_text(re.compile("^Withdrawn on "))).to_be_visible()
    expect(asel.page.get_by_role("link", name="Refer", exact=True)).to_have_count(0)
    asel.fits()
    asel.shot("withdrawn")

    asel.go(referral)
    expect(asel.page.get_by_text("Consent withdrawn", exact=True).first).to_be_visible()
    expect(asel.button("Record the answer")).to_have_count(0)

    tell(asel, consent)
    sees_none_of_it(odina, case, consent, referral)


def agree(visitor, case: str) -> None:
    """The person agrees that the clinic may learn who he is, to get a service."""
    page = visitor.page
    visitor.go(f"{case}/sharing")
    page.get_by_role("link", name="Record a consent").click()
    for point in page.locator("input[name=told]").all():
        point.check()
    page.get_by_label("For what").select_option(label="To get a service")
    page.get_by_label(returnees.CLINIC).check()
    page.get_by_label("Name, birth, sex, citizenship").check()
    page.get_by_label("Language that was spoken").fill("Kyrgyz")
    visitor.button("Record the consent").click()
    page.wait_for_url(re.compile("/consents/[0-9a-f-]{36}$"))
    expect(page.get_by_text("In force", exact=True)).to_be_visible()


def refer(visitor) -> str:
    """Draft a referral, look at exactly what leaves, and send that."""
    page = visitor.page
    page.get_by_role("link", name="Refer", exact=True).click()
    page.get_by_label("What is asked for").fill("An examination before the flight")
    page.get_by_label("Name", exact=True).check()
    visitor.button("Keep the draft and look at it").click()
    expect(page.get_by_text("What would leave: this, and nothing else")).to_be_visible()
    expect(page.get_by_role("definition").filter(has_text=NAME)).to_be_visible()
    visitor.button("Send exactly this").click()
    expect(page.get_by_text("Recorded as sent.")).to_be_visible()
    return address(visitor)


def tell(visitor, consent: str) -> None:
    """The partner is told by a letter that says nothing of him, and confirms it."""
    page = visitor.page
    visitor.go("/cases/my-day")
    due = page.get_by_role("listitem").filter(has_text=returnees.CLINIC).first
    expect(due).to_be_visible()
    visitor.go(consent)
    notice = (
        page.get_by_role("listitem").filter(has_text=returnees.CLINIC).filter(has_text="Letter")
    )
    where = notice.get_by_role("link").first.get_attribute("href")
    letter = visitor.context.request.get(visitor.address + where)
    assert letter.ok
    assert letter.body().startswith(b"%PDF")
    notice.get_by_label("How they were told").select_option(label="Letter")
    notice.get_by_role("button", name="They were told").click()
    page.get_by_label("Who confirmed it").fill("Dr Osmonova")
    visitor.button("They confirmed it").click()
    expect(page.get_by_text(re.compile("confirmed by Dr Osmonova"))).to_be_visible()
    visitor.fits()
    visitor.shot("acknowledged")


def sees_none_of_it(visitor, case: str, consent: str, referral: str) -> None:
    """A worker of another office: not by search, by address, in her day, or in any count."""
    visitor.sign_in(people.ODINA)
    for where in (case, f"{case}/sharing", f"{case}/everything", consent, referral,
                  f"{referral}/letter.pdf", case.replace("/cases/", "/returns/")):  # fmt: skip
        with visitor.answered(404):
            visitor.go(where)
        expect(visitor.page.get_by_text(NAME)).to_have_count(0)
    look_for(visitor, NAME)
    expect(visitor.page.get_by_text("Nobody found")).to_be_visible()
    number = visitor.page.get_by_text(CASE)
    for where in ("/cases/my-day", "/cases/", "/cases/referrals?whose=all"):
        visitor.go(where)
        expect(number).to_have_count(0)
        expect(visitor.page.get_by_text(NAME)).to_have_count(0)
    visitor.go("/cases/")
    expect(visitor.page.get_by_role("heading", name="0 cases")).to_be_visible()
