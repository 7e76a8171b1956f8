"""How long does a proposal stand, and how long does an entry screen without its review?"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

FIRST_REVIEW = timedelta(days=365)
DUE_SOON = timedelta(days=30)
LONGEST_REVIEW = timedelta(days=3 * 365)


def proposal_life() -> timedelta:
    """How long after it was put forward somebody may agree to a proposal."""
    return timedelta(days=getattr(settings, "SAFAR_PROPOSAL_DAYS", 14))


def review_grace() -> timedelta:
    """How long an entry screens on after its review was due."""
    return timedelta(days=getattr(settings, "SAFAR_REVIEW_GRACE_DAYS", 30))


def is_stale(proposed_at: datetime | None) -> bool:
    return proposed_at is not None and timezone.now() - proposed_at > proposal_life()


def fell_out(today: date) -> Q:
    """Entries whose review is so long overdue that they stopped screening."""
    return Q(review_due__lt=today - review_grace())


def ran_out(today: date) -> Q:
    """Entries whose last day is past: from the next day on they stop nobody."""
    return Q(in_force_until__lt=today)


def standing(today: date) -> Q:
    """Entries that have begun, did not run out, and were reviewed in time.

    Asked with every screening, not by nightly work: an entry stops on its day everywhere.
    """
    unexpired = Q(in_force_until=None) | Q(in_force_until__gte=today)
    reviewed = Q(review_due=None) | Q(review_due__gte=today - review_grace())
    return unexpired & reviewed & Q(in_force_from__lte=today)


def first_review(begins: date, ends: date) -> date:
    """When a new entry is looked at first where its proposer names no day: within a year."""
    return min(ends, begins + FIRST_REVIEW)
