"""Ways to tamper with the audit that the owner of the database has: triggers off, hashes redone.

Each returns the smallest row number that it touched.
"""

import json
import random
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from safar.core import audit
from safar.core.permissions import Actor

FORGER = Actor(None, "Mallory")
TEXTS = ("node", "actor_name", "action", "outcome", "target", "request_id")
CONTENT = ("at", "actor_id", "actor_name", "action", "outcome", "target", "request_id", "details")
LETTERS = string.ascii_letters + string.digits + "ңөүжя"
# The running hash of the chain as one SQL aggregate: how a forger with SQL redoes it.
CHAIN = """
CREATE FUNCTION pg_temp.link(bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE
    AS $$ SELECT sha256($1 || convert_to($2, 'UTF8')) $$;
CREATE AGGREGATE pg_temp.chain(text)
    (SFUNC = pg_temp.link, STYPE = bytea,
     INITCOND = '\\x0000000000000000000000000000000000000000000000000000000000000000');
"""
REDO = f"""
UPDATE core_auditentry AS row SET hash = redone.hash, previous_hash = redone.previous
FROM (SELECT number, hash, lag(hash, 1, decode(repeat('00', 32), 'hex'))
          OVER (ORDER BY number) AS previous
      FROM (SELECT number, pg_temp.chain({audit.CANONICAL.format("")})
                OVER (ORDER BY number) AS hash FROM core_auditentry) AS linked) AS redone
WHERE row.number = redone.number AND (row.hash, row.previous_hash) IS DISTINCT FROM
    (redone.hash, redone.previous)
"""
HEAD_TO_LAST = """
UPDATE core_audithead SET (number, hash) =
    (SELECT number, hash FROM core_auditentry ORDER BY number DESC LIMIT 1)
"""
Manipulation = Callable[[random.Random], int]


@contextmanager
def triggers_off() -> Iterator[None]:
    sql("SET LOCAL session_replication_role = replica")
    yield
    sql("SET LOCAL session_replication_role = origin")


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def redo() -> None:
    """Chain every row anew. Rows just written have no statistics, and without this hint the
    planner may join them row by row: minutes instead of a second."""
    sql("SET LOCAL enable_nestloop = off")
    sql(REDO)
    sql("SET LOCAL enable_nestloop = on")


def last() -> int:
    return int(sql("SELECT max(number) FROM core_auditentry")[0][0])


def change_a_byte(rng: random.Random) -> int:
    """One byte of one column of one row, its number and its hashes included."""
    number = rng.randint(1, last())
    column = rng.choice(["number", "at", "actor_id", "details", "hash", "previous_hash", *TEXTS])
    if column == "number":
        return _renumber(rng, number)
    before = sql(f"SELECT {column} FROM core_auditentry WHERE number = %s", number)[0][0]
    after = _other(rng, column, before)
    sql(f"UPDATE core_auditentry SET {column} = %s WHERE number = %s", after, number)
    return number


def _renumber(rng: random.Random, number: int) -> int:
    other = rng.choice([-1, 1]) * (number | 1 << rng.randint(10, 40))
    sql("UPDATE core_auditentry SET number = %s WHERE number = %s", other, number)
    return min(number, other)


def _other(rng: random.Random, column: str, before: Any) -> Any:
    if column == "at" and rng.random() < 0.2:
        return f"{before:%Y-%m-%d %H:%M:%S.%f}+00 BC"  # the same day, long ago
    if column == "at":
        return before + rng.choice([-1, 1]) * timedelta(microseconds=2 ** rng.randint(0, 50))
    if column == "actor_id":
        if before is None:
            return UUID(bytes=rng.randbytes(16))
        return rng.choice([None, UUID(bytes=_flipped(rng, before.bytes))])
    if column in ("hash", "previous_hash"):
        return _flipped(rng, bytes(before))
    if column == "details":
        return _other_json(rng, before)
    return _other_letter(rng, before) if before else rng.choice(LETTERS)


def _flipped(rng: random.Random, value: bytes) -> bytes:
    place = rng.randrange(len(value))
    return value[:place] + bytes([value[place] ^ 1 << rng.randrange(8)]) + value[place + 1 :]


def _other_letter(rng: random.Random, text: str) -> str:
    place = rng.randrange(len(text))
    letter = rng.choice([letter for letter in LETTERS if letter != text[place]])
    return text[:place] + letter + text[place + 1 :]


def _other_json(rng: random.Random, before: str) -> str:
    """The text of a JSON value that differs in one letter and means something else."""
    if before == "{}":
        return '{"a": 1}'
    while True:
        text = _other_letter(rng, before)
        try:
            if json.loads(text) != json.loads(before):
                return text
        except ValueError:
            continue


def delete_a_row(rng: random.Random) -> int:
    number = rng.randint(1, last())
    sql("DELETE FROM core_auditentry WHERE number = %s", number)
    return number


def _two(rng: random.Random) -> tuple[int, int]:
    first, second = sorted(rng.sample(range(1, last() + 1), 2))
    return first, second


def _swap(columns: tuple[str, ...], first: int, second: int) -> None:
    given = ", ".join(f"{column} = other.{column}" for column in columns)
    sql(
        f"UPDATE core_auditentry AS row SET {given} FROM core_auditentry AS other"
        " WHERE (row.number, other.number) IN ((%s, %s), (%s, %s))",
        first, second, second, first,
    )  # fmt: skip


def swap_two_rows(rng: random.Random) -> int:
    """Their contents, and half of the time their hashes with them."""
    first, second = _two(rng)
    hashes = rng.choice([(), ("hash", "previous_hash")])
    _swap((*CONTENT, *hashes), first, second)
    return first


def swap_two_hashes(rng: random.Random) -> int:
    first, second = _two(rng)
    _swap(rng.choice([("hash",), ("previous_hash",), ("hash", "previous_hash")]), first, second)
    return first


def forge_a_row(rng: random.Random) -> int:
    """One more row: before the first, or past the last with a hash that follows.

    Half of the time it bears the name of another node.
    """
    end = last()
    number = rng.choice([0, -rng.randint(1, 10**6), end + 1, end + rng.randint(2, 10**6)])
    sql(
        "INSERT INTO core_auditentry SELECT %s, at, coalesce(%s, node), actor_id, 'Mallory', action, outcome,"
        " target, request_id, details, hash, hash FROM core_auditentry WHERE number = %s",
        number, rng.choice([None, "elsewhere"]), end,
    )  # fmt: skip
    sql(
        "UPDATE core_auditentry SET hash = sha256(previous_hash || convert_to("
        f"{audit.CANONICAL.format('')}, 'UTF8')) WHERE number = %s",
        number,
    )
    return min(number, end + 1)


def cut_the_tail(rng: random.Random) -> int:
    """The last rows; the head is put back to what is left, so that the chain agrees with itself."""
    number = rng.randint(2, last())
    sql("DELETE FROM core_auditentry WHERE number >= %s", number)
    sql(HEAD_TO_LAST)
    return number


def write_anew(rng: random.Random) -> int:
    """One row is changed, and the chain is redone from it to the head: it agrees with itself."""
    number = rng.randint(1, last())
    sql("UPDATE core_auditentry SET actor_name = 'Mallory' WHERE number = %s", number)
    redo()
    sql(HEAD_TO_LAST)
    return number


def slip_a_row_in(rng: random.Random) -> int:
    """A forged row in the middle: the later ones move up, and the chain is redone."""
    number = rng.randint(1, last())
    sql("UPDATE core_auditentry SET number = -number - 1 WHERE number >= %s", number)
    sql("UPDATE core_auditentry SET number = -number WHERE number < 0")
    sql(
        "INSERT INTO core_auditentry SELECT %s, at, node, actor_id, 'Mallory', action, outcome,"
        " target, request_id, details, hash, hash FROM core_auditentry WHERE number = %s",
        number, number + 1,
    )  # fmt: skip
    redo()
    sql(HEAD_TO_LAST)
    return number


def take_a_row_out(rng: random.Random) -> int:
    """A row leaves the middle: the later ones move down, and the chain is redone."""
    number = rng.randint(1, last() - 1)
    sql("DELETE FROM core_auditentry WHERE number = %s", number)
    sql("UPDATE core_auditentry SET number = -number + 1 WHERE number > %s", number)
    sql("UPDATE core_auditentry SET number = -number WHERE number < 0")
    redo()
    sql(HEAD_TO_LAST)
    return number


def keep_a_copy(number: int) -> None:
    """Keep the table and the head as they stand: `restore_a_copy` goes back to them."""
    sql(f"CREATE TEMP TABLE rows_{number} AS SELECT * FROM core_auditentry")
    sql(f"CREATE TEMP TABLE head_{number} AS SELECT * FROM core_audithead")


def restore_a_copy(rng: random.Random) -> int:
    """An older copy of table and head comes back; half of the time other rows follow."""
    copies = sql("SELECT relname FROM pg_class WHERE relname ~ '^rows_' ORDER BY relname")
    number = int(rng.choice(copies)[0].removeprefix("rows_"))
    sql("DELETE FROM core_auditentry")
    sql("DELETE FROM core_audithead")
    sql(f"INSERT INTO core_auditentry SELECT * FROM rows_{number}")
    sql(f"INSERT INTO core_audithead SELECT * FROM head_{number}")
    if rng.random() < 0.5:
        sql("SET LOCAL session_replication_role = origin")
        audit.append(
            audit.Row(FORGER, "test.later", audit.DONE, "", {"step": step})
            for step in range(rng.randint(1, 60))
        )
    return number + 1


def move_the_head(rng: random.Random) -> int:
    """The head names an earlier row, with its hash: the rows past it were never there, it says."""
    number = rng.randint(1, last())
    sql(
        "UPDATE core_audithead SET (number, hash) = (SELECT number, hash FROM core_auditentry"
        " WHERE number = %s - 1)" if number > 1 else "DELETE FROM core_audithead WHERE %s > 0",
        number,
    )  # fmt: skip
    return number


KINDS: tuple[Manipulation, ...] = (
    change_a_byte, change_a_byte, change_a_byte, delete_a_row, swap_two_rows, swap_two_hashes,
    forge_a_row, cut_the_tail, write_anew, slip_a_row_in, take_a_row_out, restore_a_copy,
    move_the_head,
)  # fmt: skip
# A chain that agrees with itself shows no single bad row: only anchors speak against it.
AGREES_WITH_ITSELF = (cut_the_tail, write_anew, slip_a_row_in, take_a_row_out, restore_a_copy)
