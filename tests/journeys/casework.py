"""How a caseworker goes about in the stories: she finds somebody, and opens the case."""

import re

from tests.journeys.browser import Visitor

CASE = re.compile(r"^[A-Z]{3}-RTN-")


def find(visitor: Visitor, terms: str, name: str, number: re.Pattern[str] = CASE) -> str:
    """From the search to the case of somebody, by how its number begins; the case's address."""
    look_for(visitor, terms)
    visitor.page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    visitor.page.get_by_role("link", name=number).click()
    visitor.page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))
    return address(visitor)


def look_for(visitor: Visitor, terms: str) -> None:
    visitor.go("/cases/find")
    visitor.page.locator("#id_terms").fill(terms)
    visitor.page.get_by_role("main").get_by_role("button", name="Find", exact=True).click()


def address(visitor: Visitor) -> str:
    """Where she is, without what was asked."""
    return str(visitor.page.url).removeprefix(visitor.address).partition("?")[0]
