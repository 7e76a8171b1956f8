"""The first line decides: admit, pass with a reason, refer, refuse; or the traveller leaves the flow."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.border.actions.visas import last_day_of, use_shown_visa
from safar.control.border.choices import DecisionKind, Direction, Line
from safar.control.border.models import Crossing, Decision, FlowExit, Inspection, Referral
from safar.control.border.policies import is_clear, not_held, own_booth
from safar.control.border.queries.facts import likenesses, listed_since, person_of, standing_report
from safar.control.travellers import actions as travellers
from safar.control.travellers.models import TravelDocument, Traveller
from safar.control.travellers.queries import recognition
from safar.control.travellers.read_document import ReadDocument
from safar.control.watchlist import queries as watchlist_queries
from safar.control.watchlist.actions import hits as watchlist
from safar.core import node
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.prepared import prepared
from safar.reference import queries as reference

FRESH = timedelta(minutes=15)


@dataclass(frozen=True)
class CrossingDetails:
    """What the officer adds to the document: codes of `reference`, texts as typed.

    `permitted_until` is the last day by a visa or permit, where no rule gave one.
    """

    purpose: str = ""
    destination: str = ""
    conveyance: str = ""
    permitted_until: date | None = None


@action("border.admit", policies=(own_booth, is_clear))
def admit(actor: Actor, target: Inspection, *, key: UUID, details: CrossingDetails) -> Crossing:
    """Admitted a traveller who was clear."""
    decision = decide(actor, target, key=key, kind=DecisionKind.ADMIT)
    return record_crossing(actor, decision, details)


@action("border.pass_with_reason", policies=(own_booth, not_held))
def pass_with_reason(
    actor: Actor, target: Inspection, *, key: UUID, details: CrossingDetails, reason: str
) -> Crossing:
    """Admitted a traveller in spite of remarks, with a reason."""
    decision = decide(actor, target, key=key, kind=DecisionKind.ADMIT, reason=reason)
    return record_crossing(actor, decision, details)


@action("border.refer", policies=(own_booth,))
def refer(actor: Actor, target: Inspection, *, key: UUID, reason: str) -> Referral:
    """Sent a traveller to second line."""
    decision = decide(actor, target, key=key, kind=DecisionKind.REFER, reason=reason)
    existing = Referral.objects.filter(inspection=target).first()
    if existing:
        return existing
    _register(actor, target)
    referral = Referral(
        inspection=target,
        reason=reason,
        referred_at=decision.decided_at,
        referred_by_id=actor.person_id,
    )
    referral.save(force_insert=True)
    return referral


@action("border.refuse", policies=(own_booth,))
def refuse(
    actor: Actor, target: Inspection, *, key: UUID, grounds: list[str], reason: str = ""
) -> Decision:
    """Refused entry. Schengen Borders Code Art. 14 and Annex V Part B are the model."""
    decision = refusal(actor, target, key=key, grounds=grounds, reason=reason)
    _register(actor, target)
    return decision


@action("border.leave_flow", policies=(own_booth,), audited=False)
def leave_flow(actor: Actor, target: Inspection, *, key: UUID | None = None) -> FlowExit:
    """A traveller left the ordinary flow: asylum was asked for, or trafficking is suspected.

    Geneva Convention Art. 33; Palermo Protocol Art. 6. Nothing but the post and the day is
    kept, and the inspection stays undecided, as if it had been set aside.
    """
    return flow_exit(target.post_id, key)


def flow_exit(post: str, key: UUID | None) -> FlowExit:
    """Count one more who left the flow at a post today; the same key again counts no more.

    The key is random (version 4) and made by the form: it holds no time and leads nowhere.
    """
    if key is None or key.version != 4:
        key = uuid4()
    known = FlowExit.objects.filter(pk=key).first()
    if known:
        return known
    today = timezone.now().astimezone(reference.time_zone(post)).date()
    left = FlowExit(id=key, post_id=post, day=today)
    left.save(force_insert=True)
    return left


def refusal(
    actor: Actor,
    inspection: Inspection,
    *,
    key: UUID,
    grounds: list[str],
    reason: str,
    line: Line = Line.FIRST,
) -> Decision:
    """Record a refusal of entry on known grounds.

    Raises:
        RuleBroken: on exit, without a ground, or with one that is not in the list.
    """
    if inspection.direction != Direction.ENTRY:
        raise RuleBroken(_("Refusal is for entry. On exit, send to second line."))
    if inspection.document["nationality"] == node.country():
        raise RuleBroken(_("A citizen is not refused entry. In doubt, send to second line."))
    known = {ground.code for ground in reference.refusal_grounds()}
    if not grounds or not set(grounds) <= known:
        raise RuleBroken(_("Choose at least one ground from the list."), field="grounds")
    note(grounds=sorted(grounds))
    return decide(
        actor,
        inspection,
        key=key,
        kind=DecisionKind.REFUSE,
        grounds=sorted(grounds),
        reason=reason,
        line=line,
    )


def decide(
    actor: Actor,
    inspection: Inspection,
    *,
    key: UUID,
    kind: DecisionKind,
    grounds: list[str] | None = None,
    reason: str = "",
    line: Line = Line.FIRST,
) -> Decision:
    """Record a decision once: the same key again returns the first, another key is refused.

    Raises:
        InvalidMove: somebody already decided otherwise on this line.
    """
    existing = next(iter(_decided(key, inspection.pk, str(line))), None)
    if existing is not None:
        if (existing.pk, existing.kind, existing.inspection_id) == (key, kind, inspection.pk):
            return existing
        raise InvalidMove(
            _("This was already decided. Scan the document again to see how it stands.")
        )
    if kind == DecisionKind.ADMIT:
        if line == Line.FIRST:
            _refuse_stale(inspection)
        _refuse_listed_since(inspection)
        _refuse_reported_since(inspection)
    decision = Decision(
        id=key,
        inspection=inspection,
        line=line,
        kind=kind,
        grounds=grounds or [],
        reason=reason,
        decided_at=timezone.now(),
        decided_by_id=actor.person_id,
    )
    decision.save(force_insert=True)
    return decision


@prepared
def _decided(key: UUID, inspection: UUID, line: str) -> QuerySet[Decision]:
    return Decision.objects.filter(Q(pk=key) | Q(inspection=inspection, line=line)).order_by("pk")


def _refuse_stale(inspection: Inspection) -> None:
    """Lists and days of stay move on: what was found a while ago is not decided on.

    Raises:
        InvalidMove: it is too old, or the traveller has crossed since, perhaps at another booth.
    """
    if timezone.now() - inspection.inspected_at > FRESH:
        raise InvalidMove(_("This was read a while ago. Scan the document again."))
    read = ReadDocument.from_json(inspection.document)
    with connection.cursor() as cursor:  # two booths with one document decide one after the other
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{read.issuer} {read.number}"]
        )
    key = inspection.traveller_id or recognition(read).traveller_id
    if key is None:
        return
    if _crossed_since(key, inspection.inspected_at):
        raise InvalidMove(_("This traveller has crossed since. Scan the document again."))


def _refuse_listed_since(inspection: Inspection) -> None:
    """Nobody is admitted past an entry that was published after she was screened.

    Of an entry that the booth may not know of nothing is said: its hit is raised with the
    crossing.

    Raises:
        InvalidMove: such an entry may be she.
    """
    if any(watchlist_queries.for_first_line(match).shown for match in listed_since(inspection)):
        raise InvalidMove(_("A list has changed since. Scan the document again."))


def _refuse_reported_since(inspection: Inspection) -> None:
    """Nobody is admitted on a document that was reported, or cancelled, after it was read.

    What stood already when it was read, the officer has seen.

    Raises:
        InvalidMove: it was.
    """
    if any(one["code"] == "document.reported" for one in inspection.findings):
        return
    read = ReadDocument.from_json(inspection.document)
    if standing_report(read) is not None:
        raise InvalidMove(_("This document was reported since. Scan it again."))


@prepared
def _crossed_since(traveller: UUID, since: datetime) -> QuerySet[Crossing, tuple[UUID]]:
    rows = Crossing.objects.filter(traveller=traveller, crossed_at__gt=since)
    return rows.values_list("pk")[:1]


@prepared
def _recorded(key: UUID, at: datetime) -> QuerySet[Crossing]:
    return Crossing.objects.filter(pk=key, crossed_at=at)


def record_crossing(actor: Actor, decision: Decision, details: CrossingDetails) -> Crossing:
    """Put the entry or exit on record. Its key is the decision's, so it exists at most once."""
    existing = _recorded(decision.pk, decision.decided_at)
    if existing:
        return existing[0]
    inspection = decision.inspection
    document = _register(actor, inspection)
    read = ReadDocument.from_json(inspection.document)
    crossing = Crossing(
        id=decision.pk,
        crossed_at=decision.decided_at,
        received_at=timezone.now(),
        direction=inspection.direction,
        post_id=inspection.post_id,
        lane=inspection.lane,
        traveller_id=document.traveller_id,
        document=document,
        citizenship=read.nationality,
        sex=read.sex,
        birth_year=read.birth.year if read.birth else None,
        purpose=details.purpose,
        destination=details.destination,
        conveyance=details.conveyance,
        permitted_until=last_day_of(decision, details.permitted_until),
        inspection=inspection,
        officer_id=actor.person_id,
    )
    crossing.save(force_insert=True)
    use_shown_visa(actor, decision, crossing)
    return crossing


def _register(actor: Actor, inspection: Inspection) -> TravelDocument:
    """Return the document's row, under the traveller it was recognised as.

    Hits are raised with it: of discreet entries too, which no booth has shown.
    """
    read = ReadDocument.from_json(inspection.document)
    # New when she was inspected, perhaps registered since: the first line referred her.
    key = inspection.traveller_id or recognition(read).traveller_id
    known = Traveller.objects.get(pk=key) if key else None
    document = travellers.register(actor, known, document=read)
    since = listed_since(inspection)
    if inspection.matched or since:
        wanted = {*inspection.matched, *(match.entry_id for match in since)}
        watchlist.raise_hits(
            actor,
            None,
            traveller_id=document.traveller_id,
            inspection_id=inspection.pk,
            matches=[match for match in likenesses(read) if match.entry_id in wanted],
            person=person_of(read),
        )
    return document
