"""How much is a family's travel loan, and what is still owed of it? Plain values in and out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from safar.assistance.movements.rules.ages import ADULT_FARE_FROM


@dataclass(frozen=True)
class Owed:
    """A promissory note's sum: so many adult fares, so many of children."""

    adults: int
    children: int
    amount: Decimal


def owed(ages: Sequence[int], adult: Decimal, child: Decimal) -> Owed:
    """What a family of these ages owes; a child pays a child's fare until the twelfth birthday."""
    adults = sum(age >= ADULT_FARE_FROM for age in ages)
    children = len(ages) - adults
    return Owed(adults, children, adults * adult + children * child)


def balance(amount: Decimal, repaid: Iterable[Decimal]) -> Decimal:
    """What is still owed: never below nothing where each instalment was `may_repay`."""
    return amount - sum(repaid, Decimal(0))


def may_repay(left: Decimal, instalment: Decimal) -> bool:
    """Whether an instalment is more than nothing and no more than what is left."""
    return Decimal(0) < instalment <= left
