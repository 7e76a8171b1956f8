"""Blank stickers: received, handed to a consulate, spoiled, lost, destroyed by two people."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.visas.choices_issued import BlankState, MovementKind
from safar.control.visas.models import (
    BlankDestruction,
    BlankMovement,
    Consulate,
    StickerBlank,
    Visa,
)
from safar.control.visas.policies_issued import (
    at_headquarters,
    at_her_consulate,
    not_own_proposal,
)
from safar.control.visas.rules.numbering import NumberingError, numbers_between
from safar.control.visas.workflow_issued import BLANK, DESTRUCTION
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.node import uuid7
from safar.core.permissions import Actor

SLICE: Final = 1000  # rows of one statement
NONE_IN_HAND = _("There is no blank sticker in hand at this consulate.")
NOT_THERE = _("Not in hand here: {numbers}.")


@action("visas.receive_blanks", policies=(at_headquarters,))
def receive_blanks(actor: Actor, target: None, *, first: str, last: str) -> int:
    """Received blank stickers from the printer into the central store, from number to number."""
    numbers = _between(first, last)
    known = StickerBlank.objects.filter(number__in=numbers).values_list("number", flat=True)[:3]
    if known:
        raise RuleBroken(_("Received before: {numbers}.").format(numbers=", ".join(known)))
    blanks = [StickerBlank(number=number) for number in numbers]
    StickerBlank.objects.bulk_create(blanks, batch_size=SLICE)
    _write(actor, blanks, MovementKind.RECEIVED)
    note(first=first, last=last, count=len(blanks))
    return len(blanks)


@action("visas.hand_blanks", policies=(at_headquarters,))
def hand_blanks(actor: Actor, target: Consulate, *, first: str, last: str) -> int:
    """Sent blank stickers from the central store to a consulate: on the way until acknowledged."""
    blanks = _locked(None, _between(first, last), (BlankState.IN_HAND,))
    for blank in blanks:
        BLANK.move(blank, "send")
        blank.holder = target
    return _moved(actor, blanks, MovementKind.SENT)


@action("visas.acknowledge_blanks", policies=(at_her_consulate,))
def acknowledge_blanks(actor: Actor, target: Consulate, *, first: str, last: str) -> int:
    """Acknowledged blank stickers that came to a consulate: they are in hand there now."""
    blanks = _locked(target.pk, _between(first, last), (BlankState.ON_THE_WAY,))
    for blank in blanks:
        BLANK.move(blank, "acknowledge")
    return _moved(actor, blanks, MovementKind.ACKNOWLEDGED)


@action("visas.spoil_blanks", policies=(at_her_consulate,))
def spoil_blanks(
    actor: Actor, target: Consulate | None, *, numbers: Sequence[str], reason: str
) -> int:
    """Noted blank stickers as spoiled: they are no longer issued, and wait to be destroyed."""
    return _drop(
        actor, target.pk if target else None, numbers, "spoil", (BlankState.IN_HAND,), reason
    )


@action("visas.lose_blanks", policies=(at_her_consulate,))
def lose_blanks(
    actor: Actor, target: Consulate | None, *, numbers: Sequence[str], reason: str
) -> int:
    """Reported blank stickers as lost or stolen: caught at every booth from now on."""
    states = (BlankState.IN_HAND, BlankState.ON_THE_WAY, BlankState.SPOILED)
    return _drop(actor, target.pk if target else None, numbers, "lose", states, reason)


@action("visas.propose_destruction", policies=(at_her_consulate,))
def propose_destruction(
    actor: Actor, target: Consulate | None, *, numbers: Sequence[str], reason: str
) -> BlankDestruction:
    """Proposed to destroy blank stickers; a second person has to be there."""
    _refuse_without(reason)
    blanks = _locked(
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


@action("visas.destroy_blanks", policies=(at_her_consulate, not_own_proposal))
def destroy_blanks(actor: Actor, target: BlankDestruction) -> BlankDestruction:
    """Destroyed blank stickers, as the second of two people."""
    blanks = _locked(target.holder_id, target.numbers, (BlankState.IN_HAND, BlankState.SPOILED))
    for blank in blanks:
        BLANK.move(blank, "destroy")
    first = {"second_id": target.proposed_by_id, "second_name": target.proposed_by_name}
    _moved(actor, blanks, MovementKind.DESTROYED, reason=target.reason, **first)
    return _decide(actor, target, "destroy")


@action("visas.decline_destruction", policies=(at_her_consulate, not_own_proposal))
def decline_destruction(actor: Actor, target: BlankDestruction) -> BlankDestruction:
    """Declined to destroy blank stickers: they stay where they are."""
    return _decide(actor, target, "decline")


def take_blank(holder: Any, wanted: StickerBlank | None) -> StickerBlank:
    """The next blank in hand of a consulate, under a lock; two counters never take the same.

    Raises:
        RuleBroken: none is in hand, or the one that is wanted is not.
    """
    rows = StickerBlank.objects.select_for_update(skip_locked=wanted is None)
    rows = rows.filter(holder_id=holder, state=BlankState.IN_HAND).order_by("number")
    found = rows.filter(pk=wanted.pk).first() if wanted else rows.first()
    if found is None:
        said = NOT_THERE.format(numbers=wanted.number) if wanted else NONE_IN_HAND
        raise RuleBroken(said, field="blank")
    return found


def issue_blank(actor: Actor, blank: StickerBlank, visa: Visa) -> None:
    """Note that a blank became a visa. The database lets that happen once."""
    BLANK.move(blank, "issue")
    blank.save()
    _write(actor, [blank], MovementKind.ISSUED, visa=visa)


def spoil_issued(actor: Actor, visa: Visa, *, reason: str) -> None:
    """Note that the sticker of a visa was spoiled in printing: the visa itself was annulled."""
    blank = StickerBlank.objects.select_for_update().get(number=visa.number)
    BLANK.move(blank, "spoil")
    blank.save()
    _write(actor, [blank], MovementKind.SPOILED, reason=reason)


def _between(first: str, last: str) -> list[str]:
    try:
        return numbers_between(first.strip().upper(), last.strip().upper())
    except NumberingError as problem:
        raise RuleBroken(_("These numbers do not fit: {why}").format(why=problem)) from None


def _locked(
    holder: str | None, numbers: Sequence[str], states: Sequence[BlankState]
) -> list[StickerBlank]:
    """Blanks of a holder under a lock, by number.

    Raises:
        RuleBroken: any of them is not there, or not in such a state.
    """
    rows = StickerBlank.objects.select_for_update().filter(
        number__in=list(numbers), holder_id=holder, state__in=states
    )
    found = list(rows.order_by("number"))
    missing = sorted(set(numbers) - {blank.number for blank in found})
    if missing or not found:
        raise RuleBroken(NOT_THERE.format(numbers=", ".join(missing[:5])), field="numbers")
    return found


def _drop(
    actor: Actor,
    holder: str | None,
    numbers: Sequence[str],
    move: str,
    states: Sequence[BlankState],
    reason: str,
) -> int:
    _refuse_without(reason)
    blanks = _locked(holder, numbers, states)
    for blank in blanks:
        BLANK.move(blank, move)
    kind = MovementKind.SPOILED if move == "spoil" else MovementKind.LOST
    return _moved(actor, blanks, kind, reason=reason.strip())


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")


def _moved(actor: Actor, blanks: list[StickerBlank], kind: MovementKind, **more: Any) -> int:
    StickerBlank.objects.bulk_update(blanks, ["state", "holder"], batch_size=SLICE)
    _write(actor, blanks, kind, **more)
    note(kind=str(kind), count=len(blanks), first=blanks[0].number, last=blanks[-1].number)
    return len(blanks)


def _write(actor: Actor, blanks: Sequence[StickerBlank], kind: MovementKind, **more: Any) -> None:
    batch, now = uuid7(), timezone.now()
    rows = [
        BlankMovement(
            blank=blank, kind=kind, holder_id=blank.holder_id, batch=batch, at=now,
            by_id=actor.user_id, by_name=actor.name, **more,
        )
        for blank in blanks
    ]  # fmt: skip
    BlankMovement.objects.bulk_create(rows, batch_size=SLICE)


def _decide(actor: Actor, target: BlankDestruction, move: str) -> BlankDestruction:
    DESTRUCTION.move(target, move)
    target.decided_at = timezone.now()
    target.decided_by_id = actor.user_id
    target.decided_by_name = actor.name
    target.save()
    return target
