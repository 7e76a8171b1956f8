"""Writes: a traveller is registered when something is decided on her; people judge who is who."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from safar.control.travellers.choices import Judgement
from safar.control.travellers.models import SamePersonJudgement, TravelDocument, Traveller
from safar.control.travellers.read_document import ReadDocument
from safar.core.action import action, role_suffices
from safar.core.permissions import Actor
from safar.core.prepared import prepared


@action("travellers.register", policies=(role_suffices,))
def register(actor: Actor, target: Traveller | None, *, document: ReadDocument) -> TravelDocument:
    """Registered a traveller's document, and the traveller where she is new."""
    traveller = target
    if traveller is None:
        traveller = Traveller(added_at=timezone.now())
        traveller.save(force_insert=True)
    known = _known(traveller.pk, document.issuer, document.number)
    return known[0] if known else _add(traveller, document)


@prepared
def _known(traveller: UUID, issuer: str, number: str) -> QuerySet[TravelDocument]:
    return TravelDocument.objects.filter(traveller=traveller, issuer=issuer, number=number)


def _add(traveller: Traveller, document: ReadDocument) -> TravelDocument:
    added = TravelDocument(
        traveller=traveller,
        kind=document.kind,
        issuer=document.issuer,
        number=document.number,
        nationality=document.nationality,
        surname=document.surname,
        given_names=document.given_names,
        name_written=document.name_written,
        name_key=document.name_key,
        birth=document.birth,
        sex=document.sex,
        expires_on=document.expires_on,
        personal_number=document.personal_number,
        first_seen_at=timezone.now(),
    )
    added.save(force_insert=True)
    return added


@action("travellers.judge_same_person", policies=(role_suffices,))
def judge_same_person(
    actor: Actor, target: Traveller, *, other_id: UUID, judgement: Judgement, reason: str
) -> SamePersonJudgement:
    """Judged whether two travellers are one person. Taken back by judging anew."""
    one, other = sorted((target.pk, other_id))
    row = SamePersonJudgement(
        one_id=one,
        other_id=other,
        judgement=judgement,
        reason=reason,
        judged_at=timezone.now(),
        judged_by_id=actor.person_id,
    )
    row.save(force_insert=True)
    return row
