"""Reads for the shift leader: which shift runs, who is on, how many crossed where and when."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from uuid import UUID

from django.db.models import F, Q

from safar.control.border.choices import AmendmentStatus, DecisionKind, ReferralStatus, ShiftStatus
from safar.control.border.models import (
    Amendment,
    Crossing,
    Decision,
    Inspection,
    Referral,
    Shift,
    SignOn,
)
from safar.control.border.queries.crossings import amended
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet, get_visible
from safar.reference import queries as reference

HOUR = timedelta(hours=1)
MOST_HOURS = 24  # a shift that nobody ended still makes a page of a screen or two
LAST_SHIFTS = 8
OPEN_REFERRALS = (ReferralStatus.WAITING, ReferralStatus.TAKEN)


@dataclass(frozen=True)
class Passed:
    """A crossing of the shift that stands: all that the figures need."""

    at: datetime
    lane: str
    direction: str
    officer_id: UUID | None


@dataclass(frozen=True)
class OnDuty:
    """An officer in a booth, with travellers of the last hour and since she signed on.

    `seconds` is the median between two of her crossings, None until there are two.
    """

    sign_on: SignOn
    last_hour: int
    since: int
    seconds: int | None


@dataclass(frozen=True)
class Hours:
    """Travellers by lane and hour of the post's clock; `rows` are (lane, counts, sum)."""

    hours: tuple[datetime, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    sums: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.sums)


@dataclass(frozen=True)
class Figures:
    """The shift in numbers; `seconds` is the median from scan to receipt, None without any."""

    entries: int
    exits: int
    refused: int
    referred: int
    seconds: int | None

    @property
    def crossed(self) -> int:
        return self.entries + self.exits


def shifts(actor: Actor) -> RecordQuerySet[Shift]:
    rows = Shift.objects.visible_to(actor)
    return rows.select_related("post", "opened_by", "ended_by", "previous__ended_by")


def shift(actor: Actor, key: UUID) -> Shift:
    """Return a shift of one of the actor's posts.

    Raises:
        NotFound: there is none, or it is out of her sight.
    """
    return get_visible(shifts(actor), actor, key)


def current_or_none(actor: Actor, post: str) -> Shift | None:
    """Return the shift that runs at a post, or the one that waits to be taken over."""
    standing = (ShiftStatus.OPEN, ShiftStatus.HANDED_OVER)
    return shifts(actor).filter(post_id=post, status__in=standing).first()


def last_shifts(actor: Actor, post: str) -> list[Shift]:
    return list(shifts(actor).filter(post_id=post)[:LAST_SHIFTS])


def sign_on(actor: Actor, key: UUID) -> SignOn:
    """Return an officer's booth at one of the actor's posts, or raise NotFound."""
    return get_visible(SignOn.objects.all(), actor, key)


def passed(shift: Shift, now: datetime) -> list[Passed]:
    """Return the crossings of a shift that stand, in order; annulled ones are left out."""
    rows = Crossing.objects.filter(
        post_id=shift.post_id, crossed_at__gte=shift.opened_at, crossed_at__lt=_end(shift, now)
    )
    changed = Amendment.objects.filter(
        post_id=shift.post_id, status=AmendmentStatus.APPROVED, proposed_at__gte=shift.opened_at
    )
    annulled, corrected = amended(list(changed.values_list("crossing_id", flat=True)))
    found = rows.order_by("crossed_at").values_list(
        "id", "crossed_at", "lane", "direction", "officer_id"
    )
    return [
        Passed(at, lane, corrected.get(key, {}).get("direction", direction), officer)
        for key, at, lane, direction, officer in found
        if key not in annulled
    ]


def _end(shift: Shift, now: datetime) -> datetime:
    return shift.ended_at or now + timedelta(seconds=1)


def on_duty(shift: Shift, crossings: list[Passed], now: datetime) -> list[OnDuty]:
    """Return the officers who are on, by lane."""
    rows = SignOn.objects.filter(shift=shift, ended_at=None).select_related("officer")
    return sorted(
        (_on_duty(row, crossings, now) for row in rows), key=lambda row: _lane(row.sign_on.lane)
    )


def _on_duty(sign_on: SignOn, crossings: list[Passed], now: datetime) -> OnDuty:
    times = [
        row.at
        for row in crossings
        if (row.officer_id, row.lane) == (sign_on.officer_id, sign_on.lane)
        and row.at >= sign_on.began_at
    ]
    gaps = [(after - before).total_seconds() for before, after in pairwise(times)]
    return OnDuty(
        sign_on=sign_on,
        last_hour=sum(at > now - HOUR for at in times),
        since=len(times),
        seconds=round(median(gaps)) if gaps else None,
    )


def by_lane_and_hour(shift: Shift, crossings: list[Passed], now: datetime) -> Hours:
    """Return the travellers by lane and hour of the post's clock in the shift's last 24 hours.

    Hours in which nobody crossed are included.
    """
    zone = reference.time_zone(shift.post_id)
    hours = tuple(_hours(shift.opened_at, _end(shift, now), now))[-MOST_HOURS:]
    cells = Counter((row.lane, _hour(row.at)) for row in crossings)
    lanes = sorted({row.lane for row in crossings if _hour(row.at) in hours}, key=_lane)
    rows = []
    for lane in lanes:
        counts = tuple(cells[lane, hour] for hour in hours)
        rows.append((lane, counts, sum(counts)))
    sums = tuple(sum(counts) for counts in zip(*(row[1] for row in rows), strict=True))
    return Hours(tuple(hour.astimezone(zone) for hour in hours), tuple(rows), sums)


def _hours(first: datetime, end: datetime, now: datetime) -> Iterable[datetime]:
    hour = _hour(first)
    while hour < min(end, now + timedelta(seconds=1)):
        yield hour
        hour += HOUR


def _hour(at: datetime) -> datetime:
    """The full hour; posts whose clocks differ by half an hour do not exist in the region."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _lane(lane: str) -> tuple[int, str]:
    return (int(lane) if lane.isdecimal() else 0, lane)


def figures(shift: Shift, crossings: list[Passed], now: datetime) -> Figures:
    """Return the shift in numbers."""
    directions = Counter(row.direction for row in crossings)
    took = Decision.objects.filter(
        inspection__sign_on__shift=shift, kind=DecisionKind.ADMIT, line="first"
    ).annotate(took=F("decided_at") - F("inspection__inspected_at"))
    seconds = [row.total_seconds() for row in took.values_list("took", flat=True)]
    return Figures(
        entries=directions["entry"],
        exits=directions["exit"],
        refused=decided(shift, now).filter(kind=DecisionKind.REFUSE).count(),
        referred=Referral.objects.filter(inspection__sign_on__shift=shift).count(),
        seconds=round(median(seconds)) if seconds else None,
    )


def decided(shift: Shift, now: datetime) -> RecordQuerySet[Decision]:
    """Decisions of a shift: also those on travellers whom the shift before had sent to second line."""
    rows = Decision.objects.filter(decided_at__gte=shift.opened_at, decided_at__lt=_end(shift, now))
    return rows.filter(
        Q(inspection__sign_on__shift=shift) | Q(inspection__sign_on__shift=shift.previous_id)
    )


def inspected(shift: Shift) -> RecordQuerySet[Inspection]:
    return Inspection.objects.filter(sign_on__shift=shift)


def open_referrals(actor: Actor, post: str) -> list[Referral]:
    """Return the travellers of a post who wait for second line, the longest waiting first."""
    rows = Referral.objects.visible_to(actor).filter(
        inspection__post_id=post, status__in=OPEN_REFERRALS
    )
    return list(rows.select_related("inspection", "taken_by", "referred_by"))


def signed_on_at(actor: Actor) -> str:
    """Return the code of the post where the actor is signed on, or an empty text."""
    rows = SignOn.objects.visible_to(actor).filter(officer_id=actor.user_id, ended_at=None)
    return rows.values_list("post_id", flat=True).first() or ""
