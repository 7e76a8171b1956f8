"""The first line decides: admit, pass with a reason, refer, refuse; or the traveller leaves the flow."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import DecisionKind, Direction, Line
from safar.control.border.models import Crossing, Decision, FlowExit, Inspection, Referral
from safar.control.border.policies import is_clear, not_held, own_booth
from safar.control.border.queries.facts import likenesses
from safar.control.travellers import actions as travellers
from safar.control.travellers.models import TravelDocument, Traveller
from safar.control.travellers.queries import recognition
from safar.control.travellers.read_document import ReadDocument
from safar.control.watchlist.actions import hits as watchlist
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.reference import queries as reference


@dataclass(frozen=True)
class CrossingDetails:
    """What the officer adds to the document: codes of `reference`, texts as typed.

    `same_as` is one of the inspection's possible travellers, where the officer holds that
    this is the same person.
    """

    purpose: str = ""
    destination: str = ""
    conveyance: str = ""
    same_as: UUID | None = None


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
    _register(actor, target, None)
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
    _register(actor, target, None)
    return decision


@action("border.leave_flow", policies=(own_booth,), audited=False)
def leave_flow(actor: Actor, target: Inspection) -> FlowExit:
    """A traveller left the ordinary flow: asylum was asked for, or trafficking is suspected.

    Geneva Convention Art. 33; Palermo Protocol Art. 6. Nothing but the post and the day is
    kept, and the inspection stays undecided, as if it had been set aside.
    """
    return flow_exit(target.post_id)


def flow_exit(post: str) -> FlowExit:
    """Count one more who left the flow at a post today."""
    today = timezone.now().astimezone(reference.time_zone(post)).date()
    left = FlowExit(post_id=post, day=today)
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
    existing = Decision.objects.filter(inspection=inspection, line=line).first()
    if existing is not None:
        if (existing.pk, existing.kind) == (key, kind):
            return existing
        raise InvalidMove(
            _("This was already decided. Scan the document again to see how it stands.")
        )
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


def record_crossing(actor: Actor, decision: Decision, details: CrossingDetails) -> Crossing:
    """Put the entry or exit on record. Its key is the decision's, so it exists at most once."""
    existing = Crossing.objects.filter(pk=decision.pk, crossed_at=decision.decided_at).first()
    if existing:
        return existing
    inspection = decision.inspection
    document = _register(actor, inspection, details.same_as)
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
        permitted_until=inspection.permitted_until,
        inspection=inspection,
        officer_id=actor.person_id,
    )
    crossing.save(force_insert=True)
    return crossing


def _register(actor: Actor, inspection: Inspection, same_as: UUID | None) -> TravelDocument:
    """Return the document's row, under the traveller it was recognised as or said to be.

    Hits are raised with it: of discreet entries too, which no booth has shown.
    """
    read = ReadDocument.from_json(inspection.document)
    # New when she was inspected, perhaps registered since: the first line referred her.
    key = inspection.traveller_id or recognition(read).traveller_id
    if key is None and same_as in inspection.possible:
        key = same_as
    known = Traveller.objects.get(pk=key) if key else None
    document = travellers.register(actor, known, document=read)
    if inspection.matched:
        watchlist.raise_hits(
            actor,
            None,
            traveller_id=document.traveller_id,
            inspection_id=inspection.pk,
            matches=[m for m in likenesses(read) if m.entry_id in inspection.matched],
        )
    return document
