"""An Afghan family of five to Canada: referred, held by the doctor, booked, rebooked, arrived.

The worker of the case sees of health what the journey needs and no clinical word. A worker of
another office and an officer of the border find nothing of it.
"""

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys import families, people, returnees
from tests.journeys.casework import address, find, look_for
from tests.journeys.families import RECEIVING

pytestmark = pytest.mark.journey
CLOCK, DAY = "%Y-%m-%dT%H:%M", "%d.%m.%Y"
NUMBER = re.compile(r"^[A-Z]{3}-RST-")
HELD = "Rahimi Zahra"
FAMILY = (
    ("Nasrullah", "17.05.1984", "Male", ""),
    ("Fatima", "02.09.1988", "Female", "Wife or husband"),
    ("Zahra", "11.03.2009", "Female", "Child"),
    ("Yusuf", "24.12.2012", "Male", "Child"),
    ("Amina", "08.07.2021", "Female", "Child"),
)
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


def go_to(visitor, name: str) -> None:
    """To one of the main pages."""
    bar = visitor.page.get_by_role("navigation", name="Main pages")
    bar.get_by_role("link", name=name, exact=True).click()


def open_movement(visitor, surname: str) -> str:
    """Find a family by its applicant; the address of the movement."""
    name = families.named(surname)[0]
    find(visitor, name, name, NUMBER)
    visitor.page.get_by_role("link", name=re.compile("^Steps of")).click()
    visitor.page.wait_for_url(re.compile("/movements/"))
    return address(visitor)


def refer(visitor) -> str:
    """Write down whom UNHCR refers; the address of the movement."""
    page = visitor.page
    go_to(visitor, "Movements")
    page.get_by_role("link", name="Somebody is referred").click()
    page.get_by_label("Scheme").select_option(label="Resettlement to Canada, government assisted")
    page.get_by_label("Town there").fill("Toronto")
    page.get_by_label("UNHCR file").fill("731-26C04418")
    page.get_by_label("How many people").fill("5")
    for number, (given, born, sex, role) in enumerate(FAMILY):
        form: Any = page.get_by_role("group", name=f"Person {number}") if number else page
        form.get_by_label("Surname").first.fill("Rahimi")
        form.get_by_label("Given names").first.fill(given)
        form.get_by_label("Born").first.fill(born)
        form.get_by_label("Sex").first.select_option(label=sex)
        if role:
            form.get_by_label("Who", exact=True).select_option(label=role)
    visitor.fits()
    visitor.shot("movement_referral")
    visitor.button("Open the movement").click()
    expect(page.get_by_text("The movement is open")).to_be_visible()
    return address(visitor)


def accept(visitor) -> None:
    """Who is old enough was interviewed; the state accepts, and everybody's steps begin."""
    page = visitor.page
    tasks = page.get_by_role("region", name="Before departure")
    tasks.get_by_role("link", name=re.compile("^Interview")).click()
    visitor.button("They have it").click()
    page.get_by_role("link", name="They are accepted").click()
    page.get_by_label("The receiving state's reference").fill("CAN-G-20588")
    visitor.button("They are accepted").click()
    expect(page.get_by_role("heading", name="Not ready to depart")).to_be_visible()
    visitor.fits()
    visitor.shot("movement_accepted")


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


def book(visitor, leaves: datetime, flight: str) -> None:
    """Type a booking of everybody: to Istanbul, and on to Toronto."""
    page = visitor.page
    page.get_by_label("Carrier", exact=True).fill("Turkish Airlines")
    page.get_by_label("Booking reference").fill("PNR4X7")
    page.get_by_label("Agreement with the carrier").fill("MIG-TK-2026-11")
    for number, row in enumerate(legs(leaves, flight), 1):
        leg = page.get_by_role("group", name=f"Flight {number}")
        for label, words in row.items():
            leg.get_by_label(label, exact=True).fill(words)
    for box in page.get_by_label("Cost", exact=True).all():
        box.fill("862")


def legs(leaves: datetime, flight: str) -> list[dict[str, str]]:
    lands = leaves + timedelta(hours=6)
    onward = lands + timedelta(hours=3)
    return [
        {"Flight": flight, "From": "Bishkek", "Departs": leaves.strftime(CLOCK),
         "To": "Istanbul", "Lands": lands.strftime(CLOCK)},
        {"Flight": "TK17", "From": "Istanbul", "Departs": onward.strftime(CLOCK),
         "To": "Toronto", "Lands": (onward + timedelta(hours=10)).strftime(CLOCK)},
    ]  # fmt: skip


def tell(visitor, what: str, surname: str) -> str:
    """What leaves is shown before it leaves; all its words."""
    page = visitor.page
    page.get_by_role("link", name=what).first.click()
    shown = page.get_by_role("region", name="Exactly this leaves")
    for name in families.named(surname):
        expect(shown).to_contain_text(name)
    words = str(shown.inner_text())
    visitor.fits()
    visitor.shot(f"tell_{what.rpartition(' ')[2]}")
    visitor.button("Send the notice").click()
    expect(page.get_by_text("Told. The notice can be printed")).to_be_visible()
    return words


def acknowledge(visitor) -> None:
    """The mission has read what it was told last; its answer is written down at once."""
    page = visitor.page
    page.get_by_role("link", name="They answered").click()
    expect(page.get_by_role("heading", name=f"{RECEIVING} has read it")).to_be_visible()
    page.get_by_label("Who answered").fill("L. Moreau")
    visitor.button("Keep the answer").click()
    expect(page.get_by_role("link", name="They answered")).to_have_count(0)
    expect(page.get_by_text("read by L. Moreau").first).to_be_visible()


def notice_as_data(visitor, number: int) -> dict[str, Any]:
    """A notice as it is taken away, with what changed against the one before."""
    page = visitor.page
    with page.expect_download() as data:
        page.get_by_role("link", name=f"Data {number}", exact=True).click()
    told: dict[str, Any] = json.loads(data.value.path().read_text())
    return told


def ticket(visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Issue the tickets").click()
    for number, name in enumerate(families.named(families.READY), 1):
        page.get_by_label(name).fill(f"235-77120{number}")
    visitor.button("The tickets are issued").click()
    expect(page.get_by_role("row", name=re.compile("235-771205"))).to_be_visible()


def depart(visitor) -> str:
    """Everybody is checked off on the manifest, and they have left; the manifest's address."""
    page = visitor.page
    go_to(visitor, "Departures")
    visitor.fits()
    visitor.shot("departures")
    page.get_by_role("link", name=families.FLIGHT).click()
    manifest = address(visitor)
    printed = page.get_by_role("link", name="Print").get_attribute("href")
    paper = visitor.context.request.get(f"{visitor.address}{printed}")
    assert paper.body().startswith(b"%PDF")
    for name in families.named(families.TICKETED):
        page.get_by_role("button", name=f"On board {name}").click()
        pressed = page.get_by_role("button", name=f"On board {name}", pressed=True)
        expect(pressed).to_be_visible()
    visitor.fits()
    visitor.shot("manifest")
    can_be_read_at_the_gate(visitor)
    page.get_by_role("button", name=re.compile("^Confirm the departure")).click()
    expect(page.get_by_text("They have left:")).to_be_visible()
    return manifest


def can_be_read_at_the_gate(visitor) -> None:
    """On a telephone no button lies over the name of a passenger."""
    page, wide = visitor.page, visitor.page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    for name in families.named(families.TICKETED):
        form = page.get_by_role("form", name=name).bounding_box()
        words = page.locator("li .grow").filter(has_text=name).bounding_box()
        assert words["y"] + words["height"] <= form["y"], name
    visitor.fits()
    visitor.shot("manifest_narrow")
    page.set_viewport_size(wide)


def arrive(visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="They have arrived").click()
    visitor.fits()
    visitor.shot("arrival")
    visitor.button("Confirm the arrival").click()
    expect(page.get_by_text("They have arrived, and the case is closed.")).to_be_visible()


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
