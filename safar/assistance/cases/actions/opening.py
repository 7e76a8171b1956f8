"""Opening a case: for people who are known already, or are registered with it."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Office
from safar.assistance.cases import programmes
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.choices.people import ContactKind
from safar.assistance.cases.models import (
    Case,
    CaseCounter,
    CaseMember,
    CaseMove,
    Contact,
    ExternalNumber,
    Person,
    PersonName,
)
from safar.assistance.cases.name_keys import keys_of
from safar.assistance.cases.new_people import (
    NameAsWritten,
    NewCase,
    NewMember,
    NewPerson,
    WayToReach,
)
from safar.assistance.cases.numbers import case_number, external_number, phone_digits
from safar.assistance.cases.policies import person_in_sight, placed_there
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

__all__ = [
    "NameAsWritten",
    "NewCase",
    "NewMember",
    "NewPerson",
    "WayToReach",
]


@action("cases.open_case", policies=(placed_there,))
def open_case(actor: Actor, target: NewCase) -> Case:
    """Open a case, and register those of its people who are new."""
    programme = programmes.get(target.programme)
    if not target.members or target.members[0].role != MemberRole.APPLICANT:
        raise RuleBroken(_("A case begins with its applicant."), field="members")
    opened_on = target.opened_on or timezone.localdate()
    case = Case.objects.create(
        number=next_number(target.office, programme.prefix, opened_on.year),
        programme=programme.code,
        scheme=target.scheme,
        office=target.office,
        project=target.project,
        compartment=target.compartment or programme.compartment,
        status=programme.workflow.start,
        phase=programme.phases[programme.workflow.start],
        lead_id=actor.person_id,
        team=target.team,
        purpose=target.purpose,
        opened_on=opened_on,
    )
    for member in target.members:
        add_member(actor, case, member, opened_on)
    _begun(actor, case)
    note(programme=programme.code)
    return case


def next_number(office: Office, prefix: str, year: int) -> str:
    """Give out the next number of an office; the row's lock puts two who ask in a line."""
    CaseCounter.objects.get_or_create(office=office, prefix=prefix, year=year)
    counter = CaseCounter.objects.select_for_update().get(office=office, prefix=prefix, year=year)
    counter.last += 1
    counter.save()
    return case_number(office.code, prefix, year, counter.last)


def add_member(actor: Actor, case: Case, member: NewMember, joined_on: date) -> CaseMember:
    """Add a person to a case; a new one is written first, and her names once she is in sight.

    Raises:
        NotFound: a person who is known, but not to whoever adds her.
    """
    new = member.person if isinstance(member.person, NewPerson) else None
    if new:
        person = _written(new)
    else:
        assert isinstance(member.person, Person)  # noqa: S101 - for the types
        person = member.person
        person_in_sight(actor, person)
    added = CaseMember.objects.create(
        case=case, person=person, role=member.role, joined_on=joined_on
    )
    if new:
        _describe(case, person, new)
    return added


def _written(new: NewPerson) -> Person:
    if not new.names:
        raise RuleBroken(_("A person is registered with at least one name."), field="names")
    return Person.objects.create(
        sex=new.sex,
        birth=new.birth,
        birth_is_estimated=new.birth_is_estimated,
        citizenships=list(new.citizenships),
        languages=list(new.languages),
    )


def _describe(case: Case, person: Person, new: NewPerson) -> None:
    PersonName.objects.bulk_create(name_row(person, name) for name in new.names)
    ExternalNumber.objects.bulk_create(
        ExternalNumber(person=person, system=system, value=external_number(system, value))
        for system, value in new.numbers
    )
    Contact.objects.bulk_create(contact_row(person, way, case.pk) for way in new.contacts)


def name_row(person: Person, name: NameAsWritten) -> PersonName:
    """A name as it is kept: as written, and what it sounds like."""
    whole = " ".join(filter(None, (name.surname, name.given_names, name.patronymic)))
    return PersonName(
        person=person,
        kind=name.kind,
        script=name.letters,
        surname=name.surname.strip(),
        given_names=name.given_names.strip(),
        patronymic=name.patronymic.strip(),
        keys=keys_of(whole),
    )


def contact_row(person: Person, way: WayToReach, written_in: UUID | None) -> Contact:
    """A way to reach her as it is kept: telephones also as bare digits; and from which case."""
    spoken = way.kind in (ContactKind.PHONE, ContactKind.MESSENGER)
    return Contact(
        person=person,
        kind=way.kind,
        value=way.value.strip(),
        digits=phone_digits(way.value) if spoken else "",
        may_contact=way.may_contact,
        may_say_who=way.may_say_who,
        when=way.when,
        written_in=written_in,
    )


def _begun(actor: Actor, case: Case) -> None:
    CaseMove.objects.create(
        case=case,
        move="open",
        after=case.status,
        moved_at=timezone.now(),
        moved_by_id=actor.person_id,
    )
