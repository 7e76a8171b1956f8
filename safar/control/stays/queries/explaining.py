"""How an overstay was counted: the day that was set, by what, each day of it, gaps in the record."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from safar.control.border.choices import AmendmentStatus, Direction
from safar.control.border.models import Amendment, Crossing, StayExcuse, StayExtension
from safar.control.border.queries.crossings import movements
from safar.control.border.rules.facts import Movement
from safar.control.stays.models import ExtensionApplication, Overstay
from safar.control.stays.queries import desk
from safar.control.travellers.models import TravelDocument
from safar.control.travellers.queries import judged_different, same_person_as
from safar.core import audit
from safar.core.permissions import Actor
from safar.lib.stay import CalendarDay, Irregularity, StayRule, Visit, stay, visits
from safar.reference import queries as reference

MOST_ALIKE = 5
LONGEST_CALENDAR = 400  # days drawn one by one; a longer stay is told in months


@dataclass(frozen=True)
class Alike:
    """Somebody of the same name and birth date left since: on which day, at which post."""

    on: date
    post: str


@dataclass(frozen=True)
class Explanation:
    """Everything that the page and the notice say. `day`: up to which the days are counted."""

    overstay: Overstay
    entry: Crossing
    day: date
    days_over: int
    basis: str  # rule | visa | officer
    rule: str
    changes: tuple[StayExtension | Amendment, ...]
    excuses: tuple[StayExcuse, ...]
    applications: tuple[ExtensionApplication, ...]
    before: tuple[Overstay, ...]  # the same stay on the list earlier, and why that ended
    days: tuple[CalendarDay, ...]
    gaps: tuple[Irregularity, ...]
    alike: tuple[Alike, ...]

    @property
    def days_here(self) -> int:
        return (self.day - self.overstay.entered_on).days + 1


def explanation(actor: Actor, key: UUID, *, purpose: str) -> Explanation:
    """Return how an overstay was counted, after the opening is on record.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    found = desk.overstay(actor, key)
    audit.opened(actor, "stays.open", f"Traveller:{found.traveller_id}", purpose=purpose)
    return explain(found)


def explain(found: Overstay) -> Explanation:
    """The same of one that was opened already."""
    entry = Crossing.objects.select_related("inspection", "document", "post").get(
        pk=found.crossing_id, crossed_at=found.entered_at
    )
    keys = same_person_as(found.traveller_id)
    moves = movements(keys)
    day = found.left_on or _today(found)
    basis, rule = _basis(entry)
    return Explanation(
        overstay=found,
        entry=entry,
        day=day,
        days_over=_days_over(found, day),
        basis=basis,
        rule=rule,
        changes=_changes(found),
        excuses=tuple(StayExcuse.objects.filter(crossing_id=found.crossing_id)),
        applications=_applications(found),
        before=tuple(desk.before(found)),
        days=_days(found, day),
        gaps=_gaps(moves),
        alike=_alike(found, keys),
    )


def _today(found: Overstay) -> date:
    ended = found.closed_at or timezone.now()
    return ended.astimezone(reference.time_zone(found.post_id)).date()


def _days_over(found: Overstay, day: date) -> int:
    if found.days_over is not None:
        return found.days_over
    return max(0, (day - found.since).days + 1)


def _basis(entry: Crossing) -> tuple[str, str]:
    """Whether the day came of a rule of the manual, of a visa, or of the officer's own hand."""
    seen = entry.inspection
    if seen is None or seen.permitted_until != entry.permitted_until:
        return "officer", ""
    if seen.visa:
        return "visa", ""
    params: list[dict[str, Any]] = [row["params"] for row in seen.findings]
    rules = [str(one["rule"]) for one in params if one.get("rule")]
    return ("rule", rules[0]) if rules else ("officer", "")


def _changes(found: Overstay) -> tuple[StayExtension | Amendment, ...]:
    extended = StayExtension.objects.filter(crossing_id=found.crossing_id)
    amended = Amendment.objects.filter(
        crossing_id=found.crossing_id,
        status=AmendmentStatus.APPROVED,
        changes__has_key="permitted_until",
    )
    return tuple(sorted([*extended, *amended], key=_when))


def _applications(found: Overstay) -> tuple[ExtensionApplication, ...]:
    """Whatever was asked for this stay, the oldest first."""
    rows = ExtensionApplication.objects.filter(crossing_id=found.crossing_id)
    return tuple(rows.order_by("prepared_at"))


def _when(row: StayExtension | Amendment) -> datetime:
    assert row.decided_at is not None  # noqa: S101 - approved ones have it, by a constraint
    return row.decided_at


def _days(found: Overstay, day: date) -> tuple[CalendarDay, ...]:
    """Each day from the entry on: within the stay, or over."""
    if (day - found.entered_on).days >= LONGEST_CALENDAR:
        return ()
    allowed = (found.since - found.entered_on).days
    counted = stay([Visit(found.entered_on)], StayRule(max(0, allowed)), day)
    return counted.calendar


def _gaps(moves: list[Movement]) -> tuple[Irregularity, ...]:
    pairs = [(move.day, move.direction, str(move.crossing_id)) for move in moves]
    return visits(pairs).irregularities  # type: ignore[arg-type]


def _alike(found: Overstay, keys: frozenset[UUID]) -> tuple[Alike, ...]:
    """Exits since the entry by others of the same name and full birth date: never who they are."""
    mine = found.document
    if not mine.birth or not mine.birth.is_full:
        return ()
    others = (
        TravelDocument.objects.filter(name_key=mine.name_key, birth=mine.birth)
        .exclude(traveller__in=keys | judged_different(found.traveller_id))
        .values("traveller_id")
    )
    rows = Crossing.objects.filter(
        traveller_id__in=others, direction=Direction.EXIT, crossed_at__gt=found.entered_at
    ).order_by("crossed_at")[:MOST_ALIKE]
    return tuple(
        Alike(one.crossed_at.astimezone(reference.time_zone(one.post_id)).date(), one.post_id)
        for one in rows
    )
