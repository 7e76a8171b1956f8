"""Which cases a worker has: her own, those lent to her, and all in her sight, narrowed by words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from safar.assistance.cases import programmes
from safar.assistance.cases.choices.case import Compartment, Phase
from safar.assistance.cases.due import Due
from safar.assistance.cases.models import (
    Case,
    CaseAccess,
    CaseMember,
    HouseholdMember,
    Placement,
)
from safar.core.permissions import Actor
from safar.core.record import get_visible

SHOWN = 12


@dataclass(frozen=True)
class Row:
    """A case in a list: who it is about without a name, and what comes next."""

    case: Case
    who: str
    next: str = ""


@dataclass(frozen=True)
class Wanted:
    """What a list of cases is narrowed by; empty is no narrowing."""

    words: str = ""
    programme: str = ""
    office: UUID | None = None
    phase: str = ""
    mine: bool = False
    lent: bool = False


@dataclass(frozen=True)
class Lent:
    """Cases of a colleague that bear the worker's name."""

    lead: str
    cases: list[Case] = field(default_factory=list)
    until: date | None = None


def cases(actor: Actor, wanted: Wanted) -> QuerySet[Case]:
    """Cases in sight, the newest first."""
    near = Case.objects.filter(_near(actor))
    found = near.visible_to(actor).select_related("office", "lead")
    if wanted.mine:
        found = found.filter(lead=actor.user_id)
    if wanted.lent:
        found = found.filter(_lent_to(actor)).exclude(lead=actor.user_id)
    if wanted.programme:
        found = found.filter(programme=wanted.programme)
    if wanted.office:
        found = found.filter(office=wanted.office)
    if wanted.phase:
        found = found.filter(phase=wanted.phase)
    for word in wanted.words.split()[:5]:
        found = found.filter(_has(word))
    return found


def my_cases(actor: Actor) -> QuerySet[Case]:
    """Cases that she leads and that are not closed, the newest first."""
    return cases(actor, Wanted(mine=True)).exclude(phase=Phase.CLOSED)


def soonest(actor: Actor, words: str, coming: Sequence[UUID]) -> list[Case]:
    """Her open files, those with something due first; one more than a page shows."""
    mine = cases(actor, Wanted(words=words, mine=True)).exclude(phase=Phase.CLOSED)
    first = list(dict.fromkeys(coming))[: SHOWN + 1]
    due = sorted(mine.filter(pk__in=first), key=lambda one: first.index(one.pk))
    rest = mine.exclude(pk__in=[one.pk for one in due])[: SHOWN + 1 - len(due)]
    return [*due, *rest]


def case(actor: Actor, key: UUID) -> Case:
    """A case in sight, with what its head needs.

    Raises:
        NotFound: the same whether it is missing or behind a wall.
    """
    return get_visible(Case.objects.select_related("office", "lead", "project"), actor, key)


def asks_why(case: Case) -> bool:
    """Whether a purpose is asked before it is opened."""
    return case.compartment in (Compartment.RESTRICTED, Compartment.MEDICAL)


def rows(cases: Iterable[Case], due: Iterable[Due] = (), today: date | None = None) -> list[Row]:
    """Cases as lists show them: two statements, however many they are."""
    shown, today = list(cases), today or timezone.localdate()
    coming = _next(due)
    members = CaseMember.objects.filter(case__in=shown, left_on=None).select_related("person")
    grouped: dict[UUID, list[CaseMember]] = {}
    for member in members:
        grouped.setdefault(member.case_id, []).append(member)
    towns = _towns({one.person_id for one in members})
    return [
        Row(one, _who(grouped.get(one.pk, []), towns, today), coming.get(one.pk, ""))
        for one in shown
    ]


def lent(actor: Actor) -> list[Lent]:
    """Files that colleagues handed to her for a time, by colleague."""
    access = CaseAccess.objects.filter(_live(), user=actor.user_id)
    shared = Case.objects.visible_to(actor).filter(_lent_to(actor), closed_on=None)
    found: dict[UUID, Lent] = {}
    rows = shared.exclude(lead=actor.user_id).select_related("lead")
    for case in rows.prefetch_related(Prefetch("accesses", access, to_attr="own"))[:200]:
        until = max((one.until for one in case.own if one.until), default=None)
        known = found.setdefault(case.lead_id, Lent(str(case.lead), [], until))
        known.cases.append(case)
    return list(found.values())


def phases() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in Phase.choices]


def _has(word: str) -> Q:
    """Code, town, programme or office; names are found by search alone, which is on record."""
    named = [one.code for one in programmes.known() if word.casefold() in str(one.name).casefold()]
    living = HouseholdMember.objects.filter(
        person__memberships__case=OuterRef("pk"), household__place__icontains=word
    )
    return (
        Q(number__icontains=word)
        | Q(programme__in=named)
        | Q(office__name__icontains=word)
        | Q(scheme__icontains=word)
        | Q(Exists(living))
    )


def _near(actor: Actor) -> Q:
    """Wider than her sight and found by an index, so that the walls look at few rows."""
    live = CaseAccess.objects.filter(_live(), user=actor.user_id).values_list("case", flat=True)
    near = Q(lead=actor.user_id) | Q(pk__in=list(live))
    for one in Placement.objects.filter(user=actor.user_id):
        here = Q(programme=one.programme, compartment__in=one.compartments)
        near |= here & Q(office=one.office_id) if one.office_id else here
    return near


def _live() -> Q:
    return Q(until=None) | Q(until__gte=timezone.now().date())


def _lent_to(actor: Actor) -> Q:
    named = CaseAccess.objects.filter(_live(), user=actor.user_id)
    return Q(pk__in=named.values("case"))


def _next(due: Iterable[Due]) -> dict[UUID, str]:
    found: dict[UUID, Due] = {}
    for one in due:
        known = found.get(one.case.pk)
        if known is None or (one.due_on or date.max) < (known.due_on or date.max):
            found[one.case.pk] = one
    return {key: str(one.title) for key, one in found.items()}


def _towns(people: set[UUID]) -> dict[UUID, str]:
    today = timezone.localdate()
    living = HouseholdMember.objects.filter(person__in=people, period__contains=today)
    return dict(living.exclude(household__place="").values_list("person", "household__place"))


SEXES = {"F": gettext_lazy("Woman"), "M": gettext_lazy("Man"), "": gettext_lazy("Person")}
CHILDREN = {"F": gettext_lazy("Girl"), "M": gettext_lazy("Boy"), "": gettext_lazy("Child")}


def _who(members: list[CaseMember], towns: dict[UUID, str], today: date) -> str:
    """Family of five, Osh; woman, 34, Osh."""
    first = next((one for one in members if one.role == "applicant"), None)
    if first is None:
        return _("Nobody yet")
    town = towns.get(first.person_id, "")
    if len(members) > 1:
        said = ngettext("Family of %(n)s", "Family of %(n)s", len(members)) % {"n": len(members)}
        return ", ".join(filter(None, (said, town)))
    age = first.person.birth.age_on(today) if first.person.birth else None
    words = CHILDREN if age is not None and age < 18 else SEXES
    parts = (str(words[first.person.sex]), "" if age is None else str(age), town)
    return ", ".join(filter(None, parts))
