"""Two hands on one thing at the same moment: one wins, the other gets a sentence or the same receipt."""

import random
import threading
from collections.abc import Callable, Sequence

import psycopg
import pytest

from tests.faults import officer
from tests.faults.ground import Ground
from tests.faults.officer import Answer, Browser, Shown

pytestmark = pytest.mark.faults

TIMES = 25


@pytest.fixture(scope="module")
def ground(template):
    from tests.faults import ground as grounds

    made = Ground(template, grounds.new_folder(), {})
    made.start()
    yield made
    made.remove()


@pytest.fixture(scope="module")
def booth(ground: Ground) -> Browser:
    browser = officer.sign_in(ground.port, officer.FIRST_LINE[0])
    officer.sign_on(browser, 1)
    return browser


def at_once(*tasks: Callable[[], Answer]) -> list[Answer]:
    """Do all at the same moment, each on its own connection, and return what each got."""
    gate = threading.Barrier(len(tasks))
    answers: dict[int, Answer] = {}

    def do(place: int, task: Callable[[], Answer]) -> None:
        gate.wait()
        answers[place] = task()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return [answers[place] for place in range(len(tasks))]


def twins(browser: Browser, count: int = 2) -> list[Browser]:
    """The same session on connections of their own, which are open already."""
    made = [Browser(browser.port, dict(browser.cookies)) for _ in range(count)]
    for twin in made:
        twin.get("/booth/")
    return made


def inspected(browser: Browser, rng: random.Random) -> Shown:
    number, zone = officer.passport(rng)
    seen = officer.shown(number, officer.scan(browser, zone))
    assert seen is not None
    return seen


def crossings(ground: Ground, numbers: Sequence[str]) -> int:
    with psycopg.connect(ground.cluster.url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM border_crossing c JOIN travellers_traveldocument d"
            " ON d.id = c.document_id WHERE d.number = ANY(%s)",
            [list(numbers)],
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_the_same_key_posted_twice_at_once_is_one_crossing_and_one_receipt(ground, booth, report):
    rng, numbers = random.Random(1), []
    first, second = twins(booth)
    for _ in range(TIMES):
        seen = inspected(booth, rng)
        numbers.append(seen.number)
        one, other = at_once(
            lambda: officer.admit(first, seen),  # noqa: B023 - done before the next turn
            lambda: officer.admit(second, seen),  # noqa: B023
        )
        assert (one.status, other.status) == (200, 200), (one.words, other.words)
        assert one.receipt == other.receipt is not None
    assert crossings(ground, numbers) == TIMES
    report(f"{TIMES} pairs of the same key: {TIMES} crossings")


def test_of_two_keys_for_one_inspection_one_wins_and_the_other_is_told(ground, booth, report):
    rng, numbers = random.Random(2), []
    first, second = twins(booth)
    for turn in range(TIMES):
        seen = inspected(booth, rng)
        again = Shown(
            seen.number, seen.admit_url, f"0190{turn:04x}-0000-7000-8000-{rng.getrandbits(48):012x}"
        )
        numbers.append(seen.number)
        answers = at_once(
            lambda: officer.admit(first, seen),  # noqa: B023 - done before the next turn
            lambda: officer.admit(second, again),  # noqa: B023
        )
        assert sorted(answer.status for answer in answers) == [200, 409]
        told = next(answer for answer in answers if answer.status == 409)
        assert "This was already decided." in told.words
        assert told.receipt is None
    assert crossings(ground, numbers) == TIMES
    report(f"{TIMES} pairs of two keys: {TIMES} crossings, {TIMES} told")


def test_of_two_officers_who_take_one_referral_at_once_one_gets_it(ground, booth, report):
    rng = random.Random(3)
    one, other = (officer.sign_in(ground.port, name) for name in officer.SECOND_LINE)
    for _ in range(TIMES):
        seen = inspected(booth, rng)
        fields = {"key": seen.key, "reason": "to be looked at"}
        assert booth.post(seen.admit_url.replace("admit", "refer"), fields, htmx=True).status == 200
        url = f"/second-line/{waiting(ground)}/take/"
        answers = at_once(lambda: one.post(url, {}), lambda: other.post(url, {}))  # noqa: B023
        assert sorted(answer.status for answer in answers) in ([302, 403], [302, 409])
    with psycopg.connect(ground.cluster.url) as connection:
        taken = connection.execute(
            "SELECT target, count(*) FROM core_auditentry WHERE action = 'border.take_referral'"
            " AND outcome = 'done' GROUP BY target"
        ).fetchall()
    assert [count for _target, count in taken] == [1] * TIMES
    report(f"{TIMES} referrals taken twice at once: each by one officer")


def waiting(ground: Ground) -> str:
    """The one referral that nobody has taken yet."""
    with psycopg.connect(ground.cluster.url) as connection:
        rows = connection.execute(
            "SELECT id::text FROM border_referral WHERE status = 'waiting'"
        ).fetchall()
    assert len(rows) == 1
    return str(rows[0][0])
