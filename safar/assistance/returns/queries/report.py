"""The programme's report of a year: who arrived, from where, and what became of the plans."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from safar.assistance.cases.models import CaseMember, Grant, Payment
from safar.assistance.cases.models.money import ENDED, PAID
from safar.assistance.returns.models import FeasibilityOption, ReturnFile
from safar.core.permissions import Actor

# Ages on the day of arrival, in the bands of the agency's own published tables.
BANDS = ((0, 17), (18, 29), (30, 44), (45, 59), (60, 150))
UNKNOWN = "?"


@dataclass(frozen=True)
class Arrivals:
    """People who arrived in a year, counted once each, by what the row and the column say."""

    year: int
    by_sending: list[tuple[str, int]]
    by_band: list[tuple[str, int, int, int]]  # band, women, men, not specified
    total: int


@dataclass(frozen=True)
class Granted:
    """Grants of one donor in one currency; amounts of different currencies are never added up.

    Args:
        grants: how many.
        planned: what they hold; of a closed grant only what is planned or paid of it.
        paid: what was paid of them and did not come back.
    """

    donor: str
    currency: str
    grants: int
    planned: Decimal
    paid: Decimal

    @property
    def balance(self) -> Decimal:
        """What is granted and not paid yet."""
        return self.planned - self.paid


def years(actor: Actor) -> list[int]:
    """The years in which somebody arrived, the latest first."""
    files = ReturnFile.objects.visible_to(actor).exclude(arrived_on=None)
    return [day.year for day in files.dates("arrived_on", "year", order="DESC")]


def arrivals(actor: Actor, year: int) -> Arrivals:
    """Count who arrived in a year, by sending state, and by age and sex."""
    rows = list(
        CaseMember.objects.visible_to(actor)
        .filter(case__return_file__arrived_on__year=year, left_on=None)
        .values_list(
            "case__return_file__sending",
            "case__return_file__arrived_on",
            "person__birth",
            "person__sex",
        )
    )
    sending = Counter(row[0] for row in rows)
    cells = Counter((_band(birth, day), sex) for _state, day, birth, sex in rows)
    return Arrivals(year, sorted(sending.items()), list(_bands(cells)), len(rows))


def plans(actor: Actor, year: int) -> list[tuple[str, int, int]]:
    """Chosen plans of those who arrived in a year: kind, how many, how many were completed."""
    chosen = FeasibilityOption.objects.visible_to(actor).filter(
        is_chosen=True, case__return_file__arrived_on__year=year
    )
    found = chosen.values("kind", "case__status").annotate(number=Count("pk"))
    by_kind: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for row in found:
        by_kind[row["kind"]] += row["number"]
        done[row["kind"]] += row["number"] if row["case__status"] == "completed" else 0
    return [(kind, by_kind[kind], done[kind]) for kind in sorted(by_kind)]


def granted(actor: Actor, year: int) -> list[Granted]:
    """Grants of the returns that arrived in a year and that she sees, by donor and currency."""
    of_year = {"case__programme": "returns", "case__return_file__arrived_on__year": year}
    key = ("line__project__donor__name", "currency")
    grants = Grant.objects.visible_to(actor).filter(**of_year).order_by().values(*key)
    held = grants.annotate(
        number=Count("pk"), open=Sum("ceiling", filter=Q(closed_at=None), default=Decimal(0))
    )
    payments = Payment.objects.visible_to(actor).filter(**of_year).order_by()
    spent = payments.values(*(f"grant__{name}" for name in key)).annotate(
        of_closed=_sum(~Q(status__in=ENDED) & Q(grant__closed_at__isnull=False)),
        paid=_sum(Q(status__in=PAID)),
    )
    sums = {tuple(row[f"grant__{name}"] for name in key): row for row in spent}
    none = {"of_closed": Decimal(0), "paid": Decimal(0)}
    found = [((str(row[key[0]]), str(row[key[1]])), row) for row in held]
    return [
        Granted(
            donor,
            currency,
            row["number"],
            row["open"] + (of := sums.get((donor, currency), none))["of_closed"],
            of["paid"],
        )
        for (donor, currency), row in sorted(found, key=lambda pair: pair[0])
    ]


def totals(rows: Iterable[Granted]) -> list[Granted]:
    """The sums of each currency in which more than one donor gives."""
    by_currency: dict[str, list[Granted]] = {}
    for row in rows:
        by_currency.setdefault(row.currency, []).append(row)
    return [
        Granted(
            "",
            currency,
            sum(row.grants for row in of),
            sum((row.planned for row in of), Decimal(0)),
            sum((row.paid for row in of), Decimal(0)),
        )
        for currency, of in sorted(by_currency.items())
        if len(of) > 1
    ]


def _sum(condition: Q) -> Sum:
    return Sum("amount", filter=condition, default=Decimal(0))


def _band(birth: Any, day: Any) -> str:
    age = birth.age_on(day) if birth else None
    if age is None:
        age = day.year - birth.year if birth else None
    if age is None:
        return UNKNOWN
    low, high = next(band for band in BANDS if band[0] <= age <= band[1])
    return f"{low}–{high}" if high < 150 else f"{low}+"


def _bands(cells: Counter[tuple[str, str]]) -> Iterable[tuple[str, int, int, int]]:
    for name in sorted({band for band, _sex in cells}):
        yield name, cells[name, "F"], cells[name, "M"], cells[name, ""]
