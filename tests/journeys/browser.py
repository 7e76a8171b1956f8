"""A person at a browser: what she does in the stories, and what must never happen meanwhile."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils import translation
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from safar.lib import mrz
from tests.journeys.people import Person
from tests.journeys.travellers import zone
from tests.makers.accounts import PASSWORD

REFUSED = re.compile(r"the server responded with a status of (\d+)")


class Visitor:
    """One person, one browser context, one page."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.context = context
        self.page: Page = context.new_page()
        self.troubles: list[str] = []
        self.answers: list[int] = []  # statuses of 400 and above
        context.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            ours = urlsplit(self.address).netloc
            if parts.netloc != ours:
                self.troubles.append(f"a request to {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        status = REFUSED.search(message.text)
        if status:
            self.answers.append(int(status[1]))
        else:
            self.troubles.append(f"console: {message.text}")

    # -- going about --

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self, person: Person, password: str = PASSWORD) -> None:
        self.go("/account/sign-in/")
        self.page.get_by_label("Service number").fill(person.number)
        self.page.get_by_label("Password").fill(password)
        self.button("Sign in").click()
        expect(self.page).not_to_have_url(re.compile("/account/sign-in/"))

    def at_the_booth(self, person: Person) -> None:
        """Signed in, and signed on to her lane."""
        self.sign_in(person)
        self.go("/booth/")
        if "/sign-on/" in self.page.url:
            self.page.get_by_label("Lane").fill(person.lane)
            self.page.get_by_label(person.direction.title()).check()
            self.button("Sign on").click()
        expect(self.scan_field).to_be_focused()

    # -- what is on the page --

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def scan_field(self) -> Locator:
        return self.page.locator("[data-scan]")

    @property
    def verdict(self) -> Locator:
        return self.page.locator("section.verdict").get_by_role("heading", level=1)

    # -- the work --

    def read(self, document: mrz.Document) -> None:
        """The reader types the zone, wherever on the page the focus is."""
        self.page.keyboard.type(zone(document), delay=1)

    def read_in_russian(self, text: str) -> None:
        """The same through a keyboard that is set to Russian: real key events, other letters."""
        session = self.context.new_cdp_session(self.page)
        for letter in text:
            key = "Enter" if letter == "\n" else letter
            event = {"key": key, "text": "\r" if letter == "\n" else letter}
            session.send("Input.dispatchKeyEvent", {"type": "keyDown", **event})
            session.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": key})
        session.detach()

    def press_until(self, key: str, done: Locator) -> None:
        """Press a key again and again until something is there: it may be dead at first."""
        for _ in range(100):
            self.page.keyboard.press(key)
            try:
                expect(done).to_be_visible(timeout=250)
            except AssertionError:
                continue
            return
        expect(done).to_be_visible()

    @property
    def receipt(self) -> Locator:
        return self.page.get_by_role("status").get_by_text(re.compile(r"^Recorded\. Receipt "))

    def scan(self, document: mrz.Document, verdict: str) -> None:
        """The reader types, and the verdict is this one."""
        self.read(document)
        expect(self.verdict).to_have_text(verdict)

    def fits(self) -> None:
        """Nothing hangs out of the window to the side."""
        widths = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert widths[0] <= widths[1], f"{self.page.url} is {widths[0]} px wide"

    def shot(self, name: str) -> None:
        """A picture for those who ask for one with SAFAR_SHOTS=folder."""
        if folder := os.environ.get("SAFAR_SHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
            self.troubles = [each for each in self.troubles if "style" not in each]

    @contextmanager
    def answered(self, *statuses: int) -> Iterator[None]:
        """Here, and only here, Safar may say no in these ways."""
        before = len(self.answers)
        yield
        self.page.wait_for_load_state()
        new, self.answers = self.answers[before:], self.answers[:before]
        assert set(new) <= set(statuses), f"Safar answered {new}"


def said(text: str, language: str, **values: Any) -> str:
    """A text as Safar's own catalogue says it."""
    with translation.override(language):
        return translation.gettext(text).format_map(values)
