"""What of stays is past the time for which it is kept? Never of a stay that goes on.

Extensions: five years after the decision, and not before the last day that was granted.
Registrations: three years after the traveller was next seen at a border; five years after the
address where she never was. Overstays: three years after the exit, five years where it is missing.
"""

from datetime import date, datetime, time
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from safar.control.border.models import Crossing
from safar.control.stays.choices import ExtensionStatus, RebuttalStatus
from safar.control.stays.models import ExtensionApplication, Overstay, Rebuttal, Registration

# As the models' `retention` says; the database's own guard of registrations counts the same.
DECISION_YEARS: Final = 5
STAY_YEARS: Final = 3
UNSEEN_YEARS: Final = 5  # where the exit is missing


def extensions(today: date) -> QuerySet[ExtensionApplication]:
    """Those decided long ago; a withdrawn one counts from the day on which it was asked for."""
    edge = _start(years_before(today, DECISION_YEARS))
    decided = Q(status__in=(ExtensionStatus.GRANTED, ExtensionStatus.REFUSED), decided_at__lt=edge)
    withdrawn = Q(status=ExtensionStatus.WITHDRAWN, prepared_at__lt=edge)
    return ExtensionApplication.objects.filter(
        decided | withdrawn, Q(granted_until=None) | Q(granted_until__lt=today)
    )


def registrations(today: date) -> QuerySet[Registration]:
    """Those of stays that ended long ago: she was seen at a border since, long ago too."""
    seen = Crossing.objects.filter(
        traveller=OuterRef("traveller"),
        crossed_at__gt=OuterRef("entered_at"),
        crossed_at__lt=_start(years_before(today, STAY_YEARS)),
    )
    edge = years_before(today, UNSEEN_YEARS)
    later = Registration.objects.filter(crossing=OuterRef("crossing"), until__gte=edge)
    extended = ExtensionApplication.objects.filter(
        crossing=OuterRef("crossing"), granted_until__gte=edge
    )
    unseen = Q(~Exists(later), ~Exists(extended), until__lt=edge)
    rows = Registration.objects.filter(until__lt=years_before(today, STAY_YEARS))
    return rows.filter(Q(Exists(seen)) | unseen)


def overstays(today: date) -> QuerySet[Overstay]:
    """Closed ones, with nothing that waits for a decision; what is open is on the list."""
    waiting = Rebuttal.objects.filter(overstay=OuterRef("pk"), status=RebuttalStatus.RECORDED)
    left = Q(left_on__lt=years_before(today, STAY_YEARS))
    unseen = Q(left_on=None, since__lt=years_before(today, UNSEEN_YEARS))
    closed = Overstay.objects.filter(closed_at__isnull=False)
    return closed.filter(left | unseen).exclude(Exists(waiting))


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())
