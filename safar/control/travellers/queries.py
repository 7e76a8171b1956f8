"""Reads: who showed this document before, whom a search finds, who counts as one person."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from safar.control.travellers.choices import Judgement
from safar.control.travellers.models import SamePersonJudgement, TravelDocument, Traveller
from safar.control.travellers.read_document import ReadDocument
from safar.control.travellers.rules import Recognition, SeenDocument, recognise
from safar.core import audit
from safar.core.permissions import Actor
from safar.core.prepared import prepared
from safar.core.record import get_visible
from safar.lib.names import fold
from safar.lib.partial_dates import PartialDate

MOST_FOUND = 50


def recognition(document: ReadDocument) -> Recognition:
    """Return who the holder of a document is, as far as the documents seen before tell."""
    born = document.birth if document.birth and document.birth.is_full else None
    rows = _shown_before(
        document.issuer,
        document.number,
        document.personal_number,
        document.name_key,
        str(born or ""),
    )
    shown = SeenDocument(
        document_id=UUID(int=0),
        traveller_id=UUID(int=0),
        issuer=document.issuer,
        number=document.number,
        name=document.name,
        birth=document.birth,
        personal_number=document.personal_number,
        kind=document.kind,
        expires_on=document.expires_on,
    )
    return recognise(shown, [_seen(row) for row in rows])


@prepared
def _shown_before(
    issuer: str, number: str, personal_number: str, name_key: str, born: str
) -> QuerySet[TravelDocument]:
    by_number = Q(issuer=issuer, number=number)
    # An empty one tells nobody apart; said aloud, because the index knows the others only.
    by_person = Q(issuer=issuer, personal_number=personal_number) & ~Q(personal_number="")
    by_name = Q(name_key=name_key, birth=born) & ~Q(birth="")
    rows = TravelDocument.objects.filter(by_number | by_person | by_name)
    return rows.order_by("-first_seen_at")[:20]


def _seen(row: TravelDocument) -> SeenDocument:
    return SeenDocument(
        row.id,
        row.traveller_id,
        row.issuer,
        row.number,
        row.name,
        row.birth,
        row.personal_number,
        row.kind,
        row.expires_on,
    )


def same_person_as(traveller_id: UUID) -> frozenset[UUID]:
    """Return this traveller and those whom the last judgements hold to be the same person."""
    found, waiting = {traveller_id}, {traveller_id}
    while waiting:
        pairs = last_judgements(row for key in waiting for row in _judged(key))
        same = {key for pair, word in pairs.items() if word == Judgement.SAME for key in pair}
        waiting = same - found
        found |= waiting
    return frozenset(found)


@prepared
def _judged(traveller: UUID) -> QuerySet[SamePersonJudgement]:
    rows = SamePersonJudgement.objects.filter(Q(one=traveller) | Q(other=traveller))
    return rows.order_by("judged_at")


def last_judgements(
    rows: Iterable[SamePersonJudgement],
) -> dict[tuple[UUID, UUID], str]:
    """Return the word that counts for each pair, from judgements in the order they were made."""
    return {(row.one_id, row.other_id): row.judgement for row in rows}


def judged_different(traveller_id: UUID) -> frozenset[UUID]:
    pairs = last_judgements(_judged(traveller_id))
    apart = {key for pair, word in pairs.items() if word == Judgement.DIFFERENT for key in pair}
    return frozenset(apart - {traveller_id})


def search(
    actor: Actor, *, number: str = "", name: str = "", birth: PartialDate | None = None
) -> list[TravelDocument]:
    """Return documents by number, or by name and date of birth; the search itself is recorded."""
    rows = TravelDocument.objects.visible_to(actor)
    if number:
        rows = rows.filter(number=number)
    else:
        rows = rows.filter(name_key=fold(name), birth__startswith=str(birth or ""))
    found = list(rows.order_by("-first_seen_at")[:MOST_FOUND])
    audit.searched(actor, "travellers.search", terms=f"{number}|{name}|{birth}", found=len(found))
    return found


def open_file(actor: Actor, key: UUID, *, purpose: str) -> Traveller:
    """Return a traveller, after the opening of her file is on record.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    traveller = get_visible(Traveller.objects.all(), actor, key)
    audit.opened(actor, "travellers.open", f"Traveller:{key}", purpose=purpose)
    return traveller
