"""A made-up caseload, by seed: people with names in their scripts, cases, offices, placements.

Written by COPY, as the tables' owner, into an empty database. Nobody is real.
"""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection

from bench import made_up
from bench.romanisations import is_arabic, is_latin
from safar.assistance.cases import programmes
from safar.assistance.cases.choices.case import Compartment, Phase
from safar.assistance.cases.name_keys import keys_of, script_of
from safar.assistance.cases.numbers import phone_digits
from safar.core.node import uuid7
from safar.core.workflow import Workflow

SEED, PER_CASE = 4, (1, 1, 2, 3, 4, 5, 7)
NATIONS = {"TJK": 26, "KGZ": 26, "UZB": 18, "AFG": 16, "KAZ": 8, "TKM": 3, "IRN": 3}
OFFICES = {"BIS": 30, "OSH": 15, "DYU": 25, "ALA": 15, "TAS": 10, "ASB": 5}
FILES = {
    Compartment.PROGRAMME: 82, Compartment.OPEN: 6, Compartment.PROTECTION: 8,
    Compartment.RESTRICTED: 2, Compartment.MEDICAL: 2,
}  # fmt: skip
PHASES = {Phase.OPEN: 10, Phase.ACTIVE: 35, Phase.ON_HOLD: 5, Phase.CLOSED: 50}
PROGRAMMES = {"bench_a": ("BNA", 45), "bench_b": ("BNB", 35), "bench_c": ("BNC", 20)}
MEANWHILE = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Someone:
    """Whom a search may ask for."""

    key: uuid.UUID
    names: tuple[str, ...]
    phone: str
    number: str


@dataclass
class Caseload:
    """What was made, to be asked for."""

    users: dict[str, uuid.UUID]
    people: list[Someone] = field(default_factory=list)
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def add(self, table: str, *row: Any) -> None:
        self.rows.setdefault(table, []).append(row)


COLUMNS = {
    "cases_person": "id version sex birth birth_is_estimated citizenships languages registered_at",
    "cases_personname": "id person_id kind script surname given_names patronymic keys",
    "cases_contact": "id person_id kind value digits may_contact may_say_who when",
    "cases_externalnumber": "id person_id system value",
    "cases_case": "id version number programme scheme office_id compartment status phase lead_id "
    "team purpose opened_on closed_on closure",
    "cases_casemember": "id case_id person_id role joined_on",
}


def register_programmes() -> None:
    """The programmes of this caseload, which nobody else has."""
    for code, (prefix, _share) in PROGRAMMES.items():
        programmes.register(
            programmes.Programme(
                code=code, prefix=prefix, name=prefix, page="cases:case",
                workflow=Workflow(f"cases.{code}", start="begun", moves={"close": {"begun": "done"}},
                                  terminal=frozenset({"done"})),
                statuses={"begun": "Begun", "done": "Done"},
                phases={"begun": Phase.OPEN, "done": Phase.CLOSED},
                compartment=Compartment.PROGRAMME, keep_years=5, keep_why="made up",
            )
        )  # fmt: skip


def fill(
    people: int, cases: int, users: dict[str, uuid.UUID], offices: dict[str, uuid.UUID]
) -> Caseload:
    """Write a caseload of this size."""
    rng, made = random.Random(SEED), Caseload(users)
    sizes = [rng.choice(PER_CASE) for _ in range(cases)]
    while sum(sizes) != people:
        at = rng.randrange(cases)
        sizes[at] = max(1, sizes[at] + (1 if sum(sizes) < people else -1))
    leads = list(users.values())
    for number, size in enumerate(sizes):
        _case(rng, made, number, size, offices, leads)
    for table, columns in COLUMNS.items():
        _copy(table, columns.split(), made.rows.pop(table))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return made


def made_people(rng: random.Random, size: int) -> Iterator[made_up.Named]:
    nation = rng.choices(list(NATIONS), list(NATIONS.values()))[0]
    for _ in range(size):
        yield made_up.person(rng, nation)


def _case(
    rng: random.Random, made: Caseload, number: int, size: int,
    offices: dict[str, uuid.UUID], leads: list[uuid.UUID],
) -> None:  # fmt: skip
    case, office = uuid7(), rng.choices(list(OFFICES), list(OFFICES.values()))[0]
    code = rng.choices(list(PROGRAMMES), [share for _, share in PROGRAMMES.values()])[0]
    phase = rng.choices(list(PHASES), list(PHASES.values()))[0]
    opened = date(2016, 1, 1) + timedelta(days=rng.randrange(3900))
    closed = phase == Phase.CLOSED
    made.add(
        "cases_case", case, 1, f"{office}-{PROGRAMMES[code][0]}-{opened.year % 100:02d}-{number:05d}",
        code, "", offices[office], rng.choices(list(FILES), list(FILES.values()))[0],
        "done" if closed else "begun", phase, rng.choice(leads), "", "made up", opened,
        opened + timedelta(days=200) if closed else None, "completed" if closed else "",
    )  # fmt: skip
    for place, named in enumerate(made_people(rng, size)):
        person = _person(rng, made, named)
        role = "other" if place else "applicant"
        made.add("cases_casemember", uuid7(), case, person, role, opened)


def _person(rng: random.Random, made: Caseload, named: made_up.Named) -> uuid.UUID:
    person = uuid7()
    born = f"{rng.randint(1950, 2024)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    made.add(
        "cases_person", person, 1, named.sex, born if rng.random() < 0.8 else born[:4], False,
        [named.nation], [], MEANWHILE,
    )  # fmt: skip
    names = tuple(_names(rng, named))
    for surname, given, father in names:
        whole = f"{surname} {given} {father}".strip()
        made.add(
            "cases_personname", uuid7(), person, "legal", script_of(surname + given) or "other",
            surname, given, father, keys_of(whole),
        )  # fmt: skip
    phone, number = "", ""
    if rng.random() < 0.6:
        phone = f"+996 {rng.randint(200, 999)} {rng.randint(100000, 999999)}"
        made.add(
            "cases_contact", uuid7(), person, "phone", phone, phone_digits(phone), False, False, ""
        )
    if rng.random() < 0.3:
        number = f"{rng.randint(100, 999)}-{rng.randint(10, 20)}C{rng.randint(10000, 99999)}"
        made.add("cases_externalnumber", uuid7(), person, "unhcr_file", number)
    made.people.append(
        Someone(person, tuple(" ".join(filter(None, n)) for n in names), phone, number)
    )
    return person


def _names(rng: random.Random, named: made_up.Named) -> Iterator[tuple[str, str, str]]:
    """In Latin letters always; at home's own or in Cyrillic for half of them, as files have it."""
    ways = [way for way in named.ways.values() if way.listable]
    latin = [way for way in ways if way.latin and is_latin(way.surname + way.given)]
    other = [way for way in ways if not way.latin or is_arabic(way.surname)]
    chosen = [rng.choice(latin or ways)]
    if other and rng.random() < 0.5:
        chosen.append(rng.choice(other))
    for way in chosen:
        yield way.surname[:80], way.given[:80], way.patronymic[:80]


def _copy(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
