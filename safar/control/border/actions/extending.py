"""A stay is made longer, or its overstay excused: the last step of what `stays` decided."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import Direction, ExtensionGround, RebuttalGround
from safar.control.border.models import Crossing, StayExcuse, StayExtension
from safar.control.border.queries.amendments import as_it_stands, is_annulled
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.permissions import Actor


@action("border.extend_stay", policies=(role_suffices,))
def extend_stay(
    actor: Actor, target: Crossing, *, until: date, ground: ExtensionGround | str, prepared_by: UUID
) -> StayExtension:
    """Extended a stay: the booth counts against the new day

    Raises:
        InvalidMove: it is no entry, was annulled, or sets no day.
        RuleBroken: the day is not later than the one that holds.
    """
    before = _permitted(actor, target, prepared_by)
    if until <= before:
        raise RuleBroken(_("This day is not later than the one that holds."), field="until")
    extension = StayExtension(
        crossing=target,
        post_id=target.post_id,
        traveller_id=target.traveller_id,
        permitted_before=before,
        until=until,
        ground=ExtensionGround(ground),
        prepared_by_id=prepared_by,
        decided_at=timezone.now(),
        decided_by_id=actor.person_id,
    )
    extension.save(force_insert=True)
    note(ground=str(ground))
    return extension


@action("border.excuse_overstay", policies=(role_suffices,))
def excuse_overstay(
    actor: Actor,
    target: Crossing,
    *,
    ground: RebuttalGround | str,
    until: date | None,
    prepared_by: UUID,
) -> StayExcuse:
    """Accepted what a traveller said of her overstay: the booth is told

    Raises:
        InvalidMove: as for an extension.
        RuleBroken: the day lies inside the permitted stay.
    """
    before = _permitted(actor, target, prepared_by)
    if until is not None and until <= before:
        raise RuleBroken(_("Until this day she was permitted to stay anyway."), field="until")
    excuse = StayExcuse(
        crossing=target,
        post_id=target.post_id,
        traveller_id=target.traveller_id,
        permitted_before=before,
        until=until,
        ground=RebuttalGround(ground),
        prepared_by_id=prepared_by,
        decided_at=timezone.now(),
        decided_by_id=actor.person_id,
    )
    excuse.save(force_insert=True)
    note(ground=str(ground))
    return excuse


def _permitted(actor: Actor, entry: Crossing, prepared_by: UUID) -> date:
    """The last permitted day of an entry as it stands."""
    if prepared_by == actor.person_id:
        raise NotAllowed(_("You prepared this. A second person decides on it."))
    stands = as_it_stands(entry)
    if is_annulled(entry) or stands["direction"] != Direction.ENTRY:
        raise InvalidMove(_("This is no entry that stands: there is no stay to speak of."))
    until: date | None = stands["permitted_until"]
    if until is None:
        raise InvalidMove(_("This entry sets no last day of stay."))
    return until
