"""Every page can be used by everybody: WCAG 2.2 AA as far as a machine can tell, day and night."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys import people, travellers
from tests.journeys.browser import Visitor

pytestmark = pytest.mark.journey

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = ("serious", "critical")


def faults(visitor: Visitor) -> list[str]:
    """What a machine finds wrong, with the place on the page."""
    found = Axe().run(visitor.page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found.response["violations"]
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


def booth(visitor: Visitor) -> None:
    visitor.at_the_booth(people.AIDA)


def typed(visitor: Visitor) -> None:
    booth(visitor)
    visitor.page.keyboard.press("F2")
    expect(visitor.page.get_by_label("Number", exact=True)).to_be_visible()


def clear(visitor: Visitor) -> None:
    booth(visitor)
    visitor.scan(travellers.RIN, "Clear")


def check(visitor: Visitor) -> None:
    booth(visitor)
    visitor.scan(travellers.EXPIRED, "Check")


def hold(visitor: Visitor) -> None:
    booth(visitor)
    visitor.scan(travellers.STOLEN, "Hold")


def refusing(visitor: Visitor) -> None:
    check(visitor)
    visitor.page.keyboard.press("F8")
    expect(visitor.page.get_by_role("radio").first).to_be_visible()


def second_line(visitor: Visitor) -> None:
    booth(visitor)
    visitor.scan(travellers.LISTED, "Hold")
    visitor.page.keyboard.press("F4")
    expect(visitor.page.get_by_text("Sent to second line.")).to_be_visible()
    visitor.context.clear_cookies()
    visitor.sign_in(people.BAKYT)
    visitor.go("/second-line/")
    visitor.page.get_by_role("link", name=re.compile(travellers.LISTED.surname)).first.click()
    expect(visitor.page.locator("table.compare").first).to_be_visible()


def traveller(visitor: Visitor) -> None:
    visitor.sign_in(people.BAKYT)
    visitor.go("/travellers/")
    visitor.page.get_by_label("Document number").fill(travellers.OVERSTAYER.number)
    visitor.button("Find").click()
    visitor.page.get_by_role("link", name=re.compile("^Open the file")).click()
    visitor.page.get_by_label("Second-line check").check()
    visitor.button("Record the purpose and open").click()


def page(person: people.Person | None, path: str) -> Callable[[Visitor], None]:
    def comes(visitor: Visitor) -> None:
        if person:
            visitor.sign_in(person)
        visitor.go(path)

    return comes


PAGES = {
    "sign-in": page(None, "/account/sign-in/"),
    "booth": booth,
    "clear": clear,
    "check": check,
    "hold": hold,
    "refusing": refusing,
    "second line": second_line,
    "typed by hand": typed,
    "shift": page(people.CHOLPON, "/shift/"),
    "search": page(people.BAKYT, "/travellers/"),
    "traveller": traveller,
    "figures": page(people.GULNARA, "/figures/"),
    "stays": page(people.GULNARA, "/figures/stays/"),
    "lists": page(people.ELENA, "/lists/"),
    "documents": page(people.ELENA, "/documents/"),
    "users": page(people.HUSAN, "/users/"),
    "catalogue": page(None, "/_ui/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_the_page_by_day_and_by_night(somebody, name):
    visitor = somebody()
    PAGES[name](visitor)
    by_day = faults(visitor)
    visitor.page.emulate_media(color_scheme="dark")
    by_night = faults(visitor)
    assert (by_day, by_night) == ([], [])
    visitor.fits()


def test_the_check_finds_what_is_wrong(somebody):
    visitor = somebody()
    visitor.go("/_ui/")
    visitor.page.evaluate("document.querySelector('label[for=id_right-number]').remove()")
    assert any(each.startswith("label") for each in faults(visitor))
