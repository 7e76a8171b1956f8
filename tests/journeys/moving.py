"""How a movement goes in the stories: referred, accepted, booked, told of, ticketed, arrived."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from tests.journeys import families
from tests.journeys.casework import address, find
from tests.journeys.families import RECEIVING

CLOCK = "%Y-%m-%dT%H:%M"
NUMBER = re.compile(r"^[A-Z]{3}-RST-")
FAMILY = (
    ("Nasrullah", "17.05.1984", "Male", ""),
    ("Fatima", "02.09.1988", "Female", "Wife or husband"),
    ("Zahra", "11.03.2009", "Female", "Child"),
    ("Yusuf", "24.12.2012", "Male", "Child"),
    ("Amina", "08.07.2021", "Female", "Child"),
)


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
