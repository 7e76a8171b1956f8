"""Which closed cases have been kept as long as their programme's rule says, and what is decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from safar.assistance.cases import programmes
from safar.assistance.cases.choices.papers import ErasureStatus
from safar.assistance.cases.models import Case, CaseKey, Erasure
from safar.core.permissions import Actor
from safar.core.record import get_visible


@dataclass(frozen=True)
class OverTime:
    """A closed case, the rule that it was kept by, and the day it ran out."""

    case: Case
    rule: str
    kept_until: date


def kept_until(case: Case) -> date | None:
    """The last day that a case's programme keeps it; None while it is open."""
    years = programmes.get(case.programme).keep_years
    return years_on(case.closed_on, years) if case.closed_on else None


def years_on(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def over_time(actor: Actor, today: date) -> QuerySet[Case]:
    """Closed cases in her sight whose time is over, that nobody proposed or decided to keep."""
    rule = Q(pk__in=[])
    for programme in programmes.known():
        latest = years_on(today, -programme.keep_years)
        rule |= Q(programme=programme.code, closed_on__lt=latest)
    waiting = Erasure.objects.filter(case=OuterRef("pk")).filter(
        Q(status=ErasureStatus.PROPOSED) | Q(status=ErasureStatus.DECLINED, keep_until__gt=today)
    )
    found = Case.objects.visible_to(actor).filter(rule).exclude(Exists(_erased()))
    return found.exclude(Exists(waiting)).select_related("office").order_by("closed_on", "number")


def with_rule(cases: Iterable[Case]) -> list[OverTime]:
    """Each case with the rule and the day of its end."""
    return [
        OverTime(case, str(programmes.get(case.programme).keep_why), until)
        for case in cases
        if (until := kept_until(case))
    ]


def proposals(actor: Actor) -> QuerySet[Erasure]:
    """Erasures that wait for a second person."""
    found = Erasure.objects.visible_to(actor).filter(status=ErasureStatus.PROPOSED)
    return found.select_related("case", "case__office", "proposed_by").order_by("proposed_at")


def decided(actor: Actor) -> QuerySet[Erasure]:
    """What was erased or kept, the latest first."""
    found = Erasure.objects.visible_to(actor).exclude(status=ErasureStatus.PROPOSED)
    return found.select_related("case", "proposed_by", "decided_by").order_by("-decided_at")


def erasure(actor: Actor, key: UUID) -> Erasure:
    """One proposal.

    Raises:
        NotFound: there is none, or its case is out of sight.
    """
    return get_visible(Erasure.objects.select_related("case"), actor, key)


def is_erased(case: Case) -> bool:
    """Whether the case's key was destroyed."""
    return CaseKey.objects.filter(case=case).exclude(destroyed_at=None).exists()


def _erased() -> QuerySet[CaseKey]:
    return CaseKey.objects.filter(case=OuterRef("pk")).exclude(destroyed_at=None)
