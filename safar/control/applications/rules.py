"""Where does the money stand, is a look at the lists fresh, how is a number kept? Pure."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

SCREENING_HOLDS: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be: `field` of the application, and what the sentence of the code names."""

    code: str
    field: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Account:
    """The money of one application: what is due, and the sums of what was recorded."""

    due: Decimal
    paid: Decimal
    waived: Decimal
    returned: Decimal

    @property
    def held(self) -> Decimal:
        """What was paid and not given back: the most that can be given back."""
        return self.paid - self.returned

    @property
    def owed(self) -> Decimal:
        """What is neither paid nor waived: the most that can be paid or waived."""
        return max(self.due - self.held - self.waived, Decimal(0))

    @property
    def is_settled(self) -> bool:
        return not self.owed


def account(due: Decimal | None, fees: Iterable[tuple[str, Decimal]]) -> Account:
    """The account of a fee that is due (None: not said yet) and what was recorded: kind, amount."""
    sums = dict.fromkeys(("paid", "waived", "returned"), Decimal(0))
    for kind, amount in fees:
        sums[kind] += amount
    return Account(due or Decimal(0), **sums)


def is_fresh(looked_at: datetime, now: datetime) -> bool:
    return now - looked_at <= SCREENING_HOLDS


def document_number(text: str) -> str:
    """A document's number as it is kept: capitals and digits alone."""
    return "".join(one for one in text.upper() if one.isascii() and one.isalnum())
