"""Which applications, and the documents made of them, are past the time for which they are kept?

Fifteen years after the last day of the last document that was made; five years after a refusal or
a withdrawal, or after an approval was stopped; a draft thirty days after it was last touched. What
nobody has decided on, and what is approved and not made yet, is open, however old, and is kept.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from safar.control.passports.choices.applications import Status
from safar.control.passports.models import Application, ApplicationMove, Passport

# As `models.RETENTION` says; the database's own guard (`keeping_sql`) counts the same.
DOCUMENT_YEARS: Final = 15
REFUSAL_YEARS: Final = 5
DRAFT_DAYS: Final = 30
ENDED: Final = (Status.MADE, Status.DELIVERED, Status.CANCELLED)


def over_time(now: datetime | None = None) -> QuerySet[Application]:
    """The applications that are to be erased at a moment."""
    now = now or timezone.now()
    edge = years_before(now, REFUSAL_YEARS)
    last_day = timezone.localdate(years_before(now, DOCUMENT_YEARS))
    mine = Passport.objects.filter(application=OuterRef("pk"))
    withdrawals = ApplicationMove.objects.filter(application=OuterRef("pk"), move="withdraw")
    documents = Q(Exists(mine), ~Exists(mine.filter(expires_on__gte=last_day)))
    withdrawn = Q(Exists(withdrawals), ~Exists(withdrawals.filter(at__gte=edge)))
    stops = ApplicationMove.objects.filter(application=OuterRef("pk"), move="revoke")
    stopped = Q(~Exists(mine), Exists(stops), ~Exists(stops.filter(at__gte=edge)))
    return Application.objects.filter(
        Q(status=Status.DRAFT, changed_at__lt=now - timedelta(days=DRAFT_DAYS))
        | Q(status=Status.REFUSED, decided_at__lt=edge)
        | Q(withdrawn, status=Status.WITHDRAWN)
        | Q(stopped, status=Status.CANCELLED)
        | Q(documents, status__in=ENDED)
    ).order_by("pk")


def years_before(now: datetime, years: int) -> datetime:
    """The same day so many years ago; of 29 February the 28th."""
    try:
        return now.replace(year=now.year - years)
    except ValueError:
        return now.replace(year=now.year - years, day=28)
