"""Reads of the second line: who waits, whom the machine likens her to, what was decided."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from safar.control.border.choices import Line, ReferralStatus
from safar.control.border.models import Decision, Referral
from safar.control.travellers.read_document import ReadDocument
from safar.control.watchlist import queries as watchlist
from safar.control.watchlist.models import Hit
from safar.core.permissions import Actor
from safar.core.record import get_visible
from safar.lib.names import differences, latin
from safar.reference import queries as reference

OPEN = (ReferralStatus.WAITING, ReferralStatus.TAKEN)
DECIDED_SINCE = timedelta(hours=12)  # one shift
AIM_MINUTES = 20  # a traveller should not wait longer for the second line


@dataclass(frozen=True)
class Waiting:
    """One traveller of the queue, as much as the list needs of her."""

    referral: Referral
    name: str
    minutes: int
    is_minor: bool
    is_mine: bool
    code: str

    @property
    def is_late(self) -> bool:
        return self.minutes > AIM_MINUTES


@dataclass(frozen=True)
class NamePair:
    """A name of an entry beside the traveller's, both as spans of (text, differs)."""

    listed: str
    script: str
    traveller_letters: list[tuple[str, bool]]
    listed_letters: list[tuple[str, bool]]


@dataclass(frozen=True)
class Comparison:
    """A traveller and a list entry side by side."""

    hit: Hit
    names: list[NamePair]
    reasons: tuple[watchlist.Reason, ...]
    record: watchlist.HitRecord

    def count(self, *verdicts: str) -> int:
        return sum(reason.verdict in verdicts for reason in self.reasons)

    @property
    def speaks_for(self) -> int:
        return self.count("agrees", "as_known")

    @property
    def speaks_against(self) -> int:
        return self.count("differs")


def queue(actor: Actor) -> list[Waiting]:
    """Return who waits at her posts: hers first, then children, then by waiting time."""
    rows = _referrals(actor).filter(status__in=OPEN).order_by("referred_at")
    waiting = [_waiting(actor, row) for row in rows]
    return sorted(waiting, key=lambda one: (not one.is_mine, not one.is_minor, -one.minutes))


def decided(actor: Actor) -> QuerySet[Decision]:
    """Return what the second line decided at her posts in the last hours, newest first."""
    since = timezone.now() - DECIDED_SINCE
    rows = Decision.objects.visible_to(actor).filter(line=Line.SECOND, decided_at__gt=since)
    return rows.select_related("inspection").order_by("-decided_at")[:20]


def referral(actor: Actor, key: UUID) -> Referral:
    return get_visible(Referral.objects.select_related(*TOGETHER), actor, key)


def comparisons(actor: Actor, found: Referral) -> list[Comparison]:
    """Return every list entry that the traveller was likened to, best first."""
    document = ReadDocument.from_json(found.inspection.document)
    return [
        _comparison(document, hit)
        for hit in watchlist.hits_of_inspection(actor, found.inspection_id)
    ]


TOGETHER = ("inspection__officer", "inspection__post", "taken_by", "referred_by")


def _referrals(actor: Actor) -> QuerySet[Referral]:
    return Referral.objects.visible_to(actor).select_related(*TOGETHER)


def _waiting(actor: Actor, row: Referral) -> Waiting:
    document = ReadDocument.from_json(row.inspection.document)
    today = timezone.now().astimezone(reference.time_zone(row.inspection.post_id)).date()
    age = document.age_on(today)
    return Waiting(
        referral=row,
        name=document.name,
        minutes=int((timezone.now() - row.referred_at).total_seconds() // 60),
        is_minor=age is not None and age < 18,
        is_mine=row.taken_by_id == actor.user_id,
        code=row.inspection.findings[0]["code"],
    )


def _comparison(document: ReadDocument, hit: Hit) -> Comparison:
    names = [_pair(document.name, name.text, name.script) for name in hit.entry.names.all()[:4]]
    return Comparison(
        hit=hit,
        names=names,
        reasons=watchlist.reasons_of(hit),
        record=watchlist.hit_record(hit.entry_id, besides=hit.inspection_id),
    )


def _pair(traveller: str, listed: str, script: str) -> NamePair:
    left, right = differences(latin(traveller).lower(), latin(listed).lower())
    return NamePair(listed, script, left, right)
