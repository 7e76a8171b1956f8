"""Loose blanks: received, handed to an office, spoiled, lost, found, destroyed by two people."""

from collections.abc import Sequence
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.blanks.actions.moving import between, locked, moved, received
from safar.control.blanks.actions.reporting import end_reports, tell_the_booths
from safar.control.blanks.choices import BlankKind, BlankState, MovementKind
from safar.control.blanks.models import Blank, BlankDestruction
from safar.control.blanks.policies import at_headquarters, at_her_office, not_own_proposal
from safar.control.blanks.workflow import BLANK, DESTRUCTION
from safar.control.offices.models import IssuingOffice
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

DESTROYABLE: Final = (BlankState.IN_HAND, BlankState.SPOILED, BlankState.FOUND)


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
    states = (BlankState.IN_HAND, BlankState.ON_THE_WAY, BlankState.SPOILED, BlankState.FOUND)
    return _drop(actor, target.pk if target else None, numbers, "lose", states, reason)


@action("blanks.find", policies=(at_her_office, by_a_person))
def find_blanks(
    actor: Actor, target: IssuingOffice | None, *, numbers: Sequence[str], reason: str
) -> BlankDestruction:
    """Recorded lost blanks as found again: they are never used, and a second person destroys them

    Where they were meanwhile nobody knows, so no seal and no count brings one back into stock.
    The booths go on holding their numbers until they are destroyed.
    """
    _refuse_without(reason)
    blanks = locked(target.pk if target else None, numbers, (BlankState.LOST,))
    for blank in blanks:
        BLANK.move(blank, "find")
    moved(actor, blanks, MovementKind.FOUND, reason=reason.strip())
    return _propose(actor, target, blanks, reason)


@action("blanks.propose_destruction", policies=(at_her_office,))
def propose_destruction(
    actor: Actor, target: IssuingOffice | None, *, numbers: Sequence[str], reason: str
) -> BlankDestruction:
    """Proposed to destroy blanks; a second person has to be there.

    What lies under a seal cannot be seen by either of them: its box is opened first.
    """
    _refuse_without(reason)
    blanks = locked(target.pk if target else None, numbers, DESTROYABLE, reach=True)
    return _propose(actor, target, blanks, reason)


def _propose(
    actor: Actor, target: IssuingOffice | None, blanks: Sequence[Blank], reason: str
) -> BlankDestruction:
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
    """Destroyed blanks, as the second of two people.

    Of those that were lost and found, the booths' report ends with the last of its numbers.

    Raises:
        NotAllowed: a report would end so that she made herself.
    """
    blanks = locked(target.holder_id, target.numbers, DESTROYABLE, reach=True)
    found = [blank.number for blank in blanks if blank.state == BlankState.FOUND]
    for blank in blanks:
        BLANK.move(blank, "destroy")
    first = {"second_id": target.proposed_by_id, "second_name": target.proposed_by_name}
    moved(actor, blanks, MovementKind.DESTROYED, reason=target.reason, **first)
    end_reports(actor, found)
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
        tell_the_booths(actor, blanks)
    return moved(actor, blanks, kind, reason=reason.strip())


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
