"""Hits: which were raised, which a person judged, and what is remembered of it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from safar.control.watchlist.choices import Decisive, HitStatus, Outcome
from safar.control.watchlist.models import Hit, Judgement
from safar.control.watchlist.rules import Person, Reason
from safar.core import audit
from safar.core.permissions import Actor
from safar.lib.names import fold
from safar.lib.screening.entity import document_number

OPEN: Final = (HitStatus.NEW, HitStatus.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class HitRecord:
    """How often an entry stopped somebody since `since`, and how often it was the person."""

    stopped: int
    same: int
    different: int
    open: int
    since: datetime | None


def traveller_mark(person: Person) -> str:
    """SHA-256 over what a traveller's document says of her: another mark, another document or name.

    Spellings that fold to one name are one: a reader's slip does not end what was judged.
    """
    numbers = sorted((issuer, document_number(number)) for issuer, number in person.documents)
    said = [
        sorted({fold(name) for name in person.names}),
        str(person.birth or ""),
        person.sex,
        person.citizenship,
        numbers,
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def cleared_entries(traveller_id: UUID, shown: Person | None = None) -> frozenset[UUID]:
    """Entries judged *a different person* for this traveller, as long as neither has changed.

    `shown` is the traveller as the document in front of the officer says: with another
    document, name or birth date than was judged, she is compared anew. A later judgement *the
    same person* ends it too.
    """
    judged = Hit.objects.filter(
        traveller_id=traveller_id, entry_version=F("entry__content_version")
    )
    if shown is not None:
        judged = judged.filter(traveller_mark__in=("", traveller_mark(shown)))
    pairs = judged.values_list("entry_id", "status")
    same = {entry for entry, status in pairs if status == HitStatus.SAME}
    different = {entry for entry, status in pairs if status == HitStatus.DIFFERENT}
    return frozenset(different - same)


def hit_record(entry_id: UUID, *, besides: UUID | None = None) -> HitRecord:
    """Return how often the entry was right; `besides` leaves one inspection out of the count."""
    hits = Hit.objects.filter(entry=entry_id)
    if besides is not None:
        hits = hits.exclude(inspection_id=besides)
    open_ones = Q(status__in=OPEN)
    found = hits.aggregate(
        stopped=Count("pk"),
        same=Count("pk", filter=Q(status=HitStatus.SAME)),
        different=Count("pk", filter=Q(status=HitStatus.DIFFERENT)),
        open=Count("pk", filter=open_ones),
        since=Min("raised_at"),
    )
    return HitRecord(**found)


def open_hits(inspection_id: UUID) -> int:
    """How many hits of an inspection nobody has judged yet."""
    return Hit.objects.filter(inspection_id=inspection_id, status__in=OPEN).count()


def reasons_of(hit: Hit) -> tuple[Reason, ...]:
    """The reasons that were stored with a hit, in the language of the reader."""
    return tuple(Reason(item["code"], item["params"]) for item in hit.reasons)


def hits_of_inspection(actor: Actor, inspection_id: UUID) -> QuerySet[Hit]:
    """An inspection's hits with their entries, best first, for second line."""
    return _with_entry(Hit.objects.visible_to(actor).filter(inspection_id=inspection_id))


def hits_of_traveller(actor: Actor, traveller_id: UUID) -> QuerySet[Hit]:
    return _with_entry(Hit.objects.visible_to(actor).filter(traveller_id=traveller_id))


def _with_entry(hits: QuerySet[Hit]) -> QuerySet[Hit]:
    wanted = ("entry__names", "entry__births", "entry__documents", "judgements")
    return hits.select_related("entry__list__owner").prefetch_related(*wanted)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which hits a page shows; empty fields do not narrow. `days`: raised since, or before (-)."""

    status: str = "open"
    list_code: str = ""
    days: int = 0


def hits_to_read(actor: Actor, wanted: Wanted = Wanted()) -> QuerySet[Hit]:
    """Hits, newest first: also those that no booth was shown.

    A discreet entry stops nobody, so these hits reach second line only by chance; list
    managers read them here and tell the list's owner.
    """
    found = Hit.objects.visible_to(actor)
    if wanted.status:
        found = found.filter(status__in=OPEN if wanted.status == "open" else [wanted.status])
    if wanted.list_code:
        found = found.filter(entry__list__code=wanted.list_code)
    if wanted.days:
        edge = timezone.now() - timedelta(days=abs(wanted.days))
        found = found.filter(**{"raised_at__gte" if wanted.days > 0 else "raised_at__lt": edge})
    ordered = found.select_related("entry__list__owner").order_by("-raised_at", "-pk")
    return ordered.prefetch_related("entry__names", "judgements")


def new_hits(actor: Actor) -> int:
    """How many hits nobody has looked at yet."""
    return Hit.objects.visible_to(actor).filter(status=HitStatus.NEW).count()


def decisive(hit: Hit) -> list[str]:
    """What decided the judgement that counts, in words."""
    return [str(Decisive(code).label) for code in hit.what_decided]


def opened_hits(
    actor: Actor, entries: Iterable[UUID], *, shown: int, found: int, what: str = "hits"
) -> None:
    """Record that a page of hits was opened, and each entry that it names, before any of it leaves."""

    def row(target: str, **details: Any) -> audit.Row:
        return audit.Row(actor, "watchlist.read", audit.OPENED, target, details)

    named = [row(f"ListEntry:{key}", purpose=what) for key in dict.fromkeys(entries)]
    audit.append([row(what, shown=shown, found=found), *named])


def judgements(actor: Actor, hit: Hit) -> QuerySet[Judgement]:
    return Judgement.objects.visible_to(actor).filter(hit=hit)


def judged_same_by(inspection_id: UUID, user_id: UUID | None, instructions: Iterable[str]) -> bool:
    """Whether this user ever judged *the same person* for an entry that asks for one of these.

    A judgement that was taken back counts: two people stay two people.
    """
    return Judgement.objects.filter(
        hit__inspection_id=inspection_id,
        outcome=Outcome.SAME,
        by=user_id,
        hit__entry__instruction__in=list(instructions),
    ).exists()
