"""How much of a budget is granted, planned and paid: by line and by donor, over all cases.

Amounts of different currencies are never added up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from safar.assistance.cases.models import BudgetLine

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Money in one currency.

    Args:
        budget: what the lines may cost.
        committed: what grants hold of it; of a closed grant only what is paid or planned.
        planned: payments, paid or not, that were not cancelled and did not come back.
        paid: what was paid of them.
        services: what services cost by the workers' own word; payments for them are in `paid`.
    """

    currency: str
    budget: Decimal = ZERO
    committed: Decimal = ZERO
    planned: Decimal = ZERO
    paid: Decimal = ZERO
    services: Decimal = ZERO

    @property
    def left_to_grant(self) -> Decimal:
        return self.budget - self.committed

    @property
    def balance(self) -> Decimal:
        """What is granted and not paid yet."""
        return self.committed - self.paid


@dataclass(frozen=True, kw_only=True)
class LineSums(Sums):
    """The sums of a budget line."""

    line: BudgetLine
    donor: str
    project: str


@dataclass(frozen=True, kw_only=True)
class DonorSums(Sums):
    """The sums of a donor's lines in one currency."""

    donor: str


def by_line(
    *,
    programme: str = "",
    project: str = "",
    since: date | None = None,
    until: date | None = None,
) -> list[LineSums]:
    """Sums of every line, of grants given between two days (both included).

    In a page they hold the cases out of sight as well, and only lines of programmes where the
    reader is placed: how much a line has left is no secret among those who grant from it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM safar_line_totals(%s, %s)", [since, until])
        sums: dict[Any, tuple[Decimal, ...]] = {key: rest for key, *rest in cursor.fetchall()}
    lines = BudgetLine.objects.select_related("project__donor").order_by("project__code", "code")
    if programme:
        lines = lines.filter(project__programme=programme)
    if project:
        lines = lines.filter(project__code=project)
    return [_line_sums(line, *sums.get(line.pk, (ZERO, ZERO, ZERO, ZERO))) for line in lines]


def by_donor(
    *, programme: str = "", since: date | None = None, until: date | None = None
) -> list[DonorSums]:
    """Sums of every donor and currency: see `by_line`."""
    return donors_of(by_line(programme=programme, since=since, until=until))


def donors_of(lines: Iterable[LineSums]) -> list[DonorSums]:
    """Add lines up by donor and currency."""
    groups: dict[tuple[str, str], list[LineSums]] = {}
    for row in lines:
        groups.setdefault((row.donor, row.currency), []).append(row)
    return [
        DonorSums(
            currency=currency,
            donor=donor,
            budget=sum((row.budget for row in rows), ZERO),
            committed=sum((row.committed for row in rows), ZERO),
            planned=sum((row.planned for row in rows), ZERO),
            paid=sum((row.paid for row in rows), ZERO),
            services=sum((row.services for row in rows), ZERO),
        )
        for (donor, currency), rows in sorted(groups.items(), key=lambda item: item[0])
    ]


def _line_sums(
    line: BudgetLine, committed: Decimal, planned: Decimal, paid: Decimal, services: Decimal
) -> LineSums:
    return LineSums(
        currency=line.project.currency,
        budget=line.amount,
        committed=committed,
        planned=planned,
        paid=paid,
        services=services,
        line=line,
        donor=line.project.donor.name,
        project=line.project.code,
    )
