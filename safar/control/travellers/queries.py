"""Reads: who showed this document before, whom a search finds, who counts as one person."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from safar.control.travellers.choices import Judgement
from safar.control.travellers.models import SamePersonJudgement, TravelDocument, Traveller
from safar.control.travellers.read_document import ReadDocument
from safar.control.travellers.rules import Recognition, SeenDocument, recognise
from safar.core import audit
from safar.core.permissions import Actor
from safar.core.record import get_visible
from safar.lib.names import fold
from safar.lib.partial_dates import PartialDate

MOST_FOUND = 50


def recognition(document: ReadDocument) -> Recognition:
    """Return who the holder of a document is, as far as the documents seen before tell."""
    same = Q(issuer=document.issuer, number=document.number)
    if document.personal_number:
        same |= Q(issuer=document.issuer, personal_number=document.personal_number)
    if document.birth and document.birth.is_full:
        same |= Q(name_key=document.name_key, birth=document.birth)
    rows = TravelDocument.objects.filter(same).order_by("-first_seen_at")[:20]
    shown = SeenDocument(
        document_id=UUID(int=0),
        traveller_id=UUID(int=0),
        issuer=document.issuer,
        number=document.number,
        name=document.name,
        birth=document.birth,
        personal_number=document.personal_number,
    )
    return recognise(shown, [_seen(row) for row in rows])


def _seen(row: TravelDocument) -> SeenDocument:
    return SeenDocument(
        row.id, row.traveller_id, row.issuer, row.number, row.name, row.birth, row.personal_number
    )


def same_person_as(traveller_id: UUID) -> frozenset[UUID]:
    """Return this traveller and those whom the last judgements hold to be the same person."""
    found, waiting = {traveller_id}, {traveller_id}
    while waiting:
        rows = SamePersonJudgement.objects.filter(Q(one__in=waiting) | Q(other__in=waiting))
        pairs = last_judgements(rows.order_by("judged_at"))
        same = {key for pair, word in pairs.items() if word == Judgement.SAME for key in pair}
        waiting = same - found
        found |= waiting
    return frozenset(found)


def last_judgements(
    rows: Iterable[SamePersonJudgement],
) -> dict[tuple[UUID, UUID], str]:
    """Return the word that counts for each pair, from judgements in the order they were made."""
    return {(row.one_id, row.other_id): row.judgement for row in rows}


def judged_different(traveller_id: UUID) -> frozenset[UUID]:
    rows = SamePersonJudgement.objects.filter(Q(one=traveller_id) | Q(other=traveller_id))
    pairs = last_judgements(rows.order_by("judged_at"))
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
