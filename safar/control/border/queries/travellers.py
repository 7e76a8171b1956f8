"""A traveller's file: documents, crossings, inspections, and who may be the same person.

The caller has opened the file through `travellers.queries.open_file`, which puts the opening on
record; nothing here is read before. Who left the flow is not linked to anybody, so nothing here
can show it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db.models import Prefetch, Q
from django.db.models.fields.json import KT

from safar.control.border.choices import AmendmentKind, AmendmentStatus, Line
from safar.control.border.models import Amendment, Crossing, Decision, Inspection
from safar.control.border.queries.amendments import Change, changes
from safar.control.border.queries.crossings import movements
from safar.control.border.rules.facts import AllowedStay, Movement
from safar.control.travellers.models import SamePersonJudgement, TravelDocument
from safar.control.visas.queries import manual
from safar.control.visas.rules.manual import FREE, Rule
from safar.core import audit, node
from safar.core.models import AuditEntry
from safar.core.permissions import Actor
from safar.lib.stay import Irregularity, Stay, StayRule, stay, visits
from safar.lib.stay import Movement as StayMovement
from safar.reference import queries as reference

MOST_INSPECTIONS = 50
MOST_OPENINGS = 6


@dataclass(frozen=True)
class FileCrossing:
    """A crossing with the amendments made of it, those that wait and were declined included."""

    crossing: Crossing
    is_annulled: bool
    amendments: tuple[tuple[Amendment, list[Change]], ...]


@dataclass(frozen=True)
class FileInspection:
    """An inspection with the last decision on it, if there was one."""

    inspection: Inspection
    decision: Decision | None
    line: str


@dataclass(frozen=True)
class FileStay:
    """The stay as it counts today, under which rule, and the gaps in the record.

    `rule` is None where a visa is needed; `stay` is None for citizens and where nothing limits
    or allows the days.
    """

    citizenship: str
    is_citizen: bool
    rule: AllowedStay | None
    stay: Stay | None
    gaps: tuple[Irregularity, ...]
    today: date
    post: str


@dataclass(frozen=True)
class Judged:
    """Another traveller who was compared with this one: the judgement that counts, or none."""

    document: TravelDocument
    last: SamePersonJudgement | None
    earlier: tuple[SamePersonJudgement, ...]


def documents(keys: frozenset[UUID]) -> list[TravelDocument]:
    """Return the documents of travellers held to be one person, the newest first."""
    return list(TravelDocument.objects.filter(traveller__in=keys))


def crossings(keys: frozenset[UUID]) -> list[FileCrossing]:
    """Return every crossing of these travellers, annulled ones too, the latest first."""
    rows = list(
        Crossing.objects.filter(traveller__in=keys)
        .select_related("document", "post", "officer")
        .order_by("-crossed_at")
    )
    made = Amendment.objects.filter(crossing__in=[row.pk for row in rows])
    by_crossing: dict[UUID, list[Amendment]] = {}
    for row in made.select_related("proposed_by", "decided_by"):
        by_crossing.setdefault(row.crossing_id, []).append(row)
    return [_file_crossing(row, by_crossing.get(row.pk, [])) for row in rows]


def _file_crossing(row: Crossing, made: list[Amendment]) -> FileCrossing:
    in_force = [one for one in made if one.status == AmendmentStatus.APPROVED]
    return FileCrossing(
        crossing=row,
        is_annulled=any(one.kind == AmendmentKind.ANNUL for one in in_force),
        amendments=tuple((one, changes(one)) for one in made),
    )


def inspections(keys: frozenset[UUID], papers: list[TravelDocument]) -> list[FileInspection]:
    """Return the last inspections of these travellers and of their documents.

    A traveller who was new has no key on her first inspection; her document tells it.
    """
    found = Q(traveller__in=keys)
    for paper in papers:
        found |= Q(
            paper_number=paper.number,
            document__issuer=paper.issuer,
            document__surname=paper.surname,
            traveller=None,
        )
    decisions = Decision.objects.select_related("decided_by").order_by("decided_at")
    rows = (
        Inspection.objects.annotate(paper_number=KT("document__number"))
        .filter(found)
        .select_related("post", "officer")
        .prefetch_related(Prefetch("decisions", decisions))
    )
    return [_file_inspection(row) for row in rows[:MOST_INSPECTIONS]]


def _file_inspection(row: Inspection) -> FileInspection:
    decided = list(row.decisions.all())
    last = decided[-1] if decided else None
    return FileInspection(row, last, str(Line(last.line).label) if last else "")


def counted_stay(keys: frozenset[UUID], citizenship: str, now: datetime, home: str) -> FileStay:
    """Return the days of stay as the post of the last crossing counts them, else the post `home`."""
    moves = movements(keys)
    post = moves[-1].post if moves else home
    today = now.astimezone(reference.time_zone(post)).date()
    paired = visits([_moved(move) for move in moves])
    is_citizen = citizenship == node.country()
    found = manual.may_enter(citizenship, today, post=post)
    allowed = _allowed(found.rule) if found.rule and found.way == FREE else None
    counted = None
    if allowed and allowed.days is not None:
        counted = stay(paired.visits, StayRule(allowed.days, allowed.window), today)
    return FileStay(citizenship, is_citizen, allowed, counted, paired.irregularities, today, post)


def _moved(move: Movement) -> StayMovement:
    direction: Literal["entry", "exit"] = "entry" if move.direction == "entry" else "exit"
    return (move.day, direction, str(move.crossing_id))


def _allowed(rule: Rule) -> AllowedStay:
    return AllowedStay(rule.code, rule.days, rule.window, rule.visit_days)


def compared(keys: frozenset[UUID], papers: list[TravelDocument]) -> list[Judged]:
    """Return everybody who was judged with these travellers, or may be the same person.

    The same personal number of the same issuer, or the same name and full date of birth on
    another document, propose it; a person judges.
    """
    judged = _judgements(keys)
    alike = _alike(keys, papers)
    others = frozenset(judged) | frozenset(alike)
    rows = TravelDocument.objects.filter(traveller__in=others).order_by("first_seen_at")
    newest = {row.traveller_id: row for row in rows}
    return [Judged(paper, *_last_and_earlier(judged.get(key, []))) for key, paper in newest.items()]


def _judgements(keys: frozenset[UUID]) -> dict[UUID, list[SamePersonJudgement]]:
    rows = SamePersonJudgement.objects.filter(Q(one__in=keys) | Q(other__in=keys))
    found: dict[UUID, list[SamePersonJudgement]] = {}
    for row in rows.select_related("judged_by").order_by("judged_at"):
        other = row.other_id if row.one_id in keys else row.one_id
        found.setdefault(other, []).append(row)
    return found


def _alike(keys: frozenset[UUID], papers: list[TravelDocument]) -> set[UUID]:
    same = Q(pk__in=[])
    for paper in papers:
        if paper.personal_number:
            same |= Q(issuer=paper.issuer, personal_number=paper.personal_number)
        if paper.birth and paper.birth.is_full:
            same |= Q(name_key=paper.name_key, birth=paper.birth)
    rows = TravelDocument.objects.filter(same).exclude(traveller__in=keys)
    return set(rows.values_list("traveller_id", flat=True)[:MOST_INSPECTIONS])


def _last_and_earlier(
    rows: list[SamePersonJudgement],
) -> tuple[SamePersonJudgement | None, tuple[SamePersonJudgement, ...]]:
    return (rows[-1], tuple(rows[:-1])) if rows else (None, ())


def opened_by(key: UUID) -> list[AuditEntry]:
    """Return who opened this file last, and why."""
    rows = AuditEntry.objects.filter(target=f"Traveller:{key}", outcome=audit.OPENED)
    return list(rows.order_by("-number")[:MOST_OPENINGS])


def home_post(actor: Actor) -> str:
    """The post in whose calendar a file without crossings is read."""
    posts = reference.posts_visible(actor) or reference.posts()
    return posts[0].code
