"""Shifts and booths: opened, signed on to, handed over; and the log that the law asks for."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import Direction, LogHeading, ShiftStatus
from safar.control.border.models import Shift, ShiftLogEntry, SignOn
from safar.control.border.policies import own_booth, own_post
from safar.control.border.workflow import SHIFT
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.reference import queries as reference
from safar.reference.models import CrossingPoint


@action("border.open_shift", policies=(own_post,))
def open_shift(actor: Actor, target: CrossingPoint) -> Shift:
    """Opened a shift at a post."""
    return _open(actor, target.code, previous=None)


@action("border.hand_over_shift", policies=(own_post,))
def hand_over_shift(actor: Actor, target: Shift, *, hand_over_note: str) -> Shift:
    """Handed a shift over to whoever takes over at the post."""
    if not hand_over_note.strip():
        raise RuleBroken(_("Write what the next shift must know."), field="hand_over_note")
    target.hand_over_note = hand_over_note
    return _end(actor, target, "hand_over")


@action("border.close_shift", policies=(own_post,))
def close_shift(actor: Actor, target: Shift) -> Shift:
    """Closed a shift after which the post rests."""
    return _end(actor, target, "close")


@action("border.take_over_shift", policies=(own_post,))
def take_over_shift(actor: Actor, target: Shift) -> Shift:
    """Took over from the shift before: a new shift begins."""
    SHIFT.move(target, "take_over")
    target.save()
    return _open(actor, target.post_id, previous=target)


@action("border.log_event", policies=(own_post,))
def log_event(actor: Actor, target: Shift, *, heading: LogHeading, text: str) -> ShiftLogEntry:
    """Wrote a line into the log of a shift. Schengen Borders Code, Annex II."""
    if target.status != ShiftStatus.OPEN:
        raise InvalidMove(_("This shift has ended. Write into the log of the open one."))
    entry = ShiftLogEntry(
        shift=target,
        heading=heading,
        text=text,
        written_at=timezone.now(),
        written_by_id=actor.person_id,
    )
    entry.save(force_insert=True)
    note(heading=str(heading))
    return entry


@action("border.sign_on", policies=(own_post,))
def sign_on(actor: Actor, target: CrossingPoint, *, lane: str, direction: Direction) -> SignOn:
    """Signed on to a lane of a post."""
    open_shifts = Shift.objects.select_for_update().filter(status=ShiftStatus.OPEN)
    shift = open_shifts.filter(post=target).first()
    if shift is None:
        raise RuleBroken(_("No shift is open at this post. The shift leader opens it."))
    allowed = {str(row.number) for row in reference.lanes(target.code)}
    if lane not in allowed:
        raise RuleBroken(_("This post has no such lane."), field="lane")
    began = SignOn(
        shift=shift,
        post=target,
        lane=lane,
        direction=direction,
        officer_id=actor.person_id,
        began_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            began.save(force_insert=True)
    except IntegrityError:
        raise InvalidMove(_("Somebody is signed on to this lane, or you to another.")) from None
    note(lane=lane, direction=str(direction))
    return began


@action("border.sign_off", policies=(own_booth,))
def sign_off(actor: Actor, target: SignOn) -> SignOn:
    """Signed off from a lane."""
    return _sign_off(target)


@action("border.end_sign_on", policies=(own_post,))
def end_sign_on(actor: Actor, target: SignOn) -> SignOn:
    """Signed an officer off who left without doing so."""
    if target.ended_at is not None:
        raise InvalidMove(_("This officer has signed off already."))
    return _sign_off(target)


def _sign_off(sign_on: SignOn) -> SignOn:
    sign_on.ended_at = timezone.now()
    sign_on.save()
    return sign_on


def _open(actor: Actor, post: str, previous: Shift | None) -> Shift:
    shift = Shift(
        post_id=post, opened_at=timezone.now(), opened_by_id=actor.person_id, previous=previous
    )
    try:
        with transaction.atomic():
            shift.save(force_insert=True)
    except IntegrityError:
        raise InvalidMove(_("A shift is already open at this post.")) from None
    return shift


def _end(actor: Actor, shift: Shift, move: str) -> Shift:
    SHIFT.move(shift, move)
    shift.ended_at = timezone.now()
    shift.ended_by_id = actor.user_id
    shift.save()
    SignOn.objects.filter(shift=shift, ended_at=None).update(ended_at=shift.ended_at)
    return shift
