"""What must hold for those who fly: their steps and their fitness, in two statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.assistance.cases.models import CaseMember
from safar.assistance.movements.choices import Fitness, StepKind, StepStatus
from safar.assistance.movements.models import Leg, Step, TravelHealth
from safar.assistance.movements.rules.readiness import (
    FITNESS,
    Blocker,
    HealthFacts,
    StepFacts,
    Traveller,
)


def travellers(members: Iterable[UUID], *, without: Sequence[str] = ()) -> list[Traveller]:
    """The facts of readiness of these members, in their order; `without` leaves steps out."""
    keys = list(members)
    steps: dict[UUID, list[StepFacts]] = defaultdict(list)
    rows = Step.objects.filter(member__in=keys).exclude(kind__in=without).order_by("number")
    for key, kind, status, ends in rows.values_list("member", "kind", "status", "expires_on"):
        steps[key].append(StepFacts(kind, status, ends))
    found = TravelHealth.objects.filter(member__in=keys)
    health = {
        key: HealthFacts(fitness, until)
        for key, fitness, until in found.values_list("member", "fitness", "holds_until")
    }
    return [Traveller(key, steps[key], health.get(key, HealthFacts())) for key in keys]


def first_day(legs: Sequence[Leg]) -> date:
    """The local day on which the journey begins."""
    return timezone.localdate(legs[0].departs_at)


def name_of(kind: str) -> str:
    """A step, or the fitness to travel, as it is called in a sentence."""
    return str(_("Fitness to travel")) if kind == FITNESS else str(StepKind(kind).label)


def in_words(blockers: Sequence[Blocker], members: dict[UUID, CaseMember]) -> str:
    """Why they cannot fly: the weightiest reason in full, and how many more there are."""
    first, more = blockers[0], len(blockers) - 1
    said = _reason(first, members)
    if more:
        rest = ngettext("One more thing is missing.", "%(n)s more things are missing.", more) % {
            "n": more
        }
        said = f"{said} {rest}"
    return said


def _reason(one: Blocker, members: dict[UUID, CaseMember]) -> str:
    who, what = str(members[one.member].person), name_of(one.kind)  # type: ignore[index]
    words = {"who": who, "what": what}
    if one.reason == "expired" and one.ended_on:
        words["day"] = date_format(one.ended_on, "j F Y")
        return _("%(what)s of %(who)s runs out on %(day)s, before the flight.") % words
    if one.kind == FITNESS:
        words["how"] = str(Fitness(one.reason).label)
        return _("%(who)s may not fly: %(how)s.") % words
    words["how"] = str(StepStatus(one.reason).label)
    return _("%(what)s of %(who)s is missing: %(how)s.") % words
