"""An Afghan family of five to Canada: referred, held by the doctor, booked, rebooked, arrived.

The worker of the case sees of health what the journey needs and no clinical word. A worker of
another office and an officer of the border find nothing of it.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys import families, people, returnees
from tests.journeys.casework import address, find, look_for
from tests.journeys.families import RECEIVING
from tests.journeys.moving import (
    accept,
    acknowledge,
    arrive,
    book,
    depart,
    go_to,
    notice_as_data,
    open_movement,
    refer,
    tell,
    ticket,
)

pytestmark = pytest.mark.journey
DAY = "%d.%m.%Y"
HELD = "Rahimi Zahra"
# What the doctor writes, and nobody else reads.
CLINIC, OUTCOME, FINDING = "Polyclinic 3", "More tests are needed", "A shadow on the left lung"
TREATED = "Two cultures without growth"


def test_a_family_is_referred_and_held_by_the_doctor_and_then_gets_its_seats(somebody):
    asel, nargiza = somebody(), somebody()
    asel.sign_in(people.ASEL)
    page = asel.page
    case = refer(asel)
    accept(asel)
    nargiza.sign_in(people.NARGIZA)
    medical_file = hold(nargiza)

    asel.go(case)
    expect(page.get_by_role("heading", name="Not ready to depart")).to_be_visible()
    expect(page.get_by_text("Zahra may not fly: On medical hold.")).to_be_visible()
    asel.fits()
    asel.shot("movement_held")
    reads_nothing_clinical(asel, case, medical_file)

    page.get_by_role("link", name="Book a journey").click()
    book(asel, timezone.localtime() + timedelta(days=20), "TK347")
    with asel.answered(422):
        asel.button("Keep the booking").click()
        expect(page.get_by_text(f"{HELD} may not fly: On medical hold.")).to_be_visible()
    asel.shot("movement_refused")

    lift(nargiza)
    page.go_back()  # what was typed is still there
    asel.button("Keep the booking").click()
    expect(page.get_by_text("The seats are held.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile(HELD))).to_be_visible()
    asel.go(case)
    expect(page.get_by_role("heading", name="Not ready to depart")).to_be_visible()
    expect(page.get_by_text("On medical hold")).to_have_count(0)


def test_a_booking_is_changed_and_the_mission_is_told_of_both_versions(somebody):
    asel = somebody()
    asel.sign_in(people.ASEL)
    page = asel.page
    open_movement(asel, families.READY)
    expect(page.get_by_role("heading", name="Ready to depart")).to_be_visible()

    page.get_by_role("link", name="Book a journey").click()
    book(asel, timezone.localtime() + timedelta(days=20), "TK347")
    page.get_by_label("Receiving mission").select_option(label=RECEIVING)
    asel.fits()
    asel.shot("booking")
    asel.button("Keep the booking").click()
    expect(page.get_by_text("The seats are held.")).to_be_visible()
    told = tell(asel, f"Tell {RECEIVING} of the booking", families.READY)
    assert "New booking, version 1" in told
    assert "TK347" in told
    acknowledge(asel)

    page.get_by_role("link", name="Change the booking").click()
    book(asel, timezone.localtime() + timedelta(days=13), "TK349")
    asel.button("Keep the booking").click()
    expect(page.get_by_text("Kept. Tell the missions.")).to_be_visible()
    asel.go("/cases/my-day")
    told = tell(asel, f"Tell {RECEIVING} of the change", families.READY)
    assert "Changed booking, version 2" in told
    assert "TK349" in told
    assert "TK347" not in told
    acknowledge(asel)
    expect(page.get_by_text("Knows everything")).to_be_visible()
    sent = notice_as_data(asel, 2)
    assert (sent["number"], sent["kind"]) == (2, "changed")
    assert "TK347" in sent["changed"]["journey.flights"]["before"]

    ticket(asel)
    asel.fits()
    asel.shot("ticketed")


def test_a_family_leaves_and_arrives_and_nobody_else_finds_it(somebody):
    asel = somebody()
    asel.sign_in(people.ASEL)
    page = asel.page
    case = open_movement(asel, families.TICKETED)
    expect(page.get_by_role("heading", name="Ticketed, and ready to depart")).to_be_visible()
    asel.fits()
    asel.shot("movement_ready")

    manifest = depart(asel)
    assert "Departed, version 2" in tell(
        asel, f"Tell {RECEIVING} that they have left", families.TICKETED
    )
    arrive(asel)
    told = tell(asel, f"Tell {RECEIVING} that they have arrived", families.TICKETED)
    assert "Arrived, version 3" in told
    asel.fits()
    asel.shot("arrived")

    go_to(asel, "Movements")
    expect(page.get_by_text(re.compile("^5 people left, of 1 case"))).to_be_visible()
    asel.fits()
    asel.shot("movements_report")
    returned = find(asel, returnees.YEAR_AGO, returnees.YEAR_AGO)
    theirs = addresses(case, manifest, returned)
    assert all(asel.context.request.get(asel.address + one).ok for one in theirs)
    finds_none_of_it(somebody(), theirs)
    is_not_let_in(somebody(), theirs)


def hold(visitor) -> str:
    """The doctor finds what is to be tested first; the address of the medical file."""
    page = visitor.page
    go_to(visitor, "Health")
    visitor.fits()
    visitor.shot("health_day")
    page.get_by_role("region", name="To be examined").get_by_role("link", name=HELD).click()
    page.get_by_label("What do you open it for?").fill("The examination before the journey")
    visitor.button("Open the file").click()
    where = address(visitor)
    examine(visitor, OUTCOME, FINDING)
    page.get_by_label("On medical hold").check()
    again = timezone.localdate() + timedelta(days=5)
    page.get_by_label("Looked at again on").fill(again.strftime(DAY))
    visitor.fits()
    visitor.shot("fitness")
    visitor.button("Tell the journey").click()
    for words in (FINDING, OUTCOME, CLINIC, "On medical hold"):
        expect(page.get_by_text(words).first).to_be_visible()
    visitor.fits()
    visitor.shot("medical_file")
    return where


def examine(visitor, outcome: str, finding: str) -> None:
    page = visitor.page
    page.get_by_role("link", name=f"Keep an examination {HELD}").click()
    page.get_by_label("Clinic").fill(CLINIC)
    page.get_by_label(outcome).check()
    page.get_by_label("Finding", exact=True).fill(finding)
    visitor.button("Keep the examination").click()


def lift(visitor) -> None:
    """The tests came back without a finding: she may fly."""
    page = visitor.page
    go_to(visitor, "Health")
    holds = page.get_by_role("region", name="Medical holds to look at again")
    holds.get_by_role("link", name=HELD).click()
    examine(visitor, "No finding", TREATED)
    page.get_by_label("Fit to travel", exact=True).check()
    until = timezone.localdate() + timedelta(days=150)
    page.get_by_label("Fit until").fill(until.strftime(DAY))
    visitor.button("Tell the journey").click()
    expect(page.get_by_text(TREATED)).to_be_visible()


def reads_nothing_clinical(visitor, case: str, medical_file: str) -> None:
    """Not a word of what the doctor found, wherever the worker of the case looks."""
    whole = case.replace("/movements/", "/cases/")
    for where in (case, whole, f"{whole}/everything", f"{case}/journey", f"{case}/book"):
        page = visitor.context.request.get(visitor.address + where)
        assert page.ok, where
        assert not [one for one in (FINDING, OUTCOME, CLINIC) if one in page.text()], where
    assert "On medical hold" in visitor.context.request.get(visitor.address + case).text()
    with visitor.answered(403):
        visitor.go(medical_file)
    expect(visitor.page.get_by_text(FINDING)).to_have_count(0)
    visitor.go(case)


def addresses(case: str, manifest: str, returned: str) -> list[str]:
    """The pages of a movement, and those of somebody's return."""
    whole = case.replace("/movements/", "/cases/")
    return [
        case, f"{case}/journey", f"{case}/loan", manifest, f"{manifest}.pdf", whole,
        f"{whole}/everything", f"{whole}/sharing", returned,
        returned.replace("/cases/", "/returns/"),
    ]  # fmt: skip


def is_refused(visitor, theirs: list[str], status: int) -> None:
    """Each page says no in this way, and names nobody; the first one in the browser itself."""
    with visitor.answered(status):
        visitor.go(theirs[0])
    visitor.shot(f"refused_{status}")
    for where in theirs:
        answer = visitor.context.request.get(visitor.address + where)
        assert answer.status == status, where
        names = (families.TICKETED, returnees.YEAR_AGO)
        assert not [name for name in names if name in answer.text()], where


def finds_none_of_it(odina, theirs: list[str]) -> None:
    """A worker of another office: not by address, by search, on a day of flights, in a figure."""
    odina.sign_in(people.ODINA)
    is_refused(odina, theirs, 404)
    for name in (families.named(families.TICKETED)[0], returnees.YEAR_AGO):
        look_for(odina, name)
        expect(odina.page.get_by_text("Nobody found")).to_be_visible()
    go_to(odina, "Departures")
    expect(odina.page.get_by_text("No departure in these days.")).to_have_count(2)
    go_to(odina, "Movements")
    expect(odina.page.get_by_text("Nobody has left yet")).to_be_visible()


def is_not_let_in(aida, theirs: list[str]) -> None:
    aida.sign_in(people.AIDA)
    is_refused(aida, theirs, 403)
    expect(aida.page.get_by_text(families.TICKETED)).to_have_count(0)
