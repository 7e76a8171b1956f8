"""Referrals out and in: whose, in which state, and what is known of each."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from safar.assistance.cases.choices.sharing import ReferralStatus
from safar.assistance.cases.models import Case, IncomingReferral, Partner, Referral
from safar.assistance.cases.workflow import OPEN
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet

# What the lists show: open ones unless another state is chosen.
OUT_OPEN = tuple(sorted(OPEN))
IN_OPEN = (ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED, ReferralStatus.IN_SERVICE)


def sent_out(actor: Actor, *, mine: bool = True, status: str = "") -> QuerySet[Referral]:
    """Referrals to partners: of her own cases, or of all that she sees; what is due first."""
    found = Referral.objects.visible_to(actor)
    if mine:
        found = found.filter(Q(case__lead=actor.user_id) | Q(drafted_by=actor.user_id))
    states = [status] if status else OUT_OPEN
    return found.filter(status__in=states).select_related("case", "partner").order_by("due_on")


def came_in(actor: Actor, *, status: str = "") -> QuerySet[IncomingReferral]:
    """Referrals to us where she works; what is due first."""
    states = [status] if status else IN_OPEN
    found = IncomingReferral.objects.visible_to(actor).filter(status__in=states)
    return found.select_related("partner", "office", "case").order_by("due_on")


def unanswered(actor: Actor) -> int:
    """How many referrals to us wait for an answer: for my day."""
    return came_in(actor, status=ReferralStatus.RECEIVED).count()


def of_case(actor: Actor, case: Case) -> QuerySet[Referral]:
    """Every referral of a case that she may see, the latest first."""
    return Referral.objects.visible_to(actor).filter(case=case).select_related("partner", "case")


def whole() -> RecordQuerySet[Referral]:
    """Referrals with all that the page of one shows."""
    return Referral.objects.select_related(
        "case", "partner", "consent__person", "consent__case", "disclosure__case"
    ).prefetch_related("consent__recipients", "consent__person__names")


def partners() -> RecordQuerySet[Partner]:
    """Every partner, with its agreements."""
    return Partner.objects.prefetch_related("agreements")


def bound_partners() -> QuerySet[Partner]:
    """Partners with whom an agreement is in force today."""
    today = timezone.localdate()
    return Partner.objects.filter(
        Q(agreements__in_force_until=None) | Q(agreements__in_force_until__gte=today),
        agreements__in_force_from__lte=today,
    ).distinct()
