"""Which reports of stolen blanks that this stock made still stand at the booths?"""

from collections.abc import Sequence
from typing import Final

from django.db.models import Q
from psycopg.types.range import Int8Range

from safar.control.blanks.choices import TRAVEL_DOCUMENTS, WERE_LOST, BlankState
from safar.control.blanks.models import Blank
from safar.control.blanks.rules.numbering import numbers_between, ranges
from safar.control.documents.models import ReportedBatch
from safar.control.documents.rules import span_of
from safar.core import node

REFERENCE: Final = "blanks "
"""What the reference of a report begins with that came of a loss here."""


def standing_with(numbers: Sequence[str]) -> list[ReportedBatch]:
    """The reports that any of these numbers is one of; what others reported is not among them."""
    if not numbers:
        return []
    any_of = Q(pk__in=[])
    for first, last in ranges(sorted(numbers)):
        begin, end = span_of(first, last)
        serials = Int8Range(begin.serial, end.serial + 1)
        any_of |= Q(prefix=begin.prefix, width=begin.width, serials__overlap=serials)
    rows = ReportedBatch.objects.filter(any_of, issuer=node.country(), withdrawn_at=None)
    return list(rows.filter(reference__startswith=REFERENCE).select_for_update())


def still_lost(report: ReportedBatch) -> bool:
    """Whether any blank of a report is lost, or found and not destroyed yet."""
    numbers = numbers_between(report.first, report.last)
    return Blank.objects.filter(number__in=numbers, state__in=WERE_LOST).exists()


def state_of_unused(number: str) -> str | None:
    """The state of a blank that became no travel document; None where no such blank is known."""
    rows = Blank.objects.filter(number=number, kind__in=TRAVEL_DOCUMENTS)
    return rows.exclude(state=BlankState.ISSUED).values_list("state", flat=True).first()
