"""Crossings as they stand: annulled ones left out, corrections laid over."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from safar.control.border.choices import AmendmentKind, AmendmentStatus, Direction
from safar.control.border.models import Amendment, Crossing, StayExcuse, StayExtension
from safar.control.border.rules.facts import Excused, Movement
from safar.core.prepared import prepared
from safar.reference import queries as reference

Row = tuple[UUID, datetime, str, str, date | None]
COLUMNS = ("id", "crossed_at", "direction", "post_id", "permitted_until")
HOT_PATH = timedelta(days=400)  # every stay rule's window fits; older months stay untouched


def movements(travellers: Iterable[UUID], *, since: datetime | None = None) -> list[Movement]:
    """Return the crossings of these travellers that stand, oldest first."""
    found = [row for key in travellers for row in (_since(key, since) if since else _ever(key))]
    if not found:
        return []
    annulled, corrected = amended([row[0] for row in found])
    excuses = excused([row[0] for row in found if row[2] == Direction.ENTRY])
    moves = [
        _movement(*row, corrected.get(row[0], {}), excuses.get(row[0]))
        for row in found
        if row[0] not in annulled
    ]
    return sorted(moves, key=lambda move: move.at)


@prepared
def _since(traveller: UUID, since: datetime) -> QuerySet[Crossing, Row]:
    rows = Crossing.objects.filter(traveller_id=traveller, crossed_at__gte=since)
    return rows.values_list(*COLUMNS)


@prepared
def _ever(traveller: UUID) -> QuerySet[Crossing, Row]:
    return Crossing.objects.filter(traveller_id=traveller).values_list(*COLUMNS)


def amended(crossings: list[UUID]) -> tuple[set[UUID], dict[UUID, dict[str, str]]]:
    """Return which of these crossings are annulled, and the corrected fields of the others.

    An extension of the stay counts like a correction of its last day: the later decision wins.
    """
    rows = Amendment.objects.filter(crossing_id__in=crossings, status=AmendmentStatus.APPROVED)
    annulled: set[UUID] = set()
    corrected: dict[UUID, dict[str, str]] = {}
    extended = StayExtension.objects.filter(crossing_id__in=crossings)
    decided: list[Amendment | StayExtension] = [*rows, *extended]
    for row in sorted(decided, key=_when):
        if isinstance(row, StayExtension):
            after = {"permitted_until": row.until.isoformat()}
            corrected.setdefault(row.crossing_id, {}).update(after)
        elif row.kind == AmendmentKind.ANNUL:
            annulled.add(row.crossing_id)
        else:
            after = {field: pair[1] for field, pair in row.changes.items()}
            corrected.setdefault(row.crossing_id, {}).update(after)
    return annulled, corrected


def _when(decided: Amendment | StayExtension) -> datetime:
    assert decided.decided_at is not None  # noqa: S101 - approved ones have it, by a constraint
    return decided.decided_at


def excused(crossings: list[UUID]) -> dict[UUID, Excused]:
    """Return the rebuttal that was accepted last for each of these entries."""
    rows = StayExcuse.objects.filter(crossing_id__in=crossings).order_by("decided_at")
    return {row.crossing_id: Excused(row.ground, row.until) for row in rows}


def _movement(
    key: UUID,
    at: datetime,
    direction: str,
    post: str,
    until: date | None,
    fixed: dict[str, str],
    excuse: Excused | None,
) -> Movement:
    if "permitted_until" in fixed:
        until = date.fromisoformat(fixed["permitted_until"]) if fixed["permitted_until"] else None
    return Movement(
        crossing_id=key,
        at=at,
        day=at.astimezone(reference.time_zone(post)).date(),
        direction=fixed.get("direction", direction),
        post=post,
        permitted_until=until,
        excused=excuse,
    )
