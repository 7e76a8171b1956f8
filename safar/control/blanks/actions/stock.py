"""Loose blanks: received, handed to an office, spoiled, lost, destroyed by two people."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.blanks.actions.moving import between, locked, moved, received
from safar.control.blanks.choices import TRAVEL_DOCUMENTS, BlankKind, BlankState, MovementKind
from safar.control.blanks.models import Blank, BlankDestruction
from safar.control.blanks.policies import at_headquarters, at_her_office, not_own_proposal
from safar.control.blanks.rules.numbering import ranges
from safar.control.blanks.workflow import BLANK, DESTRUCTION
from safar.control.documents import actions as documents
from safar.control.documents.queries.stolen import batch_between
from safar.control.offices.models import IssuingOffice
from safar.core import node
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@action("blanks.receive", policies=(at_headquarters,))
def receive_blanks(
    actor: Actor, target: None, *, first: str, last: str, kind: str = BlankKind.STICKER
) -> int:
    """Received blanks from the printer into the central store, from number to number."""
    blanks = [Blank(number=number, kind=kind) for number in between(first, last)]
    return received(actor, blanks)


@action("blanks.hand", policies=(at_headquarters,))
def hand_blanks(actor: Actor, target: IssuingOffice, *, first: str, last: str) -> int:
    """Sent blanks from the central store to an office: on the way until acknowledged."""
    blanks = locked(None, between(first, last), (BlankState.IN_HAND,), reach=True)
    for blank in blanks:
        BLANK.move(blank, "send")
        blank.holder, blank.box = target, None
    return moved(actor, blanks, MovementKind.SENT)


@action("blanks.acknowledge", policies=(at_her_office,))
def acknowledge_blanks(actor: Actor, target: IssuingOffice, *, first: str, last: str) -> int:
    """Acknowledged blanks that came to an office: they are in hand there now."""
    blanks = locked(target.pk, between(first, last), (BlankState.ON_THE_WAY,), reach=True)
    for blank in blanks:
        BLANK.move(blank, "acknowledge")
    return moved(actor, blanks, MovementKind.ACKNOWLEDGED)


@action("blanks.spoil", policies=(at_her_office,))
def spoil_blanks(
    actor: Actor, target: IssuingOffice | None, *, numbers: Sequence[str], reason: str
) -> int:
    """Noted blanks as spoiled: they are no longer issued, and wait to be destroyed."""
    return _drop(
        actor, target.pk if target else None, numbers, "spoil", (BlankState.IN_HAND,), reason
    )


@action("blanks.lose", policies=(at_her_office,))
def lose_blanks(
    actor: Actor, target: IssuingOffice | None, *, numbers: Sequence[str], reason: str
) -> int:
    """Reported blanks as lost or stolen: caught at every booth from now on."""
    states = (BlankState.IN_HAND, BlankState.ON_THE_WAY, BlankState.SPOILED)
    return _drop(actor, target.pk if target else None, numbers, "lose", states, reason)


@action("blanks.propose_destruction", policies=(at_her_office,))
def propose_destruction(
    actor: Actor, target: IssuingOffice | None, *, numbers: Sequence[str], reason: str
) -> BlankDestruction:
    """Proposed to destroy blanks; a second person has to be there."""
    _refuse_without(reason)
    blanks = locked(
        target.pk if target else None, numbers, (BlankState.IN_HAND, BlankState.SPOILED)
    )
    proposed = BlankDestruction(
        numbers=[blank.number for blank in blanks],
        holder=target,
        reason=reason.strip(),
        proposed_at=timezone.now(),
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )
    proposed.save(force_insert=True)
    note(count=len(blanks))
    return proposed


@action("blanks.destroy", policies=(at_her_office, not_own_proposal))
def destroy_blanks(actor: Actor, target: BlankDestruction) -> BlankDestruction:
    """Destroyed blanks, as the second of two people."""
    blanks = locked(target.holder_id, target.numbers, (BlankState.IN_HAND, BlankState.SPOILED))
    for blank in blanks:
        BLANK.move(blank, "destroy")
    first = {"second_id": target.proposed_by_id, "second_name": target.proposed_by_name}
    moved(actor, blanks, MovementKind.DESTROYED, reason=target.reason, **first)
    return _decide(actor, target, "destroy")


@action("blanks.decline_destruction", policies=(at_her_office, not_own_proposal))
def decline_destruction(actor: Actor, target: BlankDestruction) -> BlankDestruction:
    """Declined to destroy blanks: they stay where they are."""
    return _decide(actor, target, "decline")


def _drop(
    actor: Actor,
    holder: str | None,
    numbers: Sequence[str],
    move: str,
    states: Sequence[BlankState],
    reason: str,
) -> int:
    _refuse_without(reason)
    # A box under seal may be stolen; what lies in it cannot be spoiled by itself.
    blanks = locked(holder, numbers, states, reach=move == "spoil")
    for blank in blanks:
        BLANK.move(blank, move)
    kind = MovementKind.SPOILED if move == "spoil" else MovementKind.LOST
    if kind == MovementKind.LOST:
        _tell_the_booths(actor, blanks)
    return moved(actor, blanks, kind, reason=reason.strip())


def _tell_the_booths(actor: Actor, blanks: Sequence[Blank]) -> None:
    """Whoever may report a blank as lost reports it to the booths by that.

    Of a sticker the check of the visa knows; a thief would travel with the others.
    """
    lent = replace(actor, permissions=actor.permissions | {"documents.report_batch"})
    numbers = [blank.number for blank in blanks if blank.kind in TRAVEL_DOCUMENTS]
    for first, last in ranges(numbers):
        if not batch_between(node.country(), first, last):
            documents.report_batch(
                lent, None, issuer=node.country(), kind="", first=first, last=last,
                reference_text=f"blanks {first}",
            )  # fmt: skip


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")


def _decide(actor: Actor, target: BlankDestruction, move: str) -> BlankDestruction:
    DESTRUCTION.move(target, move)
    target.decided_at = timezone.now()
    target.decided_by_id = actor.user_id
    target.decided_by_name = actor.name
    target.save()
    return target
