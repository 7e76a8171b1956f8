"""Boxes under seal: received, sent, opened by two people, locked where the seal is another."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.blanks.actions.moving import between, moved, received
from safar.control.blanks.choices import BlankState, MovementKind
from safar.control.blanks.models import Blank, Box, BoxOpening, BoxRelease
from safar.control.blanks.policies import (
    at_headquarters,
    at_her_office,
    not_own_proposal,
    not_who_opened,
)
from safar.control.blanks.workflow import BLANK, BOX, OPENING
from safar.control.offices.models import IssuingOffice
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

KNOWN_BOX = _("A box of this number was received before.")
NO_SEAL = _("Write the seal as it reads on the box.")
SAME_SEAL = _("A new seal has a new number.")


@action("blanks.receive_box", policies=(at_headquarters,))
def receive_box(
    actor: Actor, target: None, *, number: str, kind: str, first: str, last: str, seal: str
) -> Box:
    """Received a sealed box from the printer into the central store"""
    if Box.objects.filter(number=_plain(number)).exists():
        raise RuleBroken(KNOWN_BOX, field="number")
    numbers = between(first, last)
    box = Box(
        number=_plain(number), kind=kind, first=numbers[0], last=numbers[-1], seal=_read(seal)
    )
    box.save(force_insert=True)
    received(actor, [Blank(number=one, kind=kind, box=box) for one in numbers])
    note(box=box.number, seal=box.seal)
    return box


@action("blanks.send_box", policies=(at_headquarters,))
def send_box(actor: Actor, target: Box, *, office: IssuingOffice) -> Box:
    """Sent a sealed box from the central store to an office"""
    if target.holder_id is not None:
        raise RuleBroken(_("This box is not in the central store."))
    if target.openings.filter(status="proposed").exists():
        raise RuleBroken(_("Somebody proposed to open this box. Open it, or leave it sealed."))
    BOX.move(target, "send")
    target.holder = office
    target.save()
    _move_what_is_in(actor, target, "send", MovementKind.SENT)
    return target


@action("blanks.acknowledge_box", policies=(at_her_office, by_a_person))
def acknowledge_box(actor: Actor, target: Box, *, seal_seen: str) -> Box:
    """Acknowledged a box that came to an office, by the seal that it bears

    With another seal than the one on record it is locked until headquarters decides.
    """
    right = _read(seal_seen) == target.seal
    BOX.move(target, "arrive" if right else "lock")
    target.arrived_at, target.arrived_by_id = timezone.now(), actor.user_id
    target.save()
    _move_what_is_in(actor, target, "acknowledge", MovementKind.ACKNOWLEDGED)
    note(box=target.number, seal=target.seal, seen=_read(seal_seen), right=right)
    return target


@action("blanks.propose_opening", policies=(at_her_office, by_a_person))
def propose_opening(actor: Actor, target: Box, *, seal_seen: str) -> BoxOpening:
    """Proposed to open a box, and wrote the seal that it bears"""
    if target.status != "sealed":
        raise RuleBroken(_("Only a sealed box is opened."))
    if target.openings.filter(status="proposed").exists():
        raise RuleBroken(_("Somebody proposed to open this box already."))
    opening = BoxOpening(
        box=target,
        seal=target.seal,
        seal_seen=_read(seal_seen),
        proposed_at=timezone.now(),
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )
    opening.save(force_insert=True)
    return opening


@action("blanks.open_box", policies=(at_her_office, by_a_person, not_own_proposal))
def open_box(actor: Actor, target: BoxOpening, *, seal_seen: str) -> BoxOpening:
    """Opened a box as the second of two people who read its seal

    Where either read another seal than the one on record, it is locked instead.
    """
    seen = _read(seal_seen)
    right = target.seal_seen == seen == target.seal
    target.seal_seen_again = seen
    _decide(actor, target, "open" if right else "lock")
    box = Box.objects.select_for_update().get(pk=target.box_id)
    BOX.move(box, "open" if right else "lock")
    box.save()
    note(box=box.number, seal=box.seal, seen=[target.seal_seen, seen], right=right)
    return target


@action("blanks.decline_opening", policies=(at_her_office, by_a_person, not_own_proposal))
def decline_opening(actor: Actor, target: BoxOpening) -> BoxOpening:
    """Declined to open a box: it stays sealed"""
    return _decide(actor, target, "decline")


@action("blanks.reseal_box", policies=(at_her_office, by_a_person))
def reseal_box(actor: Actor, target: Box, *, seal: str) -> Box:
    """Sealed an open box again, with a new seal"""
    # An earlier seal too: the opening by two that it stands for is over.
    known = target.openings.filter(seal=_read(seal))
    if _read(seal) == target.seal or known.exists():
        raise RuleBroken(SAME_SEAL, field="seal")
    # What was taken out is no longer of this box: the night would doubt the new seal for ever.
    # First, for under a seal the database takes none out.
    target.blanks.exclude(state=BlankState.IN_HAND).update(box=None)
    BOX.move(target, "reseal")
    before, target.seal = target.seal, _read(seal)
    target.save()
    note(box=target.number, seal=target.seal, before=before)
    return target


@action("blanks.release_box", policies=(at_headquarters, by_a_person, not_who_opened))
def release_box(actor: Actor, target: Box, *, reason: str) -> Box:
    """Released a locked box after it was counted: its blanks may be used"""
    _refuse_without(reason)
    BoxRelease(
        box=target,
        seal=target.seal,
        reason=reason.strip(),
        released_at=timezone.now(),
        released_by_id=actor.person_id,
        released_by_name=actor.name,
    ).save()
    BOX.move(target, "release")
    target.save()
    note(box=target.number, reason=reason.strip())
    return target


@action("blanks.condemn_box", policies=(at_headquarters, by_a_person, not_who_opened))
def condemn_box(actor: Actor, target: Box, *, reason: str) -> Box:
    """Condemned a locked box: every blank in it is spoiled"""
    _refuse_without(reason)
    BOX.move(target, "condemn")
    target.save()
    _move_what_is_in(actor, target, "spoil", MovementKind.SPOILED, reason=reason.strip())
    note(box=target.number, reason=reason.strip())
    return target


def _move_what_is_in(actor: Actor, box: Box, move: str, kind: MovementKind, **more: Any) -> None:
    """Every blank of a box that is there goes with it; what was lost on the way stays lost."""
    state = BlankState.ON_THE_WAY if move == "acknowledge" else BlankState.IN_HAND
    blanks = list(box.blanks.select_for_update().filter(state=state).order_by("number"))
    for blank in blanks:
        BLANK.move(blank, move)
        blank.holder_id = box.holder_id
    if blanks:
        moved(actor, blanks, kind, **more)


def _decide(actor: Actor, opening: BoxOpening, move: str) -> BoxOpening:
    OPENING.move(opening, move)
    opening.decided_at = timezone.now()
    opening.decided_by_id, opening.decided_by_name = actor.user_id, actor.name
    opening.save()
    return opening


def _plain(text: str) -> str:
    return text.strip().upper()


def _read(seal: str) -> str:
    if not seal.strip():
        raise RuleBroken(NO_SEAL, field="seal_seen")
    return _plain(seal)


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")
