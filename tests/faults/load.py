"""Officers who work while servers die, and keep every receipt that they were shown."""

import json
import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from tests.faults import officer
from tests.faults.officer import BROKEN, Answer, Browser, Shown
from tests.faults.processes import until

PAUSE = 0.05  # seconds between two tries
TRIES = 1200  # a minute of a server that does not answer, then the officer gives up
NOT_DEFINITE = (500, 502, 503, 504)
# Words that must be true: an answer that breaks off after the commit may not say them.
RECORDED_NOT = re.compile("Nothing was (recorded|changed)")


class Journal:
    """The receipts, each on disk before the next traveller comes."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._out = file.open("a")
        self.receipts: list[dict[str, str]] = []
        self.last_at = time.monotonic()

    def write(self, seen: Shown, receipt: str) -> None:
        line = {"key": seen.key, "number": seen.number, "receipt": receipt}
        with self._lock:
            self._out.write(json.dumps(line) + "\n")
            self._out.flush()
            os.fsync(self._out.fileno())
            self.receipts.append(line)
            self.last_at = time.monotonic()

    def close(self) -> None:
        self._out.close()


class Booth(threading.Thread):
    """One officer: scan, Enter, the receipt, the next; what breaks is posted again."""

    def __init__(self, port: int, lane: int, journal: Journal, rng: random.Random) -> None:
        super().__init__(daemon=True)
        self.browser: Browser = officer.sign_in(port, officer.FIRST_LINE[lane - 1])
        officer.sign_on(self.browser, lane)
        self.journal, self.rng = journal, rng
        self.over = threading.Event()
        self.statuses: Counter[Any] = Counter()
        self.said_not_recorded: list[tuple[str, float]] = []  # key, seconds since the epoch
        self.failures: list[str] = []
        self.travellers, self.tries = 0, TRIES

    def give_up(self) -> None:
        """Stop at once: nobody starts the servers again."""
        self.tries = 1
        self.over.set()

    def run(self) -> None:
        try:
            while not self.over.is_set():
                self._traveller()
        except Exception as error:  # noqa: BLE001 - the test reads it from here
            self.failures.append(repr(error))
        finally:
            self.browser.close()

    def _traveller(self) -> None:
        number, zone = officer.passport(self.rng)
        answer = self._definite(lambda: officer.scan(self.browser, zone))
        seen = officer.shown(number, answer) if answer else None
        if seen is None:
            self.failures.append(f"scan: {answer and (answer.status, answer.words[:300])}")
            return
        self.travellers += 1
        self._admit(seen)
        if self.travellers % 3 == 0:  # Enter was pressed twice
            self._admit(seen, again=True)

    def _admit(self, seen: Shown, *, again: bool = False) -> None:
        key = "" if again else seen.key
        answer = self._definite(lambda: officer.admit(self.browser, seen), key)
        receipt = answer.receipt if answer else None
        if receipt and receipt.endswith(seen.key[-6:].upper()):
            self.journal.write(seen, receipt)
        else:
            self.failures.append(f"admit: {answer and (answer.status, answer.words[:300])}")

    def _definite(self, send: Callable[[], Answer], key: str = "") -> Answer | None:
        """Post again with the same key until there is a yes or a no; None where none comes."""
        for number in count():
            if number >= self.tries:
                break
            try:
                answer = send()
            except BROKEN as error:
                self.statuses[type(error).__name__] += 1
            else:
                self.statuses[answer.status] += 1
                if answer.status not in NOT_DEFINITE:
                    return answer
                if key and RECORDED_NOT.search(answer.words):
                    self.said_not_recorded.append((key, time.time()))
            self.over.wait(PAUSE)
        return None


class Post:
    """Four booths at work, and one journal of all their receipts."""

    def __init__(self, port: int, folder: Path, rng: random.Random) -> None:
        self.journal = Journal(folder / "receipts.jsonl")
        lanes = range(1, len(officer.FIRST_LINE) + 1)
        self.booths = [
            Booth(port, lane, self.journal, random.Random(rng.random())) for lane in lanes
        ]

    def open(self) -> None:
        for booth in self.booths:
            booth.start()

    def wait_for(self, receipts: int) -> None:
        """Wait until so many more receipts have been shown.

        Raises:
            TimeoutError: the officers see none: what failed is in `failures`.
        """
        enough = len(self.journal.receipts) + receipts
        until(lambda: len(self.journal.receipts) >= enough, 60, f"{receipts} more receipts", 0.005)

    def close(self) -> None:
        """Let each officer finish the traveller in front of her."""
        for booth in self.booths:
            booth.over.set()
        for booth in self.booths:
            booth.join(90)
        self.journal.close()

    @property
    def failures(self) -> list[str]:
        return [failure for booth in self.booths for failure in booth.failures]

    @property
    def statuses(self) -> Counter[Any]:
        return sum((booth.statuses for booth in self.booths), Counter())

    @property
    def said_not_recorded(self) -> list[tuple[str, float]]:
        return [said for booth in self.booths for said in booth.said_not_recorded]
