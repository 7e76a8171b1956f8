"""The audit: an append-only chain of hashes that shows what was done, by whom, and any tampering.

Each row's hash is SHA-256 over the previous hash and the row's canonical text, made by a
trigger inside the database, so that a row written by raw SQL is chained too. A cut tail or
a chain rewritten from some row on still agrees with itself; anchors (copies of the head
kept outside the database) show those.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from safar.core import node
from safar.core.models import AuditHead
from safar.core.permissions import Actor
from safar.lib import chain
from safar.lib.chain import GENESIS, Anchor, Verdict

DONE, REFUSED, OPENED = "done", "refused", "opened"
# The one definition of a row's canonical text; the trigger of migration 0001 holds the same.
CANONICAL = (
    "jsonb_build_array({0}number, to_char({0}at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US BC'), "
    "{0}node, {0}actor_id, {0}actor_name, {0}action, {0}outcome, {0}target, {0}request_id, "
    "{0}details)::text"
)
INSERT = """
INSERT INTO core_auditentry
    (at, node, actor_id, actor_name, action, outcome, target, request_id, details)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True)
class Row:
    """A row about to be written."""

    actor: Actor
    action: str
    outcome: str
    target: str
    details: dict[str, Any]

    def values(self, at: datetime) -> tuple[Any, ...]:
        who = self.actor
        return (at, node.name(), who.user_id, who.name[:120], self.action, self.outcome,
                self.target, who.request_id, json.dumps(self.details))  # fmt: skip


def append(rows: Iterable[Row]) -> None:
    """Write rows at the end of the chain, in the transaction that is open."""
    at = timezone.now()
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(INSERT, row.values(at))


def opened(actor: Actor, action: str, target: str, *, purpose: str) -> None:
    """Record that a person's file was opened, before any of it leaves."""
    append([Row(actor, action, OPENED, target, {"purpose": purpose})])


def searched(actor: Actor, action: str, *, terms: str, found: int) -> None:
    """Record a search: a keyed mark of its terms, against which nobody can try names; how many."""
    mark = salted_hmac("safar.core.audit", terms.casefold(), algorithm="sha256").hexdigest()[:16]
    append([Row(actor, action, OPENED, "search", {"terms": mark, "found": found})])


def head() -> Anchor:
    found = AuditHead.objects.first()
    return Anchor(found.number, bytes(found.hash)) if found else Anchor(0, GENESIS)


def verify(anchors: Iterable[Anchor] = ()) -> Verdict:
    """Walk the whole chain, see `safar.lib.chain.verify`."""
    return chain.verify(_links(), head(), anchors)


def _links() -> Iterator[chain.Link]:
    query = (
        f"SELECT number, previous_hash, hash, {CANONICAL.format('')} "  # noqa: S608 - no input
        "FROM core_auditentry ORDER BY number"  # whatever name a row bears, it is in this chain
    )
    with connection.chunked_cursor() as cursor:  # memory stays flat over millions of rows
        cursor.execute(query)
        while rows := cursor.fetchmany(5000):
            for number, previous, digest, text in rows:
                yield chain.Link(number, bytes(previous), bytes(digest), text)
