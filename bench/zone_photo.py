"""How many zones are read from photos, exactly and honestly, how fast, and in how much memory?

One JSON line for each font. The pages are invented, tilted to 3 degrees, blurred, noisy; each is read
by the real child processes. *Clean but wrong* had no finding and another text: what nobody is warned
of. `python -m bench.zone_photo --font OCRB.otf --wrong` shows what was read wrongly.
"""

import argparse
import json
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import django

from tests.makers.zone_photos import fonts, photo, zones


class Memory:
    """The most kilobytes that any child used, asked of each every 3 ms while a photo is read."""

    def __init__(self) -> None:
        self.most: Counter[str] = Counter()
        self.done = False

    def watch(self) -> None:
        """Until `done`."""
        while not self.done:
            for child in _children():
                with suppress(OSError, IndexError, ValueError):
                    status = Path(f"/proc/{child}/status").read_text()
                    name = status.split("Name:")[1].split()[0]
                    peak = int(status.split("VmHWM:")[1].split()[0])
                    self.most[name] = max(self.most[name], peak)
            time.sleep(0.003)


def _children() -> list[str]:
    found: list[str] = []
    for task in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            found += task.read_text().split()
    return found


def measure(
    pages: Sequence[tuple[bytes, tuple[str, ...]]], today: date, *, show: bool
) -> dict[str, object]:
    """What came of each page, and the worst of time and memory."""
    from safar.control.documents.zone_photo import read_photo
    from safar.core.errors import RuleBroken

    seen: Counter[str] = Counter()
    seconds, memory = [], Memory()
    watcher = threading.Thread(target=memory.watch)
    watcher.start()
    for number, (picture, lines) in enumerate(pages):
        began = time.monotonic()
        try:
            found = read_photo(picture, today=today)
        except RuleBroken:
            kind = "none"
        else:
            right, clean = found.lines == lines, not found.doubtful
            kind = ("exact" if right else "clean but wrong") if clean else (
                "exact, doubted" if right else "wrong, doubted"
            )  # fmt: skip
            if show and not (right and clean):
                print(
                    number, kind, *lines, *found.lines, *found.doubtful, sep="\n  ", file=sys.stderr
                )
        seconds.append(time.monotonic() - began)
        seen[kind] += 1
    memory.done = True
    watcher.join()
    return {
        "photos": len(pages),
        **{kind: seen[kind] for kind in ("exact", "exact, doubted", "wrong, doubted", "clean but wrong", "none")},
        "seconds_median": round(statistics.median(seconds), 2),
        "seconds_worst": round(max(seconds), 2),
        "child_mb_worst": {name: round(kb / 1024) for name, kb in memory.most.items()},
    }  # fmt: skip


def main() -> None:
    """Run and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--photos", type=int, default=50)
    words.add_argument("--seed", type=int, default=23)
    words.add_argument("--font", action="append", type=Path, help="else all that are here")
    words.add_argument("--wrong", action="store_true", help="show what was not read exactly")
    given = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.development")
    django.setup()
    made, today = zones(given.photos, seed=given.seed)
    for font in given.font or fonts():
        chance = random.Random(given.seed)
        pages = [
            (
                photo(
                    lines, font=font, seed=number, tilt=chance.uniform(-3, 3),
                    blur=chance.uniform(0, 1.2), noise=chance.randint(0, 40),
                ),
                lines,
            )
            for number, lines in enumerate(made)
        ]  # fmt: skip
        print(
            json.dumps({"font": font.name, **measure(pages, today, show=given.wrong)}), flush=True
        )


if __name__ == "__main__":
    main()
