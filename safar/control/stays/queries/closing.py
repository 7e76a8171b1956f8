"""Why is an overstay that was on the list no longer one?"""

from dataclasses import dataclass
from datetime import date
from itertools import dropwhile
from uuid import UUID

from safar.control.border.choices import Direction
from safar.control.border.models import StayExtension
from safar.control.border.queries.crossings import movements
from safar.control.border.rules.facts import Movement
from safar.control.stays.choices import Closed
from safar.control.stays.models import Overstay
from safar.control.stays.queries.waiting import waiting_in_time
from safar.control.travellers.queries import same_person_as
from safar.lib.stay import overstay_on_exit


@dataclass(frozen=True)
class Ending:
    """Why, and where she was seen to leave: on which day, so many days over."""

    because: Closed
    left_on: date | None = None
    days_over: int | None = None


def ending(overstay: Overstay, day: date) -> Ending:
    """Return why an overstay ended. Asked of one that `finding` no longer has."""
    following = _from(overstay.crossing_id, overstay.traveller_id)
    if not following or following[0].direction != Direction.ENTRY:
        return Ending(Closed.ANNULLED)
    entry = following[0]
    if len(following) > 1:
        return _left(overstay, entry, following[1])
    if entry.permitted_until is None or entry.permitted_until != overstay.until:
        return Ending(_changed(overstay))
    if entry.excused and (entry.excused.until is None or entry.excused.until >= overstay.since):
        return Ending(Closed.REBUTTED)
    if waiting_in_time(overstay.crossing_id):
        return Ending(Closed.WAITS)
    return Ending(Closed.RECORD)


def left_on(crossing: UUID, traveller: UUID) -> date | None:
    """The day on which she was seen to leave after an entry, whichever document she showed."""
    following = _from(crossing, traveller)[1:2]
    return next((move.day for move in following if move.direction == Direction.EXIT), None)


def _from(crossing: UUID, traveller: UUID) -> list[Movement]:
    """Her movements from an entry on; none where it does not stand."""
    moves = movements(same_person_as(traveller))
    return list(dropwhile(lambda move: move.crossing_id != crossing, moves))


def _left(overstay: Overstay, entry: Movement, after: Movement) -> Ending:
    if after.direction != Direction.EXIT:
        return Ending(Closed.ENTERED_AGAIN)
    last = entry.permitted_until or after.day
    if entry.excused:
        last = max(last, entry.excused.until or after.day)
    over = overstay_on_exit(entry.day, last, after.day)
    return Ending(Closed.EXIT, after.day, over.days)


def _changed(overstay: Overstay) -> Closed:
    extended = StayExtension.objects.filter(crossing_id=overstay.crossing_id).exists()
    return Closed.EXTENDED if extended else Closed.CORRECTED
