"""Do the lines of each case fit together, and each with the whole list?"""

from typing import TYPE_CHECKING, Final

from safar.assistance.cases import programmes
from safar.assistance.cases.case_list.shapes import Where, refuse
from safar.assistance.cases.case_words import plain
from safar.assistance.cases.choices.case import MemberRole, Phase
from safar.assistance.cases.choices.people import NumberOf

if TYPE_CHECKING:
    from safar.assistance.cases.models import CaseImportRow

OF_CASE: Final = ("office", "programme", "scheme", "opened_on", "status", "closed_on", "closure")


def check(rows: "list[CaseImportRow]", where: Where) -> None:
    """Note on each line what does not fit with the others, and who is the applicant."""
    cases: dict[str, list[CaseImportRow]] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        if row.key:
            cases.setdefault(row.key, []).append(row)
        if row.number_of == NumberOf.UNHCR_PERSON:
            if row.number in numbers:
                refuse(row, "twice", "number", f"{row.number}, {numbers[row.number]}")
            numbers.setdefault(row.number, row.line)
    for lines in cases.values():
        _check_case(lines, where)
    _check_own(list(cases.values()), where)


def _check_own(cases: "list[list[CaseImportRow]]", where: Where) -> None:
    """What each programme says of its own cases, of those that nothing was wrong with so far."""
    good = [lines for lines in cases if not any(row.wrong for row in lines)]
    for programme in programmes.known():
        fits = programme.importer.fits if programme.importer else None
        own = [of for of in good if (of[0].programme or where.programme) == programme.code]
        for row, name, why in fits(own) if fits and own else ():
            refuse(row, "own", name, why)


def _check_case(lines: "list[CaseImportRow]", where: Where) -> None:
    first, seen = lines[0], set()
    for row in lines[1:]:
        for name in OF_CASE:
            if getattr(row, name) and getattr(row, name) != getattr(first, name):
                refuse(row, "differs", name, str(first.line))
    for row in lines:
        person = plain(row.name), str(row.birth or "")
        if person in seen:
            refuse(row, "same_person", "surname", row.name)
        seen.add(person)
    _check_applicant(lines)
    _check_end(first, where)


def _check_applicant(lines: "list[CaseImportRow]") -> None:
    named = [row for row in lines if row.role == MemberRole.APPLICANT]
    if not named and not lines[0].role:
        lines[0].role = MemberRole.APPLICANT
    elif not named:
        refuse(lines[0], "no_applicant", "role", lines[0].key)
    for row in named[1:]:
        refuse(row, "two_applicants", "role", str(named[0].line))
    for row in lines:
        row.role = row.role or MemberRole.OTHER


def _check_end(first: "CaseImportRow", where: Where) -> None:
    """A closed state has its day and its how; any other has neither."""
    programme = programmes.get(first.programme or where.programme)
    status = first.status or programme.workflow.start
    ends = programme.phases[status] == Phase.CLOSED
    if ends and not (first.closed_on and first.closure):
        refuse(first, "closing", "closed_on", "")
    if not ends and (first.closed_on or first.closure):
        refuse(first, "not_closed", "status", programme.workflow.start)
    begun = first.opened_on or where.today
    if first.closed_on and first.closed_on < begun:
        refuse(first, "before", "closed_on", str(first.closed_on))
