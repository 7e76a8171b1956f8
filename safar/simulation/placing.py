"""How do the travellers of the demonstration get on record, unspoilt by what was done before?"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from safar.control.border.models import Decision
from safar.control.border.partitions import ensure_months
from safar.core.action import action, note, role_suffices
from safar.core.models import AuditEntry
from safar.core.permissions import Actor, system
from safar.simulation import rows
from safar.simulation.documents import Document
from safar.simulation.outcomes import Outcome, eight
from safar.simulation.world import UTC_OFFSET


def cast() -> list[Outcome]:
    """Return the eight as nobody has decided on them yet, with their histories on record.

    They are placed anew, with other document numbers, on another day (days of stay run out)
    and after somebody decided on one of them: each start of the demonstration shows the same
    verdicts, whatever was done in it.
    """
    today = (timezone.now() + UTC_OFFSET).date()
    placed = AuditEntry.objects.filter(action="simulation.place", outcome="done")
    last = placed.last()
    if last is not None and last.details["today"] == today.isoformat():
        current = numbered(today, last.details["number"])
        if not _decided_on(current):
            return current
    number = placed.count()
    fresh = numbered(today, number)
    _place(system("simulation"), None, outcomes=fresh, today=today, number=number)
    return fresh


def numbered(today: date, number: int) -> list[Outcome]:
    """Return the eight with the document numbers of their n-th time; 0 leaves them alone."""
    return [
        replace(one, document=replace(one.document, number=shifted(one.document.number, number)))
        for one in eight(today)
    ]


def shifted(number: str, steps: int) -> str:
    """The document number so many places further in its series: its digits count on."""
    digits = [place for place, sign in enumerate(number) if sign.isdigit()]
    shown = "".join(number[place] for place in digits)
    further = iter(f"{(int(shown) + steps) % 10 ** len(digits):0{len(digits)}d}")
    return "".join(next(further) if sign.isdigit() else sign for sign in number)


def _decided_on(outcomes: list[Outcome]) -> bool:
    numbers = [one.document.number for one in outcomes]
    return Decision.objects.filter(inspection__document__number__in=numbers).exists()


@action("simulation.place", policies=(role_suffices,))
def _place(
    actor: Actor, target: None, *, outcomes: list[Outcome], today: date, number: int
) -> None:
    """Put the travellers of the demonstration on record."""
    days = [one.at.date() for outcome in outcomes for one in outcome.history]
    ensure_months(min(days), today)
    known = [outcome for outcome in outcomes if outcome.history]
    rows.copy(rows.TRAVELLERS, [(_keys(one)[0], one.history[0].at) for one in known])
    rows.copy(rows.DOCUMENTS, [_document(one) for one in known])
    rows.copy(rows.CROSSINGS, [row for one in known for row in _crossings(one)])
    reported = [one.document for one in outcomes if one.document.status]
    rows.copy(rows.REPORTS, [_report(paper) for paper in reported])
    note(today=today.isoformat(), number=number, outcomes=len(outcomes))


def _keys(one: Outcome) -> tuple[UUID, UUID]:
    """The keys of the traveller and of the document."""
    named = one.document.issuer, one.document.number
    at = one.history[0].at
    return rows.key(at, "traveller", *named), rows.key(at, "document", *named)


def _document(one: Outcome) -> rows.Row:
    traveller, document = _keys(one)
    return rows.document_row(one.document, document, traveller, one.native_name, one.history[0].at)


def _crossings(one: Outcome) -> list[rows.Row]:
    traveller, document = _keys(one)
    paper = one.document
    person = paper.nationality, paper.sex, int(paper.birth[:4])
    return [
        rows.crossing_row(
            crossing,
            (rows.key(crossing.at, "crossing", document), traveller, document),
            person,
            None,
        )
        for crossing in one.history
    ]


def _report(paper: Document) -> rows.Row:
    assert paper.reported is not None  # noqa: S101 - whatever has a status has its day
    return rows.report_row(paper, paper.reported)
