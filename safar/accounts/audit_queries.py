"""Reads of the audit chain, for auditors."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

from django.db.models import QuerySet

from safar.core import audit
from safar.core.models import AuditEntry
from safar.core.permissions import Actor, require
from safar.lib import chain

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which rows: empty fields do not narrow. Days are days in UTC, as the chain counts them."""

    actor: str = ""
    action: str = ""
    outcome: str = ""
    target: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Checked:
    """What a walk along the whole chain found, and how long it took."""

    verdict: chain.Verdict
    seconds: float


def entries(actor: Actor, wanted: Wanted, *, before: int | None = None) -> list[AuditEntry]:
    """Return the newest rows, at most a page and one more, older than the number `before`.

    Raises:
        NotAllowed: to everybody but those who may read the audit.
    """
    require(actor, "audit.read")
    found = _narrowed(AuditEntry.objects.order_by("-number"), wanted)
    if before is not None:
        found = found.filter(number__lt=before)
    return list(found[: PAGE + 1])


def _narrowed(found: QuerySet[AuditEntry], wanted: Wanted) -> QuerySet[AuditEntry]:
    if wanted.actor:
        found = found.filter(actor_name__icontains=wanted.actor)
    if wanted.action:
        found = found.filter(action__startswith=wanted.action)
    if wanted.outcome:
        found = found.filter(outcome=wanted.outcome)
    if wanted.target:
        found = found.filter(target__contains=wanted.target)
    if wanted.day:
        start = datetime.combine(wanted.day, clock.min, UTC)
        found = found.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return found


def check_chain(actor: Actor) -> Checked:
    """Walk the whole chain, and put on record that it was checked and with which result."""
    require(actor, "audit.read")
    began = time.perf_counter()
    verdict = audit.verify()
    seconds = time.perf_counter() - began
    details = {"rows": verdict.rows, "first_bad": verdict.first_bad}
    audit.append([audit.Row(actor, "audit.check", audit.OPENED, "chain", details)])
    return Checked(verdict, seconds)
