"""Whose application to stay longer was made in time and waits? Meanwhile no overstay is counted."""

from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import F, QuerySet

from safar.control.border.rules.facts import Waits
from safar.control.stays.choices import ExtensionStatus
from safar.control.stays.models import ExtensionApplication
from safar.core.permissions import Actor

# Of an entry `e`: by the index of what waits.
SUSPENDED: Final = """
SELECT FROM stays_extensionapplication a
WHERE a.crossing_id = e.id AND a.status = 'asked' AND a.asked_on <= a.permitted_before
"""


def waiting_in_time(crossing: UUID) -> Waits | None:
    """The application for the stay that began with an entry, as the booth is told of it."""
    found = _in_time().filter(crossing_id=crossing).first()
    return Waits(found.asked_on, found.until_asked) if found else None


def suspended(actor: Actor, day: date) -> int:
    """Of how many was the last permitted day over on a day, and an application still waits?"""
    rows = _in_time().filter(ExtensionApplication.scope(actor), permitted_before__lt=day)
    return rows.count()


def _in_time() -> QuerySet[ExtensionApplication]:
    rows = ExtensionApplication.objects.filter(status=ExtensionStatus.ASKED)
    return rows.filter(asked_on__lte=F("permitted_before"))
