"""A database that does not answer: a plain sentence, nothing recorded, and work goes on after it."""

import random
import time

import psycopg
import pytest

from tests.faults import officer
from tests.faults.ground import Ground
from tests.faults.officer import Browser
from tests.faults.processes import until

pytestmark = pytest.mark.faults

SENTENCE = "The database does not answer."
INSPECTIONS = "SELECT count(*) FROM border_inspection"


@pytest.fixture
def ground(new_ground) -> Ground:
    made: Ground = new_ground()
    made.start()
    return made


@pytest.fixture
def browser(ground: Ground) -> Browser:
    """An officer in her booth, and every worker has a connection that will break."""
    browser = officer.sign_in(ground.port, officer.FIRST_LINE[0])
    officer.sign_on(browser, 1)
    for _ in range(12):
        fresh = Browser(ground.port, browser.cookies)
        assert fresh.get("/booth/").status == 200
        fresh.close()
    return browser


def inspections(ground: Ground) -> int:
    with psycopg.connect(ground.cluster.url) as connection:
        row = connection.execute(INSPECTIONS).fetchone()
    assert row is not None
    return int(row[0])


def scan(browser: Browser, *, htmx: bool) -> officer.Answer:
    _number, zone = officer.passport(random.Random(1))
    return browser.post("/booth/scan/", {"scan": zone}, htmx=htmx)


def is_plain(answer: officer.Answer) -> bool:
    return (
        answer.status == 503
        and SENTENCE in answer.words
        and "Traceback" not in answer.text
        and "OperationalError" not in answer.text
    )


def test_a_scan_gets_a_plain_sentence_and_the_same_session_goes_on_after(ground, browser, report):
    ground.cluster.stop()
    for _ in range(6):  # each worker's stale connection, and then none at all
        answer = scan(browser, htmx=False)
        assert is_plain(answer), (answer.status, answer.words)
        assert "<html" in answer.text
    ground.cluster.start()
    began = time.monotonic()
    assert inspections(ground) == 0
    until(lambda: scan(browser, htmx=True).status == 200, 10, "a scan is answered")
    report(f"the same session goes on {time.monotonic() - began:.2f} s after the database is back")
    for _ in range(12):
        answer = scan(browser, htmx=True)
        assert answer.status == 200, "no worker kept a broken connection"
    assert inspections(ground) == 13


def test_a_scan_by_htmx_gets_the_sentence_as_a_part_that_leaves_the_form_whole(ground, browser):
    ground.cluster.stop()
    for _ in range(6):
        answer = scan(browser, htmx=True)
        assert is_plain(answer), (answer.status, answer.words)
        assert "<html" not in answer.text
        assert answer.headers.get("hx-retarget") == "#errors"


def test_the_very_first_page_is_plain_too_with_and_without_a_session(ground, browser):
    ground.cluster.stop()
    for cookies in ({}, browser.cookies, {"sessionid": "0" * 32}):
        for path in ("/", "/booth/", "/account/sign-in/"):
            answer = Browser(ground.port, dict(cookies)).get(path)
            assert answer.status in (200, 302) or is_plain(answer), (path, cookies, answer.words)
            assert answer.status == 503 or not cookies or "sessionid" not in cookies, path


def test_signing_in_says_the_same(ground):
    browser = Browser(ground.port)
    browser.get("/account/sign-in/")
    ground.cluster.stop()
    fields = {"login": officer.FIRST_LINE[0], "password": officer.PASSWORD}
    assert is_plain(browser.post("/account/sign-in/", fields))
