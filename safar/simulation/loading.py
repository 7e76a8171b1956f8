"""How does a country's made-up traffic get into the database, and go on the day after?"""

import json
from array import array
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from safar.control.border.models import Crossing as CrossingRecord
from safar.control.border.partitions import ensure_months
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.models import AuditEntry
from safar.core.permissions import Actor, system
from safar.simulation import rows
from safar.simulation.documents import Document
from safar.simulation.people import travellers
from safar.simulation.plan import frequent_share
from safar.simulation.profiles import profiles
from safar.simulation.traffic import Crossing, crossings
from safar.simulation.world import Scale

Progress = Callable[[str], None]
Roster = dict[str, list[UUID]]  # post: its officers; the last of them leads and signs corrections
STEP = 250_000
ROSTER_DAYS = 7
AMENDED_DAYS, AMENDED_EVERY = 30, 1_500
BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


@dataclass
class Counts:
    """What a load wrote."""

    travellers: int = 0
    documents: int = 0
    crossings: int = 0
    reported: int = 0
    amendments: int = 0


@dataclass(frozen=True)
class Span:
    """The moments whose crossings a load writes: after `since`, up to `until`."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        return self.since < at <= self.until


def quiet(text: str) -> None:
    """Progress that nobody wants to see."""


def load(
    scale: Scale,
    progress: Progress = quiet,
    *,
    until: datetime | None = None,
    roster: Roster | None = None,
    again: bool = False,
) -> Counts:
    """Write the traffic of a scale up to a moment (now), in one transaction.

    The traffic bypasses actions (see `rows`): what stands in the audit is this load.

    Raises:
        RuleBroken: there are crossings already, and `again` was not said.
    """
    if not again and CrossingRecord.objects.exists():
        raise RuleBroken(
            "There are crossings in this database already, and made-up ones must not be mixed "
            "with them. Use an empty database, or say --again on a demo."
        )
    span = Span(BEGINNING, until or timezone.now())
    return _load(system("simulation"), None, scale=scale, span=span, roster=roster or {},
                 progress=progress)  # fmt: skip


def continue_load(progress: Progress = quiet, *, roster: Roster | None = None) -> Counts:
    """Write what has happened since the last load, of the very traffic that it began.

    Raises:
        RuleBroken: the planned traffic is over.
    """
    scale, since = last_load()
    now = timezone.now()
    if now.date() > scale.last_day:
        raise RuleBroken(f"The made-up traffic ended on {scale.last_day}. Begin anew with --fresh.")
    return _load(system("simulation"), None, scale=scale, span=Span(since, now),
                 roster=roster or {}, progress=progress)  # fmt: skip


def last_load() -> tuple[Scale, datetime]:
    """Return the scale of the last load, and the moment up to which it went.

    Raises:
        RuleBroken: nothing was loaded by a simulation.
    """
    entry = AuditEntry.objects.filter(action="simulation.load", outcome="done").last()
    if entry is None:
        raise RuleBroken("No made-up traffic was loaded into this database.")
    scale: dict[str, Any] = json.loads(entry.details["scale"])
    scale["last_day"] = date.fromisoformat(scale["last_day"])
    return Scale(**scale), datetime.fromisoformat(entry.details["until"])


@action("simulation.load", policies=(role_suffices,))
def _load(
    actor: Actor, target: None, *, scale: Scale, span: Span, roster: Roster, progress: Progress
) -> Counts:
    """Loaded made-up traffic."""
    first = max(span.since.date(), scale.first_day - timedelta(days=1))
    ensure_months(first, span.until.date())
    work = _Loading(scale, span, roster, progress)
    counts = Counts()
    progress("planning the journeys")
    counts.crossings = rows.copy(rows.CROSSINGS, work.crossings())
    progress("writing travellers and documents")
    counts.travellers = rows.copy(rows.TRAVELLERS, work.travellers())
    reports: list[rows.Row] = []
    counts.documents = rows.copy(rows.DOCUMENTS, work.documents(reports))
    counts.reported = rows.copy(rows.REPORTS, reports)
    counts.amendments = rows.copy(rows.AMENDMENTS, work.amendments)
    rows.settle()
    plain = json.dumps({**asdict(scale), "last_day": scale.last_day.isoformat()})
    note(scale=plain, until=span.until.isoformat(), **asdict(counts))
    return counts


class _Loading:
    """One load at work: it remembers when each person and document was first seen."""

    def __init__(self, scale: Scale, span: Span, roster: Roster, progress: Progress) -> None:
        self.scale, self.span, self.roster, self.progress = scale, span, roster, progress
        self.first_seen = array("d", bytes(8 * scale.travellers))
        self.paper_seen = array("d", bytes(16 * scale.travellers))
        self.amendments: list[rows.Row] = []
        self.persons: list[tuple[str, str, int | None]] = []
        self._person: dict[tuple[str, str, int | None], tuple[str, str, int | None]] = {}

    def crossings(self) -> Iterator[rows.Row]:
        for who in profiles(self.scale, frequent_share(self.scale)):
            known = (who.nationality, who.sex, int(who.born_known[:4]) if who.born_known else None)
            self.persons.append(self._person.setdefault(known, known))  # a few thousand in all
        written = 0
        for one in crossings(self.scale):
            if one.at > self.span.until:
                break
            row = self._crossing(one)
            if row is None:
                continue
            yield row
            written += 1
            if written % STEP == 0:
                self.progress(f"{written:,} crossings")

    def _crossing(self, one: Crossing) -> rows.Row | None:
        seconds, slot = one.at.timestamp(), 2 * one.traveller + one.document
        self.first_seen[one.traveller] = self.first_seen[one.traveller] or seconds
        self.paper_seen[slot] = self.paper_seen[slot] or seconds
        if not self.span.holds(one.at):
            return None
        itself = rows.key(one.at, self.scale.seed, "crossing", one.traveller, one.direction)
        keys = itself, self._traveller(one.traveller), self._paper(slot)
        officer = self._officer(one)
        self._perhaps_amend(one, itself, officer)
        return rows.crossing_row(one, keys, self.persons[one.traveller], officer)

    def _traveller(self, index: int) -> UUID:
        return rows.key(_moment(self.first_seen[index]), self.scale.seed, "traveller", index)

    def _paper(self, slot: int) -> UUID:
        return rows.key(_moment(self.paper_seen[slot]), self.scale.seed, "document", slot)

    def _officer(self, one: Crossing) -> UUID | None:
        """Who was in the booth: known for the last week only, and only at posts with officers."""
        there = self.roster.get(one.post)
        if not there or one.at < self.span.until - timedelta(days=ROSTER_DAYS):
            return None
        eight_hours = int(one.at.timestamp()) // 28_800
        return there[(int(rows.lane(one)) + eight_hours) % len(there)]

    def _perhaps_amend(self, one: Crossing, crossing: UUID, officer: UUID | None) -> None:
        recent = one.at > self.span.until - timedelta(days=AMENDED_DAYS)
        there = self.roster.get(one.post, [])
        if not recent or len(there) < 2 or crossing.int % AMENDED_EVERY:
            return
        proposer, signer = there[0], there[-1]
        if officer == signer or one.at + timedelta(hours=1) > self.span.until:
            return
        proposed, decided = one.at + timedelta(minutes=9), one.at + timedelta(minutes=41)
        after = "business" if one.purpose != "business" else "tourism"
        change = json.dumps({"purpose": [one.purpose, after]})
        reason = "Purpose entered wrongly"
        self.amendments.append(
            (rows.key(proposed, "amendment", crossing), 2, crossing, one.post, "correct", change,
             reason, "approved", proposed, proposer, decided, signer)
        )  # fmt: skip

    def travellers(self) -> Iterator[rows.Row]:
        for index, seen in enumerate(self.first_seen):
            if seen and self.span.holds(at := _moment(seen)):
                yield self._traveller(index), at

    def documents(self, reports: list[rows.Row]) -> Iterator[rows.Row]:
        """The documents that this load saw first; adds the reports on documents beside."""
        for one in travellers(self.scale):
            written = " ".join(filter(None, (one.surname, one.given_names, one.patronymic)))
            for paper in one.documents:
                self._perhaps_report(paper, reports)
                slot = 2 * one.index + paper.ordinal
                seen = self.paper_seen[slot]
                if seen and self.span.holds(at := _moment(seen)):
                    keys = self._paper(slot), self._traveller(one.index)
                    yield rows.document_row(paper, *keys, written[:160], at)

    def _perhaps_report(self, paper: Document, reports: list[rows.Row]) -> None:
        if paper.reported:
            row = rows.report_row(paper, paper.reported)
            if self.span.holds(row[5]):
                reports.append(row)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def with_days_ahead(scale: Scale, days: int) -> Scale:
    """The same density of traffic, planned for some days more than have happened yet."""
    return replace(
        scale,
        last_day=scale.last_day + timedelta(days=days),
        days=scale.days + days,
        travellers=round(scale.travellers * (scale.days + days) / scale.days),
    )
