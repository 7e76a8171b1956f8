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
    steps: dict[UUID, list[Step]] = defaultdict(list)
    for one in Step.objects.filter(member__in=keys).order_by("number"):
        steps[one.member_id].append(one)
    health = {one.member_id: one for one in TravelHealth.objects.filter(member__in=keys)}
    asked = _asked_of(keys)
    return [
        traveller(key, steps[key], health.get(key), asked[key], without=without) for key in keys
    ]


def traveller(
    key: UUID,
    steps: Iterable[Step],
    health: TravelHealth | None,
    asked: Iterable[str],
    *,
    without: Sequence[str] = (),
) -> Traveller:
    """One member as the rules of readiness take her.

    Args:
        asked: the kinds of step that her scheme asks for. One that she was never given, because
            she joined the family later, is to be done like any other.
    """
    facts = [StepFacts(one.kind, one.status, one.expires_on) for one in steps]
    have = {one.kind for one in facts}
    facts += [StepFacts(kind, StepStatus.TO_DO) for kind in asked if kind not in have]
    found = HealthFacts(health.fitness, health.holds_until) if health else HealthFacts()
    return Traveller(key, [one for one in facts if one.kind not in without], found)


def _asked_of(keys: Sequence[UUID]) -> dict[UUID, list[str]]:
    """What the scheme of each asks for, once the receiving state has accepted."""
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = CaseMember.objects.filter(
        pk__in=keys,
        case__movement__accepted_on__isnull=False,
        case__movement__scheme__steps__isnull=False,
    ).order_by("case__movement__scheme__steps__number")
    for key, kind in rows.values_list("pk", "case__movement__scheme__steps__kind"):
        found[key].append(kind)
    return found


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
        words["day"] = date_format(one.ended_on, "j E Y")
        return _("%(what)s of %(who)s runs out on %(day)s, before the flight.") % words
    if one.kind == FITNESS:
        words["how"] = str(Fitness(one.reason).label)
        return _("%(who)s may not fly: %(how)s.") % words
    words["how"] = str(StepStatus(one.reason).label)
    return _("%(what)s of %(who)s is missing: %(how)s.") % words
