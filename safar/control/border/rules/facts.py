"""What is known when a traveller stands in front of the booth: plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from safar.control.documents.rules import OtherSource, Series
from safar.control.travellers.read_document import ReadDocument
from safar.control.travellers.rules import Recognition
from safar.control.visas.rules.visa_facts import VisaSeen


@dataclass(frozen=True)
class Excused:
    """A rebuttal that was accepted: days up to `until` are not held against her; None: no day."""

    ground: str
    until: date | None


@dataclass(frozen=True)
class Waits:
    """An application to stay longer, made in time and not decided: nothing is over meanwhile."""

    asked_on: date
    until_asked: date


@dataclass(frozen=True)
class Movement:
    """One entry or exit that stands, in the calendar of its post."""

    crossing_id: UUID
    at: datetime
    day: date
    direction: str
    post: str
    permitted_until: date | None
    excused: Excused | None = None


@dataclass(frozen=True)
class AllowedStay:
    """The line of the visa manual under which she may stay without a visa."""

    code: str
    days: int | None
    window: int | None
    visit_days: int | None


@dataclass(frozen=True)
class ListMatch:
    """A list entry that this traveller may be.

    `shown` False: a discreet entry of which the booth shows nothing; second line reads the hit.
    `neutral`: the booth learns only that second line wants to see the traveller. `params` is
    what the first line may see beside that.
    """

    entry_id: UUID
    by_document: bool
    score: float
    cleared: bool
    shown: bool
    neutral: bool
    params: dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """Everything that the rules look at."""

    document: ReadDocument
    host: str
    direction: str
    post: str
    now: datetime
    today: date
    recognition: Recognition
    zone: tuple[tuple[str, dict[str, Any]], ...] = ()
    digits_right: int = 0
    typed: bool = False
    report: tuple[str, str] | None = None
    batch: str | None = None  # the reference of the report on the stolen blanks it is one of
    series: tuple[Series, ...] = ()
    shapes: Mapping[str, int] = field(default_factory=dict)  # of numbers of this kind, seen here
    others: tuple[OtherSource, ...] = ()
    not_as_issued: tuple[str, ...] = ()  # fields that differ from the own register of passports
    name_cut: bool = False
    matches: tuple[ListMatch, ...] = ()
    movements: tuple[Movement, ...] = ()
    allowed: AllowedStay | None = None
    way: str = ""  # how the visa manual lets her come, where she is not free of a visa
    papers: tuple[str, ...] = ()  # what the manual has her show
    citizenship_known: bool = True
    km_from_last: float | None = None
    waits: Waits | None = None  # for the stay that she leaves, where its last day is over
    visa: VisaSeen | None = None  # where its seal or its zone was read too

    @property
    def is_citizen(self) -> bool:
        return self.document.nationality == self.host

    @property
    def is_entry(self) -> bool:
        return self.direction == "entry"

    @property
    def last(self) -> Movement | None:
        return self.movements[-1] if self.movements else None
