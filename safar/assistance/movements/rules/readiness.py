"""May this family fly on that day, and if not: who lacks what? Plain values in and out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

FITNESS = "fitness"  # the kind of a blocker and of an expiry that come from health, not from a step
# The words of `choices.py`; a test compares them, and those of the database's own guard.
SETTLED = frozenset({"done", "not_needed"})
FIT = frozenset({"fit", "fit_with_needs"})
# Why somebody may not fly, the weightiest first.
REASONS = (
    "refused", "not_fit", "held", "expired", "sent_back", "not_seen", "to_do", "asked",
)  # fmt: skip


@dataclass(frozen=True)
class StepFacts:
    """A step of a member: its kind, how it stands, and the last day on which it holds."""

    kind: str
    status: str
    expires_on: date | None = None


@dataclass(frozen=True)
class HealthFacts:
    """What the health worker says of the journey; `holds_until` is its last day."""

    fitness: str = "not_seen"
    holds_until: date | None = None


@dataclass(frozen=True)
class Traveller:
    """A member with steps in the scheme's order. `key` is whatever the caller knows her by."""

    key: object
    steps: Sequence[StepFacts]
    health: HealthFacts = HealthFacts()


@dataclass(frozen=True)
class Blocker:
    """Why a member may not fly: one of REASONS; where it expired, how many days too early."""

    member: object
    kind: str
    reason: str
    ended_on: date | None = None
    days: int = 0


@dataclass(frozen=True)
class Expiry:
    """The last day on which something of a member holds."""

    member: object
    kind: str
    day: date


@dataclass(frozen=True)
class Readiness:
    """How a family stands for a day: ready if nothing is in the way."""

    day: date
    blockers: tuple[Blocker, ...]
    earliest: Expiry | None

    @property
    def ready(self) -> bool:
        return not self.blockers


def readiness(travellers: Sequence[Traveller], day: date) -> Readiness:
    """Say what is in the way of a flight on a day, the weightiest first.

    The same law stands in the database: `movements_must_be_ready`.
    """
    found = [one for person in travellers for one in _blockers(person, day)]
    found.sort(key=lambda one: REASONS.index(one.reason))  # stable: members and steps in order
    return Readiness(day, tuple(found), earliest_expiry(travellers))


def earliest_expiry(travellers: Iterable[Traveller]) -> Expiry | None:
    """Return what ends first of all that the family has: the last day for which it can book."""
    ends = [one for person in travellers for one in _ends(person)]
    return min(ends, key=lambda one: one.day, default=None)


def _ends(person: Traveller) -> Iterator[Expiry]:
    for step in person.steps:
        if step.status == "done" and step.expires_on:
            yield Expiry(person.key, step.kind, step.expires_on)
    if person.health.fitness in FIT and person.health.holds_until:
        yield Expiry(person.key, FITNESS, person.health.holds_until)


def _blockers(person: Traveller, day: date) -> Iterator[Blocker]:
    for step in person.steps:
        if step.status not in SETTLED:
            yield Blocker(person.key, step.kind, step.status)
        elif step.status == "done" and step.expires_on and step.expires_on < day:
            yield _expired(person, step.kind, step.expires_on, day)
    health = person.health
    if health.fitness not in FIT:
        yield Blocker(person.key, FITNESS, health.fitness)
    elif health.holds_until is None:
        yield Blocker(person.key, FITNESS, "not_seen")
    elif health.holds_until < day:
        yield _expired(person, FITNESS, health.holds_until, day)


def _expired(person: Traveller, kind: str, ended_on: date, day: date) -> Blocker:
    return Blocker(person.key, kind, "expired", ended_on, (day - ended_on).days)
