"""What is known of a person, for whoever may know it; and the words for how to reach her."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.people import ContactKind, NumberOf
from safar.assistance.cases.models import (
    Case,
    CaseMember,
    Contact,
    ExternalNumber,
    Household,
    HouseholdMember,
    Person,
    PersonName,
    Relationship,
)
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet, get_visible
from safar.reference.queries import country_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Reach:
    """A way to reach a person, and in plain words what may be done with it."""

    contact: Contact
    safety: "StrOrPromise"
    tone: str  # hold: not at all; check: with care; clear


@dataclass(frozen=True)
class Home:
    """A household that a person lives or lived in, and who of it may be named."""

    member: HouseholdMember
    others: list[HouseholdMember] = field(default_factory=list)


def people(actor: Actor) -> RecordQuerySet[Person]:
    """People in sight, with their names: two statements, however many they are."""
    return Person.objects.visible_to(actor).prefetch_related("names")


def named(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, Person]:
    """The people of these keys, those that are in sight, with their names."""
    return {person.pk: person for person in people(actor).filter(pk__in=set(keys))}


def of_case(actor: Actor, case: Case) -> list[CaseMember]:
    """The people of a case in sight, the applicant first, each with her names and contacts."""
    rows = case.members.select_related("person").prefetch_related(
        "person__names",
        Prefetch("person__contacts", Contact.objects.visible_to(actor).filter(ended_on=None)),
    )
    members = list(rows.filter(case__in=Case.objects.visible_to(actor)))
    return sorted(
        members, key=lambda one: (one.left_on is not None, one.role != "applicant", one.pk)
    )


def get(actor: Actor, key: UUID) -> Person:
    """A person in sight.

    Raises:
        NotFound: the same whether she is missing or out of sight.
    """
    return get_visible(people(actor), actor, key)


def get_row(actor: Actor, model: Any, key: UUID) -> Any:
    """A row about a person in sight: a name, a number, a contact, a relationship.

    Raises:
        NotFound: the same whether it is missing or out of sight.
    """
    return get_visible(model.objects.select_related("person"), actor, key)


def names_of(person: Person) -> list[PersonName]:
    """Her names, the one that stands for her first, those that are not used any more last."""
    return sorted(person.names.all(), key=PersonName.rank)


def reaches_of(actor: Actor, person: Person) -> list[Reach]:
    """How she may be reached, the safest first; what is not hers any more is left out."""
    found = [reach(one) for one in person.contacts.visible_to(actor).filter(ended_on=None)]
    return sorted(found, key=lambda one: ("clear", "check", "hold").index(one.tone))


def reach(contact: Contact) -> Reach:
    """What may be done with a number or an address, in words that nobody can misread."""
    spoken = contact.kind == ContactKind.PHONE
    if not contact.may_contact:
        return Reach(contact, _("Do not call.") if spoken else _("Do not write."), "hold")
    if not contact.may_say_who:
        said = _("You may call. Do not say who we are.")
        written = _("You may write. Do not say who we are.")
        return Reach(contact, said if spoken else written, "check")
    return Reach(contact, _("You may call.") if spoken else _("You may write."), "clear")


def relatives_of(actor: Actor, person: Person) -> list[Relationship]:
    """To whom she is related, of those in sight."""
    rows = Relationship.objects.visible_to(actor).filter(person=person)
    return list(
        rows.select_related("other").prefetch_related("other__names").order_by("kind", "pk")
    )


def homes_of(actor: Actor, person: Person) -> list[Home]:
    """Where she lives and lived, the last first, with those of the household who are in sight."""
    own = list(person.households.select_related("household").order_by("-period"))
    rows = HouseholdMember.objects.visible_to(actor).exclude(person=person)
    rows = rows.filter(household__in=[one.household_id for one in own])
    others = list(rows.select_related("person").prefetch_related("person__names"))
    return [Home(one, [two for two in others if _together(one, two)]) for one in own]


def cases_of(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, list[CaseMember]]:
    """The cases in sight of these people, the newest first."""
    rows = CaseMember.objects.visible_to(actor).filter(person__in=set(keys))
    found: dict[UUID, list[CaseMember]] = {}
    for member in rows.select_related("case", "case__office").order_by("-case__opened_on"):
        found.setdefault(member.person_id, []).append(member)
    return found


def near(actor: Actor, person: Person) -> list[Person]:
    """Those who share a case in sight with her: of whom she may be a relative."""
    cases = CaseMember.objects.visible_to(actor).filter(person=person).values("case")
    shared = CaseMember.objects.filter(case__in=cases).exclude(person=person)
    return list(named(actor, shared.values_list("person", flat=True)).values())


def households_near(actor: Actor, person: Person) -> RecordQuerySet[Household]:
    """The households of those who share a case with her, and those where she lived."""
    keys = [person.pk, *(one.pk for one in near(actor, person))]
    rows = Household.objects.visible_to(actor).filter(members__person__in=keys).distinct()
    seen = HouseholdMember.objects.visible_to(actor).select_related("person")
    return rows.prefetch_related(Prefetch("members", seen), "members__person__names")


@dataclass(frozen=True)
class Side:
    """One of two people who are looked at beside each other."""

    person: Person
    names: list[PersonName]
    citizenships: list[str]
    numbers: list[tuple["StrOrPromise", ExternalNumber]]
    reaches: list[Reach]
    cases: list[CaseMember]


def beside(actor: Actor, *both: Person) -> list[Side]:
    """Two people with what tells them apart, or does not."""
    cases = cases_of(actor, [person.pk for person in both])
    return [
        Side(
            person,
            names_of(person),
            citizenships_of(person),
            numbers_of(person),
            reaches_of(actor, person),
            cases.get(person.pk, []),
        )
        for person in both
    ]


def numbers_of(person: Person) -> list[tuple["StrOrPromise", ExternalNumber]]:
    """Her numbers, each with the name of the body whose number it is."""
    known = dict(NumberOf.choices)
    rows = person.numbers.order_by("system", "value")
    return [(known.get(number.system, number.system), number) for number in rows]


def citizenships_of(person: Person) -> list[str]:
    return [country_name(code) for code in person.citizenships]


def _together(one: HouseholdMember, other: HouseholdMember) -> bool:
    if one.household_id != other.household_id:
        return False
    ends = [each.period.upper for each in (one, other) if each.period.upper]
    begins = [each.period.lower for each in (one, other) if each.period.lower]
    return not ends or not begins or max(begins) < min(ends)
