"""Is this traveller on a list? The one interface that a bigger screening engine will fill."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from safar.control.watchlist.choices import HitKind
from safar.control.watchlist.facts import Listed, listed
from safar.control.watchlist.models import EntryDocument, ListEntry
from safar.control.watchlist.name_index import INDEXES, Found
from safar.control.watchlist.rules import (
    SHORTEST_NUMBER,
    Person,
    Reason,
    adjusted,
    compare,
    document_number,
    same_document,
)
from safar.core.prepared import prepared


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


class Weighed(NamedTuple):
    """What speaks for an entry, once its facts were compared."""

    kind: HitKind
    score: float
    reasons: tuple[Reason, ...]


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
    weighed = {
        key: result
        for key, entry in listed({*by_document, *by_name}).items()
        if (result := _weigh(person, entry, key in by_document, by_name.get(key, ())))
    }
    if not weighed:
        return []
    entries = ListEntry.objects.filter(pk__in=weighed).select_related("list__owner")
    matches = [_as_match(entry, weighed[entry.pk]) for entry in entries.order_by()]
    return sorted(matches, key=lambda m: (m.kind != HitKind.DOCUMENT, -m.score, m.source_key))


def forget() -> None:
    """Drop the indexes that this process holds, as between tests."""
    INDEXES.forget()


def _by_document(person: Person) -> set[UUID]:
    mine = [(issuer, document_number(number)) for issuer, number in person.documents]
    numbers = {number for _issuer, number in mine if len(number) >= SHORTEST_NUMBER}
    if not numbers:
        return set()
    return {
        entry
        for wanted in numbers
        for entry, issuer, number in _numbered(wanted)
        if any(same_document(document, (issuer, number)) for document in mine)
    }


@prepared
def _numbered(number: str) -> QuerySet[EntryDocument, tuple[UUID, str, str]]:
    return EntryDocument.objects.filter(number=number).values_list("entry_id", "issuer", "number")


def _weigh(
    person: Person, entry: Listed, by_document: bool, alike: Sequence[Found]
) -> Weighed | None:
    facts = compare(person, entry.facts)
    scored = [(_score(found, facts, entry.threshold), found) for found in alike]
    score, found = max(scored, key=_best_first, default=(0.0, None))
    if by_document:
        return Weighed(HitKind.DOCUMENT, 1.0, (*_name_reasons(found), *facts))
    if score < entry.threshold:
        return None
    return Weighed(HitKind.NAME, score, (*_name_reasons(found), *facts))


def _best_first(scored: tuple[float, Found]) -> tuple[float, float]:
    return scored[0], scored[1].likeness.score


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


def _as_match(entry: ListEntry, weighed: Weighed) -> Match:
    return Match(
        entry_id=entry.pk,
        entry_version=entry.content_version,
        source_key=entry.source_key,
        list_code=entry.list.code,
        list_name=entry.list.name,
        owner=entry.list.owner.name,
        kind=str(weighed.kind),
        score=weighed.score,
        reasons=weighed.reasons,
        instruction=entry.instruction,
        discreet=entry.discreet,
        contact=entry.contact or entry.list.contact,
        legal_ground=entry.legal_ground,
        in_force_from=entry.in_force_from,
        in_force_until=entry.in_force_until,
    )
