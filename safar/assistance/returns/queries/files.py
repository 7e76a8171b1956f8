"""One return as its page shows it: how far it is, person by person, and what comes next."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.assistance.cases.models import Case, CaseMember, PersonJudgement
from safar.assistance.returns.choices import GrantPurpose
from safar.assistance.returns.models import (
    Declaration,
    Journey,
    ReturnFile,
    Scheme,
    VulnerabilityScreening,
)
from safar.assistance.returns.rules import Line, entitlement, is_child, plan_due
from safar.core.errors import NotFound
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Traveller:
    """A person of the case who returns, and how far she is herself."""

    member: CaseMember
    screening: VulnerabilityScreening | None
    declaration: Declaration | None

    @property
    def age(self) -> int | None:
        born = self.member.person.birth
        return born.age_on(timezone.localdate()) if born else None


def file_of(actor: Actor, case_key: UUID) -> ReturnFile:
    """Return the file of a return in sight.

    Raises:
        NotFound: the same whether it is missing or out of her sight.
    """
    files = ReturnFile.objects.visible_to(actor).select_related(
        "case__office", "case__lead", "scheme"
    )
    found = files.filter(case=case_key).first()
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return found


def travellers(actor: Actor, case: Case) -> list[Traveller]:
    """The people of a case in sight, each with her last screening and standing declaration."""
    return _people(Case.objects.visible_to(actor).get(pk=case.pk))


def _people(case: Case) -> list[Traveller]:
    members = case.members.filter(left_on=None).select_related("person")
    members = members.prefetch_related("person__names").order_by("joined_on", "role", "pk")
    screened = {one.person_id: one for one in case.screenings.order_by("screened_at")}
    declared = {one.person_id: one for one in case.declarations.filter(withdrawn_on=None)}
    return [
        Traveller(member, screened.get(member.person_id), declared.get(member.person_id))
        for member in members
    ]


def journey_of(case: Case) -> Journey | None:
    return Journey.objects.filter(case=case).select_related("meets").first()


def entitled(file: ReturnFile, people: list[Traveller]) -> list[tuple[str, Line]]:
    """What the scheme gives this family at the most: for what, and how much."""
    today = timezone.localdate()
    children = sum(is_child(one.member.person.birth, today) for one in people)
    lines = [line.line() for line in file.scheme.lines.all()]
    given = entitlement(lines, adults=len(people) - children, children=children)
    return [(str(GrantPurpose(line.purpose).label), line) for line in given]


def entitled_lines(case: Case) -> list[tuple[str, Line]]:
    """The same for a case alone."""
    file = ReturnFile.objects.select_related("scheme").get(case=case)
    return entitled(file, _people(case))


def pocket_money(case: Case) -> tuple[Decimal, str] | None:
    """How much pocket money the scheme gives this family at the most, and in which currency."""
    lines = [one for _name, one in entitled_lines(case) if one.purpose == GrantPurpose.POCKET]
    return (sum((one.ceiling for one in lines), Decimal(0)), lines[0].currency) if lines else None


def plan_due_on(file: ReturnFile) -> date | None:
    """By when the plan is to be agreed: within a month of arrival."""
    return plan_due(file.arrived_on) if file.arrived_on else None


def schemes_on(day: date) -> QuerySet[Scheme]:
    """The schemes of sending states in force on a day."""
    in_force = Scheme.objects.filter(valid_from__lte=day)
    return in_force.filter(Q(valid_to=None) | Q(valid_to__gte=day))


def other_claims(actor: Actor, case: Case) -> list[ReturnFile]:
    """Other returns of the same people, also of those who were judged to be the same person, and
    those that the same mission referred under the same reference.

    A possible double claim across donors: a question to the programme officer, no refusal.
    """
    people = set(case.members.values_list("person", flat=True))
    people |= _judged_same(actor, people)
    of_them = Q(case__members__person__in=people)
    own = ReturnFile.objects.filter(case=case).exclude(mission_reference="").first()
    if own is not None:
        of_them |= Q(sending=own.sending, mission_reference=own.mission_reference)
    files = ReturnFile.objects.visible_to(actor).filter(of_them)
    return list(files.exclude(case=case).select_related("case", "scheme").distinct())


def _judged_same(actor: Actor, people: set[UUID]) -> set[UUID]:
    judged = PersonJudgement.objects.visible_to(actor).filter(
        Q(one__in=people) | Q(other__in=people)
    )
    last = {(row.one_id, row.other_id): row.judgement for row in judged.order_by("judged_at")}
    return {key for pair, judgement in last.items() if judgement == "same" for key in pair}
