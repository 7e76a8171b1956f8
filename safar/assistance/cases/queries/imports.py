"""Lists of cases that somebody handed in, and whom of their people we may know already."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from safar.assistance.cases.choices.people import ContactKind, NumberOf
from safar.assistance.cases.models import (
    CaseImport,
    CaseImportRow,
    Contact,
    ExternalNumber,
    Person,
)
from safar.assistance.cases.name_keys import parts_of
from safar.assistance.cases.numbers import phone_digits
from safar.assistance.cases.queries import people
from safar.core.permissions import Actor
from safar.core.record import get_visible
from safar.lib.names import likeness
from safar.lib.partial_dates import PartialDate

AT_ONCE: Final = 500
ALIKE: Final = 0.86  # two names from which on somebody is asked, as in `duplicates`
MOST: Final = 5  # who is shown for a line
FEW: Final = 2000  # rows that one name of the list may lead to
SOUNDING: Final = """
SELECT w.at, s.person_id, concat_ws(' ', nullif(s.surname, ''), nullif(s.given_names, ''),
    nullif(s.patronymic, '')) FROM unnest(%s::int[], %s::varchar[], %s::varchar[]) AS w(at, one, two),
LATERAL safar_names_sounding(
    string_to_array(w.one, ' ')::varchar[], string_to_array(w.two, ' ')::varchar[], %s) AS s
"""


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it: whom we know of her, and who may be the same."""

    row: CaseImportRow
    known: Person | None = None
    possible: list[Person] = field(default_factory=list)


def imports(actor: Actor) -> QuerySet[CaseImport]:
    """The lists that she handed in, the last first."""
    return CaseImport.objects.visible_to(actor).defer("content")


def case_import(actor: Actor, key: UUID) -> CaseImport:
    """A list of hers.

    Raises:
        NotFound: the same whether it is missing or another person's.
    """
    rows = CaseImport.objects.select_related("office", "progress").defer("content")
    return get_visible(rows, actor, key)


def lines(actor: Actor, run: CaseImport, *, kind: str) -> QuerySet[CaseImportRow]:
    """Its lines: `wrong` ones, those with `possible` matches, those of `known` people, or all."""
    rows = CaseImportRow.objects.visible_to(actor).filter(run=run)
    rows = rows.select_related("run").defer("run__content")
    if kind == "wrong":
        return rows.exclude(wrong="")
    if kind == "possible":
        return rows.exclude(possible=[])
    if kind == "known":
        return rows.exclude(known=None)
    return rows


def shown(actor: Actor, rows: Iterable[CaseImportRow]) -> list[Shown]:
    """Lines with the people in sight whom they may be about: two statements for all."""
    rows = list(rows)
    keys = {key for row in rows for key in (row.known, *row.possible) if key}
    found = people.named(actor, keys)
    return [
        Shown(
            row,
            found.get(row.known) if row.known else None,
            [found[key] for key in row.possible if key in found],
        )
        for row in rows
    ]


def find_people(
    actor: Actor, rows: Sequence[CaseImportRow], tell: Callable[[int, int], None]
) -> None:
    """Note on each line who of those in sight she is by number, and who she may be.

    Few statements for many lines. The same individual number is the same person, unless sex or
    birth say otherwise; a telephone or a name alone is a question. Nobody is merged.
    """
    for start in range(0, len(rows), AT_ONCE):
        some = [row for row in rows[start : start + AT_ONCE] if not row.wrong]
        reasons = _reasons(actor, some)
        named = people.named(actor, {key for keys in reasons.values() for key in keys})
        for row in some:
            _note(row, reasons.get(row.line, {}), named)
        tell(min(start + AT_ONCE, len(rows)), len(rows))
    _refuse_twice(rows)


def _refuse_twice(rows: Sequence[CaseImportRow]) -> None:
    """Two numbers of a case may lead to one person: she belongs to it once."""
    seen: set[tuple[str, UUID]] = set()
    for row in rows:
        if row.known and (row.key, row.known) in seen:
            row.wrong, row.column, row.found = "same_person", "number", row.number
        if row.known:
            seen.add((row.key, row.known))


def _note(
    row: CaseImportRow, reasons: Mapping[UUID, set[str]], named: Mapping[UUID, Person]
) -> None:
    fits = [key for key in reasons if key in named and _compatible(named[key], row)]
    same = [key for key in fits if "number" in reasons[key]]
    row.known = same[0] if len(same) == 1 else None
    others = [key for key in reasons if key in named and key != row.known]
    likely = [key for key in others if key in fits or "number" in reasons[key]]
    row.possible = sorted(likely, key=lambda key: -len(reasons[key]))[:MOST]


def _reasons(actor: Actor, rows: Sequence[CaseImportRow]) -> dict[int, dict[UUID, set[str]]]:
    found: dict[int, dict[UUID, set[str]]] = {}

    def add(line: int, key: UUID, why: str) -> None:
        found.setdefault(line, {}).setdefault(key, set()).add(why)

    for line, key in (*_by_number(actor, rows),):
        add(line, key, "number")
    for line, key in _by_phone(actor, rows):
        add(line, key, "phone")
    for line, key in _by_name(rows):
        add(line, key, "name")
    return found


def _by_number(actor: Actor, rows: Sequence[CaseImportRow]) -> Iterable[tuple[int, UUID]]:
    asked = {row.number: row.line for row in rows if row.number_of == NumberOf.UNHCR_PERSON}
    same = ExternalNumber.objects.visible_to(actor).filter(
        system=NumberOf.UNHCR_PERSON, value__in=list(asked)
    )
    for value, person in same.values_list("value", "person"):
        yield asked[value], person


def _by_phone(actor: Actor, rows: Sequence[CaseImportRow]) -> Iterable[tuple[int, UUID]]:
    asked: dict[str, list[int]] = {}
    for row in rows:
        if row.phone:
            asked.setdefault(phone_digits(row.phone), []).append(row.line)
    same = Contact.objects.visible_to(actor).filter(
        digits__in=list(asked), kind=ContactKind.PHONE, ended_on=None
    )
    for digits, person in same.values_list("digits", "person")[:FEW]:
        for line in asked[digits]:
            yield line, person


def _by_name(rows: Sequence[CaseImportRow]) -> Iterable[tuple[int, UUID]]:
    """People in sight with a name like one of these, in one statement for all of them."""
    asked: dict[int, CaseImportRow] = {}
    one, two = [], []
    for row in rows:
        if parts := parts_of(row.name):
            asked[row.line] = row
            one.append(" ".join(parts[0].strict))
            two.append(" ".join(parts[min(1, len(parts) - 1)].strict))
    with connection.cursor() as cursor:
        cursor.execute(SOUNDING, [list(asked), one, two, 4 * MOST])
        found: Any = cursor.fetchall()
    for line, person, name in found:
        if likeness(asked[line].name, name).score >= ALIKE:
            yield line, person


def _compatible(person: Person, row: CaseImportRow) -> bool:
    if person.sex and row.sex and person.sex != row.sex:
        return False
    birth: PartialDate | None = person.birth
    return birth is None or row.birth is None or birth.agrees(row.birth)
