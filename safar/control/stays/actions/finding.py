"""The night's work: overstays are put on the list, and those that ended are closed."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.stays.models import Overstay, OverstayNight
from safar.control.stays.queries.closing import ending
from safar.control.stays.queries.finding import Over, Selection, over
from safar.core.action import action, note, role_suffices
from safar.core.errors import NotFound
from safar.core.permissions import Actor

AT_ONCE = 1000


@action("stays.find_overstays", policies=(role_suffices,))
def find_overstays(actor: Actor, _target: None, *, day: date | None = None) -> tuple[int, int]:
    """Put overstays on the list and closed those that ended

    Returns:
        How many were added, and how many closed. A second run on the same records: none.
    """
    today = day or timezone.localdate()
    found = over(actor, Selection(today), page=None)
    standing = {(one.crossing_id, one.since) for one in found}
    closed = _close_ended(standing, today)
    added = _add(found)
    OverstayNight(day=today, ended_at=timezone.now(), added=added, closed=closed).save()
    note(added=added, closed=closed)
    return added, closed


@action("stays.put_on_list", policies=(by_a_person,))
def put_on_list(actor: Actor, _target: None, *, crossing_id: UUID) -> Overstay:
    """Put an overstay on the list before the night does

    Raises:
        NotFound: the record has no such overstay, or it is not hers to see.
    """
    found = over(actor, Selection(timezone.localdate(), only=crossing_id))
    _add(found)
    row = Overstay.objects.visible_to(actor).filter(crossing_id=crossing_id, closed_at=None).first()
    if not found or row is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return row


def _add(found: list[Over]) -> int:
    """Add those that are not on the list; what another added meanwhile stays once.

    One that was closed and holds again comes on it anew: its exit was annulled, a judgement taken
    back, an application refused.
    """
    keys = [one.crossing_id for one in found]
    standing = Overstay.objects.filter(crossing_id__in=keys, closed_at=None)
    known = set(standing.values_list("crossing_id", flat=True))
    now = timezone.now()
    fresh = [_row(one, now) for one in found if one.crossing_id not in known]
    Overstay.objects.bulk_create(fresh, batch_size=AT_ONCE, ignore_conflicts=True)
    return len(fresh)


def _row(one: Over, now: datetime) -> Overstay:
    return Overstay(
        crossing_id=one.crossing_id,
        entered_at=one.entered_at,
        entered_on=one.entered_on,
        post_id=one.post_id,
        traveller_id=one.traveller_id,
        document_id=one.document_id,
        citizenship=one.citizenship,
        until=one.until,
        since=one.since,
        found_at=now,
    )


def _close_ended(standing: set[tuple[UUID, date]], today: date) -> int:
    ended = [
        row
        for row in Overstay.objects.filter(closed_at=None).iterator(AT_ONCE)
        if (row.crossing_id, row.since) not in standing
    ]
    for row in ended:
        close(row, today)
    return len(ended)


def close(row: Overstay, today: date) -> Overstay:
    """Write down why an overstay ended, as the record tells it now."""
    told = ending(row, today)
    row.closed_at, row.closed_because = timezone.now(), told.because
    row.left_on, row.days_over = told.left_on, told.days_over
    row.save()
    return row
