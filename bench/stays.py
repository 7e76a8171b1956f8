"""How long does a night take that looks for overstays among five million crossings? One JSON line.

Its own PostgreSQL (fsync and synchronous_commit on), with extensions, excuses, and inspections
and decisions of the last weeks. The night is the real action; the pages are drawn through Django
by somebody who works on stays, signed in. Medians of three.
`python -m bench.stays --crossings 200000 --travellers 40000` is a trial.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import own_database, stays_world
from bench.booth import fill, into_memory, say

NIGHT_SECONDS, PAGE_MS = 60, 300
SIZES = {
    "crossings": 5_000_000, "travellers": 1_000_000, "inspected-days": 60, "runs": 3,
    "scans": 200,
}  # fmt: skip
BARE = "SELECT count(*) FROM border_crossing"


def main() -> None:
    """Load, look, ask, print."""
    own_database.run("stays", __doc__, SIZES, measure)


def measure(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Every figure of the benchmark; seconds or milliseconds as the name says."""
    load_seconds = fill(asked)
    rows = stays_world.fill(asked.inspected_days)
    into_memory(folder)
    say(f"{rows}")
    bare = _median(asked.runs, _bare)
    night, (added, closed) = _nights(asked.runs)
    say(f"a night: {night:.2f} s")
    pages = _pages(asked.runs)
    say(json.dumps(pages))
    return {
        "question": "overstays among all crossings", "crossings": _bare(), **rows,
        "load_seconds": load_seconds, "runs": asked.runs,
        "first_night_added": added, "first_night_closed": closed,
        "night_s": round(night, 2), "bare_count_s": round(bare, 3),
        "ratio": round(night / bare, 1), **pages, **_booth(asked.scans),
        "targets": {"night_s": NIGHT_SECONDS, "page_ms": PAGE_MS},
        "cores": os.cpu_count(), "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def _median(runs: int, act: Callable[[], Any]) -> float:
    spent = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def _bare() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BARE)
        return int(cursor.fetchone()[0])


def _nights(runs: int) -> tuple[float, tuple[int, int]]:
    """The first night puts all on the list; those that follow are what every night costs.

    The first is four days ago, and there is one of each day since.
    """
    from datetime import timedelta

    from django.utils import timezone

    from safar.control.stays.actions.finding import find_overstays
    from safar.core.permissions import system

    stays_world.empty_list()
    worker, today = system("benchmark"), timezone.localdate()
    first, *_others = [
        find_overstays(worker, None, day=today - timedelta(days=ago)) for ago in (4, 3, 2, 1)
    ]
    return _median(runs, lambda: find_overstays(worker, None)), first


def _pages(runs: int) -> dict[str, Any]:
    """The list of today at every post and at all, the figures, and the list of three days ago."""
    from datetime import timedelta

    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from safar.reference import queries as reference
    from safar.simulation.users import STAY_OFFICER

    client = Client(SERVER_NAME="localhost")
    sign_in = {"login": STAY_OFFICER.username, "password": STAY_OFFICER.password}
    client.post(reverse("account_login"), sign_in)

    def page(name: str, **asked: Any) -> float:
        def draw() -> None:
            answer = client.get(reverse(name), asked)
            if answer.status_code != 200:
                raise SystemExit(f"{name} answered {answer.status_code}")

        draw()
        return round(_median(runs, draw) * 1000)

    day = timezone.localdate()
    by_post = {one.code: page("stays:overstays", post=one.code) for one in reference.posts()}
    return {
        "page_ms_slowest_post": max(by_post.values()),
        "page_ms_median_post": round(statistics.median(by_post.values())),
        "page_ms_all_posts": page("stays:overstays"),
        "page_ms_three_days_ago": page("stays:overstays", day=day - timedelta(days=3)),
        "figures_ms": page("stays:counts"),
    }


def _booth(scans: int) -> dict[str, float]:
    """What a booth asks of one traveller: her crossings, and of them extensions and excuses alone."""
    from django.utils import timezone

    from safar.control.border.models import Crossing
    from safar.control.border.queries.crossings import HOT_PATH, movements
    from safar.control.travellers.models import Traveller

    since = timezone.now() - HOT_PATH
    whole, added = [], []
    for key in Traveller.objects.order_by("?").values_list("pk", flat=True)[:scans]:
        whole.append(_median(3, partial(movements, [key], since=since)))
        ids = list(Crossing.objects.filter(traveller_id=key).values_list("pk", flat=True))
        added.append(_median(3, partial(_stay_decisions, ids)))
    return {
        "booth_movements_ms": round(statistics.median(whole) * 1000, 2),
        "booth_stay_decisions_ms": round(statistics.median(added) * 1000, 2),
    }


def _stay_decisions(crossings: list[UUID]) -> None:
    from safar.control.border.models import StayExtension
    from safar.control.border.queries.crossings import excused

    list(StayExtension.objects.filter(crossing_id__in=crossings))
    excused(crossings)


if __name__ == "__main__":
    main()
