"""Which applications and visas are past the time for which they are kept?

An application five years after its end: the decision, or the day on which the applicant withdrew;
not before the last day of what was granted. What nobody has decided on is open, however old, and is
kept. A visa, with its uses and its ending, ten years after its last day.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from safar.control.visas.choices.applications import DECIDED, Status
from safar.control.visas.models import Application, Visa, VisaUse
from safar.control.visas.models.visas import MOST_DAYS

VISA_YEARS: Final = 10
YEARS: Final = 5  # as `models.RETENTION` says; the database's own guard counts the same


def over_time(now: datetime | None = None) -> QuerySet[Application]:
    """The applications that are to be erased at a moment."""
    now = now or timezone.now()
    edge = years_before(now, YEARS)
    decided = Q(status__in=DECIDED, decided_at__lt=edge)
    withdrawn = Q(status=Status.WITHDRAWN, ended__lt=edge)
    rows = Application.objects.filter(erased_at=None).annotate(
        ended=Max("moves__at", filter=Q(moves__move="withdraw"))
    )
    today = timezone.localdate(now)
    still_valid = Q(granted_until__gte=today)
    return rows.filter((decided | withdrawn) & (Q(granted_until=None) | ~still_valid))


def years_before(now: datetime, years: int) -> datetime:
    """The same day so many years ago; of 29 February the 28th."""
    try:
        return now.replace(year=now.year - years)
    except ValueError:
        return now.replace(year=now.year - years, day=28)


def visas_over(now: datetime | None = None) -> QuerySet[Visa]:
    """The visas that are to be deleted at a moment."""
    edge = timezone.localdate(years_before(now or timezone.now(), VISA_YEARS))
    return Visa.objects.filter(valid_until__lt=edge - timedelta(days=1))


def lone_uses_over(now: datetime | None = None) -> QuerySet[VisaUse]:
    """Uses of visas that only the list of a post named, counted as of the longest visa there is."""
    edge = timezone.localdate(years_before(now or timezone.now(), VISA_YEARS))
    return VisaUse.objects.filter(visa=None, entered_on__lt=edge - timedelta(days=MOST_DAYS + 1))
