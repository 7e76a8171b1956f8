"""Reads of the second line: who waits, whom the machine likens her to, what was decided."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import Line, ReferralStatus
from safar.control.border.models import ChipCheck, Decision, Referral
from safar.control.travellers.choices import Sex
from safar.control.travellers.read_document import ReadDocument
from safar.control.watchlist import queries as watchlist
from safar.control.watchlist.choices import Outcome
from safar.control.watchlist.models import Hit, Judgement
from safar.core import audit
from safar.core.errors import NotAllowed
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet, get_visible
from safar.lib.names import differences, latin
from safar.reference import queries as reference

OPEN = (ReferralStatus.WAITING, ReferralStatus.TAKEN)
DECIDED_SINCE = timedelta(hours=12)  # one shift
AIM_MINUTES = 20  # a traveller should not wait longer for the second line
FULL_AGE = 18  # Convention on the Rights of the Child, Art. 1
MOST_NAMES = 4  # of an entry, beside the one that was likened


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
    weighs: watchlist.Reason | None  # of the name that was likened only


@dataclass(frozen=True)
class Comparison:
    """A traveller and a list entry side by side.

    `weighs` is what speaks for or against by field (`birth`, `sex`, …), `parts` by part of the
    name.
    """

    hit: Hit
    document: ReadDocument
    names: list[NamePair]
    reasons: tuple[watchlist.Reason, ...]
    record: watchlist.HitRecord

    @property
    def weighs(self) -> dict[str, watchlist.Reason]:
        return {_field(reason): reason for reason in self.reasons if _field(reason) != "part"}

    @property
    def parts(self) -> list[watchlist.Reason]:
        return [reason for reason in self.reasons if _field(reason) == "part"]

    @property
    def history(self) -> list[tuple[Judgement, str]]:
        """Every judgement of the hit with its word, oldest first."""
        words = {**dict(Outcome.choices), Judgement.TAKEN_BACK: _("Taken back")}
        return [(row, str(words[row.outcome])) for row in self.hit.judgements.all()]

    @property
    def sex(self) -> str:
        return str(Sex(self.document.sex).label)

    @property
    def citizenship(self) -> str:
        return reference.country_name(self.document.nationality)

    @property
    def listed_citizenships(self) -> list[str]:
        return [reference.country_name(code) for code in self.hit.entry.citizenships]

    def count(self, *verdicts: str) -> int:
        return sum(reason.verdict in verdicts for reason in self.reasons)

    @property
    def speaks_for(self) -> int:
        return self.count("agrees", "as_known")

    @property
    def speaks_against(self) -> int:
        return self.count("differs")

    @property
    def not_known(self) -> int:
        return self.count("unknown")


def _field(reason: watchlist.Reason) -> str:
    return reason.code.partition(".")[0]


def queue(actor: Actor) -> list[Waiting]:
    """Return who waits at her posts: hers, then children, then by waiting time.

    Whom a colleague has taken comes last: nothing is to be done there.
    """
    rows = _referrals(actor).filter(status__in=OPEN).order_by("referred_at")
    return sorted((_waiting(actor, row) for row in rows), key=_turn)


def _turn(one: Waiting) -> tuple[bool, bool, bool, int]:
    is_elsewhere = one.referral.status == ReferralStatus.TAKEN and not one.is_mine
    return (not one.is_mine, is_elsewhere, not one.is_minor, -one.minutes)


def decided(actor: Actor) -> QuerySet[Decision]:
    """Return what the second line decided at her posts in the last hours, newest first."""
    since = timezone.now() - DECIDED_SINCE
    rows = Decision.objects.visible_to(actor).filter(line=Line.SECOND, decided_at__gt=since)
    return rows.select_related("inspection__referral").order_by("-decided_at")[:20]


def referral(actor: Actor, key: UUID) -> Referral:
    return get_visible(Referral.objects.select_related(*TOGETHER), actor, key)


def open_referral(actor: Actor, key: UUID) -> Referral:
    """Return a referral to be shown, and record that it was opened."""
    found = referral(actor, key)
    audit.opened(actor, "border.second_line", f"Referral:{key}", purpose="second line")
    return found


def her_referral(actor: Actor, key: UUID) -> Referral:
    """Return a referral that she has taken.

    Raises:
        NotAllowed: nobody has taken it, a colleague has, or it is decided.
    """
    found = referral(actor, key)
    if found.status == ReferralStatus.TAKEN and found.taken_by_id == actor.user_id:
        return found
    if found.status == ReferralStatus.TAKEN:
        raise NotAllowed(_("Another officer of the second line has taken this traveller."))
    raise NotAllowed(_("Take this traveller first."))


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
    age = document.youngest_on(today)
    return Waiting(
        referral=row,
        name=document.name,
        minutes=int((timezone.now() - row.referred_at).total_seconds() // 60),
        is_minor=age is not None and age < FULL_AGE,
        is_mine=row.taken_by_id == actor.user_id,
        code=row.inspection.findings[0]["code"],
    )


def _comparison(document: ReadDocument, hit: Hit) -> Comparison:
    reasons = watchlist.reasons_of(hit)
    return Comparison(
        hit=hit,
        document=document,
        names=_names(document, hit, reasons),
        reasons=reasons,
        record=watchlist.hit_record(hit.entry_id, besides=hit.inspection_id),
    )


def _names(
    document: ReadDocument, hit: Hit, reasons: tuple[watchlist.Reason, ...]
) -> list[NamePair]:
    """The name that was likened first, then some of the entry's others."""
    alike = next((reason for reason in reasons if _field(reason) == "name"), None)
    likened = alike.params.get("entry") if alike else None
    names = sorted(hit.entry.names.all(), key=lambda name: name.text != likened)
    return [
        _pair(document.name, name.text, name.script, alike if name.text == likened else None)
        for name in names[:MOST_NAMES]
    ]


def _pair(traveller: str, listed: str, script: str, weighs: watchlist.Reason | None) -> NamePair:
    left, right = differences(_letters(traveller), _letters(listed))
    return NamePair(listed, script, left, right, weighs)


def _letters(name: str) -> str:
    """A name in small Latin letters; the comma after a surname is no difference."""
    return latin(name).lower().replace(",", "")


def chip_checks(actor: Actor, found: Referral) -> RecordQuerySet[ChipCheck]:
    """Return what was found in the chip at each look, the newest first."""
    rows = ChipCheck.objects.visible_to(actor).filter(inspection_id=found.inspection_id)
    return rows.select_related("checked_by")
