"""How long does a caseworker wait for her pages among 60,000 cases? One JSON line.

Its own PostgreSQL; the real views with all their middleware, so every statement is asked as the
role of the pages, behind both walls. Each page is opened by many workers in turn, one at a time,
and after a warm-up. `python bench/casework.py --people 20000 --cases 6000 --services 50000` is a
trial.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from safar.config.cluster import Cluster

P95_TARGET_MS = 300
DATABASE = {"shared_buffers": "512MB", "max_wal_size": "4GB"}
WARM_UP = 20


def main() -> None:
    """Load, open pages, print."""
    asked = _arguments()
    folder = Path(asked.keep or tempfile.mkdtemp(prefix="safar-casework-", dir="/var/tmp"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    cluster = Cluster(folder, DATABASE)
    cluster.start()
    os.environ |= {"DATABASE_URL": cluster.url, "SAFAR_DATA": str(folder)}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.development")
    import django

    django.setup()
    try:
        sys.stdout.write(json.dumps(measure(asked)) + "\n")
    finally:
        if asked.keep:
            cluster.stop()
        else:
            cluster.remove()
            shutil.rmtree(folder, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (
        ("people", 200_000), ("cases", 60_000), ("services", 500_000), ("each", 200),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--keep", help="folder of a database that is made once and used again")
    return parser.parse_args()


def say(text: str) -> None:
    sys.stderr.write(f"  {text}\n")


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds of each page, and how many statements it asks."""
    from bench import casework_data, casework_people
    from safar.assistance.cases.models import Case, Person, Service, Task
    from safar.config import installing

    installing.bring_up_to_date()
    casework_people.register_programmes()
    if not Case.objects.exists():
        casework_data.fill(asked.people, asked.cases, asked.services, say)
    took: dict[str, list[float]] = {}
    statements: dict[str, int] = {}
    for name, open_page in _pages().items():
        for number in range(asked.each + WARM_UP):
            spent, asked_for = _timed(open_page)
            if number >= WARM_UP:
                took.setdefault(name, []).append(spent)
                statements[name] = max(statements.get(name, 0), asked_for)
        say(f"{name}: p50 {statistics.median(took[name]):.0f} ms, p95 {_p95(took[name])} ms")
    return {
        "question": "pages of casework",
        "people": Person.objects.count(), "cases": Case.objects.count(),
        "services": Service.objects.count(), "tasks": Task.objects.count(),
        "p50": {name: round(statistics.median(times), 1) for name, times in took.items()},
        "p95": {name: _p95(times) for name, times in took.items()},
        "worst": {name: round(max(times), 1) for name, times in took.items()},
        "statements": statements,
        "target_p95": P95_TARGET_MS,
        "cores": os.cpu_count(), "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def _pages() -> dict[str, Callable[[], Callable[[], Any]]]:
    """Each page, opened as one of many workers chosen by seed."""
    from django.urls import reverse

    from safar.accounts.models import User
    from safar.assistance.cases.models import Case, PersonName

    rng = random.Random(6)
    workers = rng.sample([*User.objects.filter(username__startswith="w").order_by("pk")], 40)
    clients = {one.pk: _signed_in(one) for one in workers}
    names = [*PersonName.objects.order_by("pk").values_list("surname", "given_names")[:20_000]]

    def get(name: str, *args: Any, **query: Any) -> Callable[[], Any]:
        client, address = clients[rng.choice(workers).pk], reverse(f"cases:{name}", args=args)
        return lambda: client.get(address, query)

    def case() -> Callable[[], Any]:
        who = rng.choice(workers)
        own = Case.objects.filter(lead=who, compartment__in=["open", "programme"], closed_on=None)
        address = reverse("cases:case", args=[own.order_by("?").values_list("pk", flat=True)[0]])
        return lambda: clients[who.pk].get(address)

    def search() -> Callable[[], Any]:
        client, address = clients[rng.choice(workers).pk], reverse("cases:find")
        terms = " ".join(rng.choice(names))
        return lambda: client.post(address, {"terms": terms})

    return {
        "my day": lambda: get("my_day"),
        "my day, narrowed": lambda: get("my_day", words=str(rng.randint(10, 99))),
        "a case": case,
        "all cases in sight": lambda: get("cases"),
        "search": search,
    }


def _signed_in(user: Any) -> Any:
    from django.test import Client
    from django.urls import reverse

    from bench.casework_data import PASSWORD

    client, page = Client(SERVER_NAME="localhost"), reverse("account_login")
    client.get(page)
    client.post(page, {"login": user.username, "password": PASSWORD})
    return client


def _timed(choose: Callable[[], Callable[[], Any]]) -> tuple[float, int]:
    """Milliseconds until the answer is whole, and how many statements it took."""
    from django.db import connection

    open_page, count = choose(), [0]

    def listen(run: Any, *rest: Any) -> Any:
        count[0] += 1
        return run(*rest)

    with connection.execute_wrapper(listen):
        began = time.perf_counter()
        answer = open_page()
        spent = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{answer.status_code}: {answer.content[:500]!r}")
    return spent, count[0]


def _p95(times: list[float]) -> float:
    return round(sorted(times)[int(0.95 * (len(times) - 1))], 1)


if __name__ == "__main__":
    main()
