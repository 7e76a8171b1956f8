"""Is this traveller on a list? The one interface that a bigger screening engine will fill."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from safar.control.watchlist.choices import IN_FORCE, HitKind
from safar.control.watchlist.models import EntryDocument, ListEntry
from safar.control.watchlist.name_index import INDEXES, Found
from safar.control.watchlist.rules import (
    SHORTEST_NUMBER,
    Birth,
    Facts,
    Person,
    Reason,
    adjusted,
    compare,
    document_number,
    same_document,
)


@dataclass(frozen=True, slots=True)
class Match:
    """A likeness between a traveller and an entry that is in force, for second line's eyes.

    First line sees `queries.for_first_line(match)`. `entry_version` is the content version
    that was compared; `score` of a document is 1.
    """

    entry_id: UUID
    entry_version: int
    source_key: str
    list_code: str
    list_name: str
    owner: str
    kind: str
    score: float
    reasons: tuple[Reason, ...]
    instruction: str
    discreet: bool
    contact: str
    legal_ground: str
    in_force_from: date
    in_force_until: date | None


def screen(person: Person) -> list[Match]:
    """Return the entries that may be this person: documents first, then names, best first.

    Documents match exactly. Names match from each list's threshold on, after the facts: a
    contradicting birth date, birth year or sex lowers below it, a missing fact does not.
    Sees every list; what was cleared for a traveller is left to `queries.cleared_entries`.
    """
    by_document = _by_document(person)
    by_name: defaultdict[UUID, list[Found]] = defaultdict(list)
    for found in INDEXES.search(person.names):
        by_name[found.row.entry_id].append(found)
    if not by_document and not by_name:
        return []
    entries = in_force(ListEntry.objects.filter(pk__in={*by_document, *by_name}))
    wanted = entries.select_related("list__owner").prefetch_related("births", "documents")
    matches = [
        match
        for entry in wanted
        if (match := _match(person, entry, entry.pk in by_document, by_name.get(entry.pk, ())))
    ]
    return sorted(matches, key=lambda m: (m.kind != HitKind.DOCUMENT, -m.score, m.source_key))


def forget() -> None:
    """Drop the indexes that this process holds, as between tests."""
    INDEXES.forget()


def in_force(entries: QuerySet[ListEntry]) -> QuerySet[ListEntry]:
    """Entries that screen today: published, begun and not run out."""
    today = timezone.localdate()
    return entries.filter(
        Q(in_force_until=None) | Q(in_force_until__gte=today),
        status__in=IN_FORCE,
        in_force_from__lte=today,
    )


def _by_document(person: Person) -> set[UUID]:
    mine = [(issuer, document_number(number)) for issuer, number in person.documents]
    numbers = {number for _issuer, number in mine if len(number) >= SHORTEST_NUMBER}
    if not numbers:
        return set()
    listed = EntryDocument.objects.filter(number__in=numbers)
    return {
        entry
        for entry, issuer, number in listed.values_list("entry_id", "issuer", "number")
        if any(same_document(document, (issuer, number)) for document in mine)
    }


def facts_of(entry: ListEntry) -> Facts:
    return Facts(
        births=tuple(Birth(b.date, b.year_to, b.approximate) for b in entry.births.all()),
        sex=entry.sex,
        citizenships=tuple(entry.citizenships),
        documents=tuple((d.issuer, d.number) for d in entry.documents.all()),
    )


def _match(
    person: Person, entry: ListEntry, by_document: bool, alike: Sequence[Found]
) -> Match | None:
    facts = compare(person, facts_of(entry))
    threshold = entry.list.threshold
    scores = [(_score(found, facts, threshold), found.likeness.score) for found in alike]
    best, found = max(zip(scores, alike, strict=True), key=itemgetter(0), default=((0.0,), None))
    score = best[0]
    if by_document:
        return _as_match(entry, HitKind.DOCUMENT, 1.0, (*_name_reasons(found), *facts))
    if score < threshold:
        return None
    return _as_match(entry, HitKind.NAME, score, (*_name_reasons(found), *facts))


def _score(found: Found, facts: Sequence[Reason], threshold: float) -> float:
    if found.row.is_weak and facts[0].code != "birth.agrees":
        return 0.0  # a nickname alone is nobody; with the whole birth date it is a lead
    return adjusted(found.likeness.score, facts, threshold)


def _name_reasons(found: Found | None) -> tuple[Reason, ...]:
    if found is None:
        return ()
    likeness = found.likeness
    shown = {
        "traveller": readable(found.query),
        "entry": found.row.text,
        "score": f"{likeness.score:.2f}",
    }
    whole = Reason("name.weak" if found.row.is_weak else "name.alike", shown)
    parts: Iterable[Reason] = (Reason(f"part.{r.code}", dict(r.params)) for r in likeness.reasons)
    return (whole, *parts)


def readable(name: str) -> str:
    """A name without the fillers of a machine readable zone."""
    return " ".join(name.replace("<<", ", ").replace("<", " ").split()).strip(" ,")


def _as_match(entry: ListEntry, kind: HitKind, score: float, reasons: tuple[Reason, ...]) -> Match:
    return Match(
        entry_id=entry.pk,
        entry_version=entry.content_version,
        source_key=entry.source_key,
        list_code=entry.list.code,
        list_name=entry.list.name,
        owner=entry.list.owner.name,
        kind=str(kind),
        score=score,
        reasons=reasons,
        instruction=entry.instruction,
        discreet=entry.discreet,
        contact=entry.contact or entry.list.contact,
        legal_ground=entry.legal_ground,
        in_force_from=entry.in_force_from,
        in_force_until=entry.in_force_until,
    )
