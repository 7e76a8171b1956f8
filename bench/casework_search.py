"""How long does a caseworker wait for a search among 200,000 people? One JSON line.

Its own PostgreSQL; every search is the whole page's query, asked as the role of the pages, behind
both walls. `python bench/casework_search.py --people 20000 --cases 6000` is a trial.
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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from safar.config.cluster import Cluster

P95_TARGET_MS = 300
DATABASE = {"shared_buffers": "512MB", "max_wal_size": "4GB"}


def main() -> None:
    """Load, ask, print."""
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
        if not asked.keep:
            cluster.remove()
            shutil.rmtree(folder, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (("people", 200_000), ("cases", 60_000), ("each", 60)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--keep", help="folder of a database that is made once and used again")
    return parser.parse_args()


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds of each kind of search, for a worker of one office and for one of all."""
    from bench import casework_people as made
    from safar.accounts.models import User
    from safar.accounts.queries import actor_of
    from safar.assistance.cases.models import Person
    from safar.assistance.cases.queries.search import find
    from safar.config import installing
    from safar.config.wings import ASSISTANCE, acting_in

    installing.bring_up_to_date()
    made.register_programmes()
    if not Person.objects.exists():
        _fill(asked)
    searches = list(_searches(asked.each))
    took: dict[str, list[float]] = {}
    shown: dict[str, list[int]] = {}
    for who in ("one office", "all offices"):
        user = User.objects.get(username=who.replace(" ", "-"))
        with acting_in(ASSISTANCE, user.pk):
            actor = actor_of(user)
            for kind, terms in searches:
                began = time.perf_counter()
                found = find(actor, terms)
                name = f"{who}, {kind}"
                took.setdefault(name, []).append((time.perf_counter() - began) * 1000)
                shown.setdefault(name, []).append(len(found))
    return {
        "question": "a search in casework",
        "people": Person.objects.count(),
        "p50": {name: round(statistics.median(times), 1) for name, times in took.items()},
        "p95": {name: _p95(times) for name, times in took.items()},
        "worst": {name: round(max(times), 1) for name, times in took.items()},
        "found": {name: round(statistics.mean(counts), 1) for name, counts in shown.items()},
        "p95_of_all": _p95([one for times in took.values() for one in times]),
        "target_p95": P95_TARGET_MS,
        "cores": os.cpu_count(), "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def _p95(times: list[float]) -> float:
    return round(sorted(times)[int(0.95 * (len(times) - 1))], 1)


def _fill(asked: argparse.Namespace) -> None:
    from bench import casework_people as made
    from safar.accounts.models import Agency, Office, User
    from safar.assistance.cases.models import Placement
    from safar.core.record import writing

    with writing():
        agency = Agency.objects.create(code="BNCH", name="Bench")
        offices = {
            code: Office.objects.create(code=code, name=code, agency=agency)
            for code in made.OFFICES
        }
        users = {
            name: User.objects.create(username=name, full_name=name, agency=agency)
            for name in ("one-office", "all-offices")
        }
        Placement.objects.create(
            user=users["one-office"], programme="bench_a", office=offices["BIS"],
            compartments=["open", "programme"],
        )  # fmt: skip
        for programme in made.PROGRAMMES:
            Placement.objects.create(
                user=users["all-offices"], programme=programme,
                compartments=["open", "programme", "protection"],
            )  # fmt: skip
    made.fill(
        asked.people, asked.cases, {name: user.pk for name, user in users.items()},
        {code: office.pk for code, office in offices.items()},
    )  # fmt: skip


def _searches(each: int) -> Iterator[tuple[str, str]]:
    """What is typed: the names of people who are there, whole and spoilt, and their numbers."""
    from safar.assistance.cases.models import Case, Contact, ExternalNumber, PersonName

    rng = random.Random(5)
    kinds: dict[str, Callable[[Any], str]] = {
        "whole name": lambda row: f"{row.surname} {row.given_names}",
        "surname alone": lambda row: row.surname,
        "given name alone": lambda row: row.given_names,
        "a letter lost": lambda row: f"{_less(rng, row.surname)} {row.given_names}",
        "other order": lambda row: f"{row.given_names} {row.surname}",
    }
    for kind, spoil in kinds.items():
        for row in _sample(PersonName, rng, each):
            yield kind, spoil(row)
    for row in _sample(Case, rng, each):
        yield "case number", row.number
    for row in _sample(Contact, rng, each):
        yield "last four digits", row.digits[-4:]
    for row in _sample(Contact, rng, each):
        yield "telephone", row.value
    for row in _sample(ExternalNumber, rng, each):
        yield "UNHCR file", row.value
    yield from (("nobody", f"Zzyzx {letter}wqqvrr") for letter in "abcdefghij")


def _less(rng: random.Random, text: str) -> str:
    at = rng.randrange(1, max(2, len(text)))
    return text[:at] + text[at + 1 :]


def _sample(model: Any, rng: random.Random, count: int) -> list[Any]:
    keys = [*model.objects.order_by("pk").values_list("pk", flat=True)[:50_000]]
    return [*model.objects.filter(pk__in=rng.sample(keys, min(count, len(keys))))]


if __name__ == "__main__":
    main()
