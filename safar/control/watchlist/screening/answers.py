"""Is this traveller on a list? The engine's answers on names, the exact ones on documents."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from safar.control.watchlist.choices import HitKind
from safar.control.watchlist.facts import Listed, listed
from safar.control.watchlist.models import EntryDocument, ListEntry
from safar.control.watchlist.rules import Person, Reason, compare, same_document
from safar.control.watchlist.screening.listed_names import entry_of
from safar.control.watchlist.screening.matcher import NAMES
from safar.core.prepared import prepared
from safar.lib.screening import SENTENCES, Birth, Candidate, Query
from safar.lib.screening.entity import SHORTEST_NUMBER, document_number

# What the engine says of the parts of a name, and of patronymics; facts are compared here.
PARTS: Final = {
    f"{kind}.{what}": f"part.{'father_' if kind == 'father' else ''}{what}"
    for kind, _dot, what in (code.partition(".") for code in SENTENCES)
    if kind in ("name", "father")
}


PAIRED: Final = (
    "name.same", "name.script", "name.spelling", "name.feminine", "name.article", "name.joined",
    "name.cut", "name.father",
)  # fmt: skip
# Of a traveller or an entry whose birth nobody knows, the whole name must do, common as it may be.
WHOLE_NAME: Final = 0.9


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

    Documents match exactly. Names match from each list's threshold on, with what the facts say
    for or against; a missing fact says nothing. Sees every list; what was cleared for a
    traveller is left to `queries.cleared_entries`.
    """
    by_document = _by_document(person)
    by_name: defaultdict[UUID, list[Candidate]] = defaultdict(list)
    for found in NAMES.search(asked(person)):
        by_name[entry_of(found.id)[0]].append(found)
    weighed = {
        key: result
        for key, entry in listed({*by_document, *by_name}).items()
        if (result := weigh(person, entry, key in by_document, by_name.get(key, ())))
    }
    if not weighed:
        return []
    entries = ListEntry.objects.filter(pk__in=weighed).select_related("list__owner")
    matches = [_as_match(entry, weighed[entry.pk]) for entry in entries.order_by()]
    return sorted(matches, key=lambda m: (m.kind != HitKind.DOCUMENT, -m.score, m.source_key))


def asked(person: Person) -> Query:
    """What the engine is asked about a traveller."""
    return Query(
        names=tuple(dict.fromkeys(name for name in person.names if name.strip("< ,"))),
        births=(Birth(person.birth),) if person.birth else (),
        sexes=frozenset({person.sex} & {"F", "M"}),
        citizenships=(person.citizenship,) if person.citizenship else (),
    )


def forget() -> None:
    """Drop the index that this process holds, as between tests."""
    NAMES.forget()


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


def weigh(
    person: Person, entry: Listed, by_document: bool, alike: Sequence[Candidate]
) -> Weighed | None:
    """What speaks for an entry that is `alike` by name, or the same by a document; None: too little."""
    facts = compare(person, entry.facts)
    scored = [(_score(found, facts), found) for found in alike]
    score, found = max(scored, key=_best_first, default=(0.0, None))
    if by_document:
        return Weighed(HitKind.DOCUMENT, 1.0, (*_name_reasons(found), *facts))
    if score < entry.threshold:
        return None
    return Weighed(HitKind.NAME, round(score, 4), (*_name_reasons(found), *facts))


def _best_first(scored: tuple[float, Candidate]) -> tuple[float, float]:
    return scored[0], scored[1].name_score


def _score(found: Candidate, facts: Sequence[Reason]) -> float:
    codes = {reason.code for reason in facts}
    if entry_of(found.id)[1] and "birth.agrees" not in codes:
        return 0.0  # a nickname alone is nobody; with the whole birth date it is a lead
    if "birth.unknown" in codes and "sex.differs" not in codes and _is_whole(found):
        return max(found.score, WHOLE_NAME)
    return found.score


def _is_whole(found: Candidate) -> bool:
    """Whether every part of both names has its like, and there are two at least."""
    said = [reason.code for reason in found.reasons if reason.code in PARTS]
    return sum(code in PAIRED for code in said) > 1 and not {*said} - {*PAIRED, "name.swapped"}


def _name_reasons(found: Candidate | None) -> tuple[Reason, ...]:
    if found is None or not found.query_name:
        return ()
    shown = {
        "traveller": readable(found.query_name),
        "entry": found.name,
        "score": f"{found.score:.2f}",
    }
    whole = Reason("name.weak" if entry_of(found.id)[1] else "name.alike", shown)
    parts = (Reason(PARTS[r.code], dict(r.params)) for r in found.reasons if r.code in PARTS)
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
