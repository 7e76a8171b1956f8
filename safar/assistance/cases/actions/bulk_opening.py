"""Opening thousands of cases in one transaction, with a few statements for all of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from safar.accounts.models import Office
from safar.assistance.cases.actions.opening import (
    NameAsWritten,
    WayToReach,
    contact_row,
    name_row,
)
from safar.assistance.cases.case_list import Imported, texts_of
from safar.assistance.cases.choices.case import Phase
from safar.assistance.cases.models import (
    Case,
    CaseCounter,
    CaseImportRow,
    CaseMember,
    CaseMove,
    Contact,
    ExternalNumber,
    Person,
    PersonName,
)
from safar.assistance.cases.numbers import case_number
from safar.assistance.cases.programmes import Programme
from safar.core.permissions import Actor
from safar.core.record import Record

AT_ONCE: Final = 1000


@dataclass(frozen=True)
class Opening:
    """A case that is to be opened with the lines of its people, the applicant first."""

    programme: Programme
    office_id: UUID
    purpose: str
    opened_on: date
    status: str
    lines: Sequence[CaseImportRow]
    scheme: str = ""
    closed_on: date | None = None
    closure: str = ""
    reason: str = ""

    @property
    def phase(self) -> Phase:
        return self.programme.phases[self.status]


@dataclass
class Opened:
    """How many people were new, and how many known."""

    new: int = 0
    known: int = 0


@dataclass
class Batch:
    """Rows that are about to be written."""

    people: list[Person] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    moves: list[CaseMove] = field(default_factory=list)
    members: list[CaseMember] = field(default_factory=list)
    names: list[PersonName] = field(default_factory=list)
    numbers: list[ExternalNumber] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    imported: list[tuple[Programme, Imported]] = field(default_factory=list)


def open_all(actor: Actor, openings: Sequence[Opening], tell: Callable[[int, int], None]) -> Opened:
    """Open the cases in the action that runs; nobody is merged, and whoever is known is found."""
    numbers = _numbers(openings)
    known = _known(actor, openings)
    done = Opened()
    for start in range(0, len(openings), AT_ONCE):
        batch = Batch()
        for one in openings[start : start + AT_ONCE]:
            _add(actor, batch, one, next(numbers[_series(one)]), known, done)
        _write(actor, batch)
        tell(min(start + AT_ONCE, len(openings)), len(openings))
    return done


def _series(one: Opening) -> tuple[UUID, str, int]:
    return one.office_id, one.programme.prefix, one.opened_on.year


def _numbers(openings: Sequence[Opening]) -> dict[tuple[UUID, str, int], Any]:
    """Give out numbers in one go; the counters' locks are taken in one order."""
    offices = {one.pk: one.code for one in Office.objects.all()}
    given = {}
    for series, many in sorted(Counter(map(_series, openings)).items()):
        office, prefix, year = series
        CaseCounter.objects.get_or_create(office_id=office, prefix=prefix, year=year)
        counter = CaseCounter.objects.select_for_update().get(
            office_id=office, prefix=prefix, year=year
        )
        after = range(counter.last + 1, counter.last + 1 + many)
        counter.last += many
        counter.save()
        # Written out at once: a generator would read the office and the year of the last series.
        given[series] = iter([case_number(offices[office], prefix, year, one) for one in after])
    return given


def _known(actor: Actor, openings: Sequence[Opening]) -> set[UUID]:
    """Those of the people who were found that are still in sight."""
    keys = {row.known for one in openings for row in one.lines if row.known}
    return set(Person.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))


def _add(
    actor: Actor, batch: Batch, one: Opening, number: str, known: set[UUID], done: Opened
) -> None:
    case = Case(
        number=number,
        programme=one.programme.code,
        scheme=one.scheme,
        office_id=one.office_id,
        compartment=one.programme.compartment,
        status=one.status,
        phase=one.phase,
        lead_id=actor.person_id,
        purpose=one.purpose,
        opened_on=one.opened_on,
        closed_on=one.closed_on,
        closure=one.closure,
    )
    batch.cases.append(case)
    batch.moves.append(
        CaseMove(
            case=case,
            move="open",
            after=case.status,
            reason=one.reason,
            moved_at=timezone.now(),
            moved_by_id=actor.person_id,
        )
    )
    members = []
    for row in one.lines:
        is_known = row.known in known
        person_id = row.known if is_known and row.known else _new_person(batch, row, case)
        done.known, done.new = done.known + is_known, done.new + (not is_known)
        member = CaseMember(case=case, person_id=person_id, role=row.role, joined_on=one.opened_on)
        batch.members.append(member)
        members.append((member, texts_of(row)))
    batch.imported.append((one.programme, Imported(case, members)))


def _new_person(batch: Batch, row: CaseImportRow, case: Case) -> UUID:
    person = Person(sex=row.sex, birth=row.birth, citizenships=row.citizenships)
    batch.people.append(person)
    batch.names.append(
        name_row(person, NameAsWritten(row.surname, row.given_names, row.patronymic))
    )
    if row.number:
        batch.numbers.append(ExternalNumber(person=person, system=row.number_of, value=row.number))
    if row.phone:
        batch.contacts.append(contact_row(person, WayToReach(row.phone), case.pk))
    return person.pk


def _write(actor: Actor, batch: Batch) -> None:
    """A person is in sight once her case is: names, numbers and telephones come last."""
    tables: Iterable[tuple[type[Record], Sequence[Any]]] = (
        (Person, batch.people),
        (Case, batch.cases),
        (CaseMember, batch.members),
        (CaseMove, batch.moves),
        (PersonName, batch.names),
        (ExternalNumber, batch.numbers),
        (Contact, batch.contacts),
    )
    for model, rows in tables:
        model._default_manager.bulk_create(rows, batch_size=AT_ONCE)
    for programme in {programme.code: programme for programme, _one in batch.imported}.values():
        if programme.importer:
            own = [one for of, one in batch.imported if of.code == programme.code]
            programme.importer.write(actor, own)
