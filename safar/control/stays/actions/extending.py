"""Extensions: asked for, granted or refused by another officer, withdrawn."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.border.actions.extending import extend_stay
from safar.control.border.choices import ExtensionGround
from safar.control.border.models import Crossing
from safar.control.stays.choices import ExtensionStatus
from safar.control.stays.models import ExtensionApplication
from safar.control.stays.policies import in_sight, not_preparer
from safar.control.stays.queries.closing import left_on
from safar.control.stays.queries.entries import refuse_citizen, stay_of
from safar.control.stays.workflow import EXTENSION
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor

WEEKS_TO_ANNUL: Final = timedelta(weeks=2)


@dataclass(frozen=True)
class Asked:
    """What the traveller asks for: until which day, why, what she brought, the receipt of the fee."""

    until: date
    ground: str
    note: str
    fee_receipt: str


@action("stays.ask_extension", policies=(in_sight, by_a_person))
def ask_extension(actor: Actor, entry: Crossing, *, asked: Asked) -> ExtensionApplication:
    """Recorded an application to stay longer

    Raises:
        RuleBroken: of a citizen, of a stay without a last day, until a day that is not later,
            without words or receipt.
        InvalidMove: another application for this stay waits.
    """
    before = _refuse_impossible(entry, asked)
    current = stay_of(entry)
    made = ExtensionApplication(
        crossing=entry,
        entered_at=entry.crossed_at,
        entered_on=current.entered_on,
        post_id=entry.post_id,
        traveller_id=entry.traveller_id,
        document_id=entry.document_id,
        permitted_before=before,
        asked_on=timezone.localdate(),
        until_asked=asked.until,
        ground=ExtensionGround(asked.ground),
        note=asked.note.strip(),
        fee_receipt=asked.fee_receipt.strip().upper(),
        prepared_at=timezone.now(),
        prepared_by_id=actor.person_id,
        prepared_by_name=actor.name,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise InvalidMove(_("An application for this stay already waits.")) from None
    note(ground=str(asked.ground))
    return made


@action("stays.grant_extension", policies=(in_sight, by_a_person, not_preparer))
def grant_extension(
    actor: Actor, target: ExtensionApplication, *, until: date, reason: str = ""
) -> ExtensionApplication:
    """Granted an extension: the booth counts against the new day

    Raises:
        RuleBroken: longer than was asked for, not longer than the stay, or until a day that is over,
            unless it was asked for in time: that the decision came late is not her doing.
    """
    if until > target.until_asked:
        raise RuleBroken(_("This is longer than was asked for."), field="until")
    if until <= target.permitted_before:
        raise RuleBroken(_("This day is not later than the one that holds."), field="until")
    if until < timezone.localdate() and not target.in_time:
        raise RuleBroken(_("This day is over."), field="until")
    EXTENSION.move(target, "grant")
    target.granted_until = until
    _decided(actor, target, reason)
    entry = Crossing.objects.get(pk=target.crossing_id, crossed_at=target.entered_at)
    extend_stay(actor, entry, until=until, ground=target.ground, prepared_by=target.prepared_by_id)
    return target


@action("stays.refuse_extension", policies=(in_sight, by_a_person, not_preparer))
def refuse_extension(
    actor: Actor, target: ExtensionApplication, *, reason: str
) -> ExtensionApplication:
    """Refused an extension, with the reason"""
    if not reason.strip():
        raise RuleBroken(_("Write why, in words for the applicant."), field="reason")
    EXTENSION.move(target, "refuse")
    return _decided(actor, target, reason)


@action("stays.withdraw_extension", policies=(in_sight, by_a_person))
def withdraw_extension(
    _actor: Actor, target: ExtensionApplication, *, reason: str
) -> ExtensionApplication:
    """Took note that the traveller withdrew her application"""
    if not reason.strip():
        raise RuleBroken(_("Write how she told you."), field="reason")
    EXTENSION.move(target, "withdraw")
    target.ended_at, target.decision_reason = timezone.now(), reason.strip()
    target.save()
    return target


@action("stays.end_of_who_left", policies=(role_suffices,))
def end_of_who_left(_actor: Actor, _target: None, *, day: date | None = None) -> int:
    """Ended applications to stay longer of those who left more than two weeks ago

    So long, because an exit that was recorded for the wrong person is annulled within days.
    """
    edge = (day or timezone.localdate()) - WEEKS_TO_ANNUL
    ended = 0
    for row in ExtensionApplication.objects.filter(status=ExtensionStatus.ASKED).iterator():
        gone = left_on(row.crossing_id, row.traveller_id)
        if gone is not None and gone < edge:
            EXTENSION.move(row, "withdraw")
            row.ended_at = timezone.now()
            row.decision_reason = gettext("Left on {day}.").format(day=gone.isoformat())
            row.save()
            ended += 1
    note(ended=ended)
    return ended


def _decided(actor: Actor, target: ExtensionApplication, reason: str) -> ExtensionApplication:
    target.decided_at = target.ended_at = timezone.now()
    target.decided_by_id, target.decided_by_name = actor.person_id, actor.name
    target.decision_reason = reason.strip()
    target.save()
    return target


def _refuse_impossible(entry: Crossing, asked: Asked) -> date:
    """The last permitted day as it stands; raise where nothing can be asked for."""
    refuse_citizen(entry)
    before = stay_of(entry).until
    if before is None:
        raise RuleBroken(_("This entry sets no last day of stay."))
    if asked.until <= before:
        raise RuleBroken(_("This day is not later than the one that holds."), field="until")
    if asked.until < timezone.localdate():
        raise RuleBroken(_("This day is over."), field="until")
    if not asked.note.strip():
        raise RuleBroken(_("Write what she says and what she brought."), field="note")
    receipt = asked.fee_receipt.strip().upper()
    if not receipt:
        raise RuleBroken(_("Write the number of the receipt."), field="fee_receipt")
    if ExtensionApplication.objects.filter(fee_receipt=receipt).exists():
        raise RuleBroken(_("This receipt is recorded already."), field="fee_receipt")
    return before
