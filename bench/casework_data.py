"""A mission's whole caseload, by seed: people and cases, who works them, and all that was done.

Offices, programmes and walls weigh as in `casework_people`; names are drawn from a few thousand,
for these pages show names and look nobody up by them. Every case has a lead who is placed where
it stands. Written by COPY and bulk SQL as the tables' owner, into an empty database.
"""

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from bench import casework_people as made
from safar.assistance.cases.choices.case import Compartment, Phase
from safar.assistance.cases.name_keys import keys_of, script_of
from safar.core.node import uuid7

PASSWORD = "made up for the bench 7"
WORKERS = 420  # about 70 open cases each
NAMES = 3000
EVERY = 4  # of them one stands behind every wall
BEHIND: dict[bool, list[str]] = {
    True: [*Compartment.values],
    False: [Compartment.OPEN, Compartment.PROGRAMME],
}
Say = Callable[[str], object]

LEADS = """
WITH placed AS (
    SELECT user_id, programme, office_id, compartment,
        row_number() OVER (PARTITION BY programme, office_id, compartment ORDER BY user_id) - 1 AS place,
        count(*) OVER (PARTITION BY programme, office_id, compartment) AS number
    FROM cases_placement, unnest(compartments) AS compartment
), counted AS (
    SELECT id, programme, office_id, compartment,
        row_number() OVER (PARTITION BY programme, office_id, compartment ORDER BY id) AS place
    FROM cases_case
)
UPDATE cases_case SET lead_id = placed.user_id FROM counted JOIN placed
    ON (placed.programme, placed.office_id, placed.compartment)
        = (counted.programme, counted.office_id, counted.compartment)
    AND counted.place % placed.number = placed.place
WHERE cases_case.id = counted.id
"""
MOVES = """
INSERT INTO cases_casemove (id, case_id, move, before, after, reason, moved_at, moved_by_id)
SELECT gen_random_uuid(), id, move, before, after, '', opened_on + days * interval '1 day', lead_id
FROM cases_case, (VALUES ('open', '', 'begun', 0), ('close', 'begun', 'done', 200))
    AS told (move, before, after, days)
WHERE move = 'open' OR closed_on IS NOT NULL
"""
# Of an open case some tasks are late, some due today or soon, one waits for others.
TASKS = """
INSERT INTO cases_task (id, version, case_id, code, title, due_on, place, waits_for, waits_since,
    stops, remark, outcome, done_at, done_by_id, added_at)
SELECT gen_random_uuid(), 1, c.id, '', 'Task ' || n, due, '',
    CASE WHEN n = 1 AND closed_on IS NULL THEN 'Migration service' ELSE '' END,
    CASE WHEN n = 1 AND closed_on IS NULL THEN current_date - 9 END,
    CASE WHEN n = 2 THEN 'the departure' ELSE '' END, '',
    CASE WHEN is_done THEN 'done' ELSE '' END,
    CASE WHEN is_done THEN due + interval '9 hours' END,
    CASE WHEN is_done THEN lead_id END, c.opened_on
FROM cases_case c CROSS JOIN generate_series(1, 6) AS n CROSS JOIN LATERAL (
    SELECT closed_on IS NOT NULL OR n > 3 AS is_done,
        CASE WHEN closed_on IS NOT NULL OR n > 3 THEN opened_on + 10 * n
            ELSE current_date - 3 + (hashtext(c.id::text || n) & 127) END AS due
) AS task
"""
FOLLOW_UPS = """
INSERT INTO cases_followup (id, version, case_id, code, title, kind, due_from, due_to, status,
    closed_at, closed_by_id, remark)
SELECT gen_random_uuid(), 1, c.id, 'month-' || n, 'Month ' || n, 'visit', due, due + 20,
    CASE WHEN is_open THEN 'due' ELSE 'done' END, CASE WHEN NOT is_open THEN due + interval '1 day' END,
    CASE WHEN NOT is_open THEN lead_id END, ''
FROM cases_case c CROSS JOIN (VALUES (1), (6)) AS told (n) CROSS JOIN LATERAL (
    SELECT closed_on IS NULL AND n = 6 AS is_open, CASE WHEN closed_on IS NULL AND n = 6
        THEN current_date - 15 + (hashtext(c.id::text) & 255) ELSE opened_on + 30 * n END AS due
) AS follow_up
"""
ATTEMPTS = """
INSERT INTO cases_attempt (id, follow_up_id, way, result, words, tried_at, tried_by_id)
SELECT gen_random_uuid(), f.id, 'call', result, '', f.due_from + interval '8 hours', closed_by_id
FROM cases_followup f, unnest(ARRAY['no_answer', 'reached']) AS result WHERE status = 'done'
"""
SERVICES = """
INSERT INTO cases_service (id, case_id, person_id, kind, delivered_on, place, quantity, unit, cost,
    currency, remark, form_key, recorded_at, recorded_by_id, taken_back_why)
SELECT gen_random_uuid(), c.id,
    (SELECT person_id FROM cases_casemember m WHERE m.case_id = c.id LIMIT 1),
    (ARRAY['counselling', 'legal', 'medical', 'transport', 'items'])[1 + n %% 5], c.opened_on + 7 * n,
    'Bishkek', 1, 'time', 12.50, 'USD', '', gen_random_uuid(), c.opened_on + 7 * n, c.lead_id, ''
FROM cases_case c, generate_series(1, %s) AS n
ORDER BY n LIMIT %s
"""


def fill(people: int, cases: int, services: int, say: Say) -> None:
    """Write all of it into an empty database."""
    users, offices = _workers()
    rows = _rows(random.Random(7), people, cases, offices, users)
    for table, columns in made.COLUMNS.items():
        if table in rows:
            _copy(table, columns.split(), rows[table])
    say(f"{people:,} people in {cases:,} cases")
    with connection.cursor() as cursor:
        for statement in (LEADS, MOVES, TASKS, FOLLOW_UPS, ATTEMPTS):
            cursor.execute(statement)
            say(f"{' '.join(statement.split()[:3])}: {cursor.rowcount:,}")
        cursor.execute(SERVICES, [services // cases + 1, services])
        say(f"services: {cursor.rowcount:,}")
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def _rows(
    rng: random.Random, people: int, cases: int, offices: dict[str, UUID], leads: list[UUID]
) -> dict[str, list[tuple[Any, ...]]]:
    """Rows of cases, their people and names, by table."""
    rows: dict[str, list[tuple[Any, ...]]] = {
        name: [] for name in ("cases_person", "cases_personname", "cases_case", "cases_casemember")
    }
    pool = [_name(named) for named in made.made_people(rng, NAMES)]
    opened: list[tuple[UUID, date]] = []
    for number in range(cases):
        rows["cases_case"].append(_case(rng, number, offices, rng.choice(leads)))
        opened.append((rows["cases_case"][-1][0], rows["cases_case"][-1][12]))
    for number in range(people):
        case, day = opened[number % cases] if number < cases else rng.choice(opened)
        person, (sex, nation, name) = uuid7(), rng.choice(pool)
        born = f"{rng.randint(1950, 2024)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        rows["cases_person"].append((person, 1, sex, born, False, [nation], [], made.MEANWHILE))
        rows["cases_personname"].append((uuid7(), person, "legal", *name))
        role = "applicant" if number < cases else "other"
        rows["cases_casemember"].append((uuid7(), case, person, role, day))
    return rows


def _name(named: Any) -> tuple[str, str, tuple[Any, ...]]:
    way = next(way for way in named.ways.values() if way.listable)
    surname, given, father = way.surname[:80], way.given[:80], way.patronymic[:80]
    keys = keys_of(f"{surname} {given} {father}".strip())
    written = (script_of(surname + given) or "other", surname, given, father, keys)
    return named.sex, named.nation, written


def _case(rng: random.Random, number: int, offices: dict[str, UUID], lead: UUID) -> tuple[Any, ...]:
    office, code, phase, wall = (_drawn(rng, weights) for weights in (
        made.OFFICES, {code: share for code, (_, share) in made.PROGRAMMES.items()},
        made.PHASES, made.FILES,
    ))  # fmt: skip
    opened = date(2016, 1, 1) + timedelta(days=rng.randrange(3900))
    closed = phase == Phase.CLOSED
    name = f"{office}-{made.PROGRAMMES[code][0]}-{opened.year % 100:02d}-{number:05d}"
    return (
        uuid7(), 1, name, code, "", offices[office], wall, "done" if closed else "begun", phase,
        lead, "", "made up", opened, opened + timedelta(days=200) if closed else None,
        "completed" if closed else "",
    )  # fmt: skip


def _drawn(rng: random.Random, weights: dict[Any, int]) -> Any:
    return rng.choices(list(weights), list(weights.values()))[0]


def _copy(table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _workers() -> tuple[list[UUID], dict[str, UUID]]:
    """Workers with their roles and placements, spread over offices and programmes by weight."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from safar.accounts.models import Agency, Office, RoleGrant, User
    from safar.assistance.cases.models import Placement
    from safar.core.record import writing

    secret = make_password(PASSWORD)
    with writing():
        agency = Agency.objects.create(code="BNCH", name="Bench")
        offices = {
            code: Office.objects.create(code=code, name=code, agency=agency)
            for code in made.OFFICES
        }
        users = User.objects.bulk_create(
            User(username=f"w{n:04d}", full_name=f"Worker {n:04d}", agency=agency, password=secret)
            for n in range(WORKERS)
        )
        RoleGrant.objects.bulk_create(
            RoleGrant(user=one, role="caseworker", reason="made up", status="active",
                      decided_at=timezone.now())
            for one in users
        )  # fmt: skip
        Placement.objects.bulk_create(
            Placement(user=one, programme=programme, office=offices[office],
                      compartments=BEHIND[number % EVERY == 0])
            for number, (one, (office, programme)) in enumerate(zip(users, _places(), strict=False))
        )  # fmt: skip
    keys = {code: office.pk for code, office in offices.items()}
    return [one.pk for one in users], keys


def _places() -> list[tuple[str, str]]:
    """Each office and programme in fours, as often as their cases weigh; none is left out."""
    places: list[tuple[str, str]] = []
    for office, share in made.OFFICES.items():
        for programme, (_prefix, part) in made.PROGRAMMES.items():
            number = round(WORKERS * share * part / 10_000 / EVERY) or 1
            places += [(office, programme)] * EVERY * number
    return places
