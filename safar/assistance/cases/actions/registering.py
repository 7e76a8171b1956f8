"""Registering a person in a case, and changing what is known of her."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.opening import NameAsWritten, NewMember, add_member, name_row
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.choices.people import PersonFact, Sex
from safar.assistance.cases.models import (
    Case,
    CaseMember,
    ExternalNumber,
    Person,
    PersonChange,
    PersonName,
)
from safar.assistance.cases.numbers import external_number
from safar.assistance.cases.origin import written_in
from safar.assistance.cases.policies import in_sight, person_in_sight, still_open
from safar.assistance.cases.versions import changed
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor
from safar.lib.partial_dates import PartialDate


@action("cases.add_member", policies=(in_sight, still_open))
def join_case(actor: Actor, case: Case, *, member: NewMember) -> CaseMember:
    """Add a person to a case: one who is known already, or one who is registered with it.

    Raises:
        RuleBroken: she is in the case already, or it has an applicant.
        NotFound: a person who is known, but not to her who asks.
    """
    members = CaseMember.objects.filter(case=case)
    if isinstance(member.person, Person) and members.filter(person=member.person).exists():
        raise RuleBroken(_("This person is in the case already."), field="person")
    if member.role == MemberRole.APPLICANT and members.filter(role=member.role, left_on=None):
        raise RuleBroken(_("The case has an applicant already."), field="role")
    added = add_member(actor, case, member, timezone.localdate())
    note(role=member.role, new=not isinstance(member.person, Person))
    return added


@action("cases.leave_case", policies=(in_sight,))
def leave_case(actor: Actor, member: CaseMember, *, on: date) -> CaseMember:
    """Keep that a member is of this case no more; a programme's own actions call this.

    Raises:
        RuleBroken: she has left it already, or would have before she joined it.
    """
    if member.left_on is not None:
        raise RuleBroken(_("This person has left the case already."))
    if on < member.joined_on:
        raise RuleBroken(_("This person would have left before she joined."), field="on")
    member.left_on = on
    member.save()
    return member


@dataclass(frozen=True)
class Facts:
    """What is known of a person beside her names."""

    sex: str = ""
    birth: PartialDate | None = None
    birth_is_estimated: bool = False
    citizenships: Sequence[str] = ()
    languages: Sequence[str] = ()

    def identity(self) -> dict[str, str]:
        """What makes her who she is, in words: a change of it is kept."""
        about = "~" if self.birth and self.birth_is_estimated else ""
        return {
            PersonFact.SEX: str(Sex(self.sex).label),
            PersonFact.BIRTH: f"{about}{self.birth or ''}",
            PersonFact.CITIZENSHIPS: " ".join(self.citizenships),
        }


@action("cases.change_person", policies=(person_in_sight,))
def change_person(
    actor: Actor, person: Person, *, seen: int, facts: Facts, reason: str = ""
) -> Person:
    """Change who a person is said to be; what stood there before is kept, with the reason.

    Raises:
        RuleBroken: her identity changes and nobody says why.
        Stale: somebody changed it since version `seen`.
    """
    names = [field.name for field in fields(Facts)]
    before = Facts(**{name: getattr(person, name) for name in names}).identity()
    different = {what: text for what, text in facts.identity().items() if text != before[what]}
    changed(person, seen, {name: _plain(getattr(facts, name)) for name in names})
    for what, text in different.items():
        _keep(actor, person, what, before[what], text, reason)
    person.save()
    note(changed=" ".join(different))
    return person


@action("cases.add_name", policies=(person_in_sight,))
def add_name(
    actor: Actor, person: Person, *, name: NameAsWritten, reason: str = "", instead_of: Any = None
) -> PersonName:
    """Add a spelling, or a name in another script; `instead_of` ends the wrong one with it.

    Raises:
        RuleBroken: the name is there already, says nothing, or another ends without a reason.
    """
    row = name_row(person, name)
    if not row.keys:
        raise RuleBroken(_("Write a name."), field="surname")
    if any(str(row) == str(known) and known.ended_at is None for known in person.names.all()):
        raise RuleBroken(_("This name is there already."), field="surname")
    row.save()
    if instead_of is not None:
        _end(actor, person, instead_of, reason, after=str(row))
    note(script=row.script, kind=row.kind)
    return row


@action("cases.end_name", policies=(person_in_sight,))
def end_name(actor: Actor, name: PersonName, *, reason: str) -> PersonName:
    """Stop using a name that is wrong. She is still found by it, as it may stand on papers.

    Raises:
        RuleBroken: it is the only one, or nobody says why.
    """
    _end(actor, name.person, name, reason)
    return name


@action("cases.add_number", policies=(person_in_sight,))
def add_number(actor: Actor, person: Person, *, system: str, value: str) -> ExternalNumber:
    """Add a number by which another body knows the person, in the form of that body's numbers."""
    kept = external_number(system, value)
    if person.numbers.filter(system=system, value=kept).exists():
        raise RuleBroken(_("This number is there already."), field="value")
    note(system=system)
    return ExternalNumber.objects.create(person=person, system=system, value=kept)


@action("cases.remove_number", policies=(person_in_sight,))
def remove_number(actor: Actor, number: ExternalNumber, *, reason: str) -> None:
    """Take away a number that is not hers; that it stood there is kept, with the reason."""
    _keep(actor, number.person, PersonFact.NUMBER, f"{number.system} {number.value}", "", reason)
    note(system=number.system)
    number.delete()


def _end(actor: Actor, person: Person, name: PersonName, reason: str, after: str = "") -> None:
    if name.person_id != person.pk or name.ended_at:
        raise RuleBroken(_("This name is not used any more."), field="instead_of")
    if not person.names.filter(ended_at=None).exclude(pk=name.pk).exists():
        raise RuleBroken(_("It is the only name. Add the right one first."), field="instead_of")
    _keep(actor, person, PersonFact.NAME, str(name), after, reason)
    name.ended_at, name.ended_by_id = timezone.now(), actor.person_id
    name.save()


def _keep(actor: Actor, person: Person, what: str, before: str, after: str, reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(_("Say why: others relied on what stood there before."), field="reason")
    PersonChange.objects.create(
        person=person,
        what=what,
        before=before[:300],
        after=after[:300],
        reason=reason.strip(),
        changed_at=timezone.now(),
        changed_by_id=actor.person_id,
        written_in=written_in(actor, person),
    )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
