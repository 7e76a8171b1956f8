"""An officer in her booth, seen from the other side: HTTP, cookies, forms, receipts."""

import html
import random
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse
from itertools import count
from urllib.parse import urlencode

from safar.lib import mrz
from safar.lib.partial_dates import PartialDate

FIRST_LINE = ("7001", "7002", "7003", "7004")
SECOND_LINE = ("7101", "7102")
PASSWORD = "apricot-under-snow-7"  # of tests.makers.accounts
BROKEN = (OSError, HTTPException)  # the connection, or the server behind it, was killed
RECEIPT = re.compile(r"Recorded\. Receipt ([A-Z0-9-]+)\.")
ADMIT = re.compile(r'formaction="(/inspections/[0-9a-f-]+/admit/)"')
KEY = re.compile(r'name="key" value="([0-9a-f-]+)"')
_numbers = count(1)


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by lower-case name, text."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def receipt(self) -> str | None:
        found = RECEIPT.search(html.unescape(self.text)) if self.status == 200 else None
        return found[1] if found else None

    @property
    def words(self) -> str:
        """The text without its marks."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.text)).split())


@dataclass
class Browser:
    """Keeps one connection alive and its cookies; a page with scripts asks by htmx."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection | None = None

    def get(self, path: str, *, htmx: bool = False) -> Answer:
        return self._send("GET", path, None, htmx)

    def post(self, path: str, fields: dict[str, str], *, htmx: bool = False) -> Answer:
        return self._send("POST", path, urlencode(fields), htmx)

    def _send(self, method: str, path: str, body: str | None, htmx: bool) -> Answer:
        """Send a request, and read the whole answer.

        Raises:
            OSError, HTTPException: the connection broke; the next request opens another.
        """
        was_idle = self.connection is not None
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            try:
                self.connection.request(method, path, body, self._headers(htmx))
            except (BrokenPipeError, ConnectionResetError):
                if not was_idle:
                    raise
                # The server had closed an idle connection: nothing left, so, as browsers do, anew.
                self.close()
                return self._send(method, path, body, htmx)
            answer = self._read(self.connection.getresponse())
        except BROKEN:
            self.close()
            raise
        return answer

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def _headers(self, htmx: bool) -> dict[str, str]:
        sent = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
        }
        return {**sent, "HX-Request": "true"} if htmx else sent

    def _read(self, response: HTTPResponse) -> Answer:
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
            if value in ("", '""'):
                del self.cookies[name]
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, headers, text)


def sign_in(port: int, name: str) -> Browser:
    """Sign in through the real page."""
    browser = Browser(port)
    browser.get("/account/sign-in/")
    answer = browser.post("/account/sign-in/", {"login": name, "password": PASSWORD})
    assert answer.status == 302, f"{answer.status} {answer.words or answer.text[:500]}"
    return browser


def sign_on(browser: Browser, lane: int) -> None:
    fields = {"post": "KG-MAN", "lane": str(lane), "direction": "entry"}
    answer = browser.post("/booth/sign-on/", fields)
    assert answer.status == 302, f"{answer.status} {answer.words or answer.text[:500]}"


@dataclass(frozen=True)
class Shown:
    """An inspection on the screen: where Enter posts, and the key in the form."""

    number: str
    admit_url: str
    key: str


def passport(rng: random.Random) -> tuple[str, str]:
    """A sound passport of a visitor who was never here: its number and its zone."""
    number = f"F{next(_numbers):08d}"
    surname, given = ("".join(rng.choices("AEIOUBDGKLMNRSTZ", k=9)) for _ in range(2))
    document = mrz.Document(
        document_code="P", issuer="RUS", number=number, nationality="RUS", surname=surname,
        given_names=given, birth=PartialDate(rng.randint(1950, 2000), rng.randint(1, 12), rng.randint(1, 28)),
        sex=rng.choice("FM"), expiry=date.today() + timedelta(days=1500),
    )  # fmt: skip
    return number, "\n".join(mrz.write(document))


def scan(browser: Browser, zone: str) -> Answer:
    return browser.post("/booth/scan/", {"scan": zone}, htmx=True)


def shown(number: str, answer: Answer) -> Shown | None:
    """The inspection that an answer shows, where it may be admitted with Enter."""
    url, key = ADMIT.search(answer.text), KEY.search(answer.text)
    return Shown(number, url[1], key[1]) if answer.status == 200 and url and key else None


def admit(browser: Browser, what: Shown) -> Answer:
    return browser.post(what.admit_url, {"key": what.key}, htmx=True)
