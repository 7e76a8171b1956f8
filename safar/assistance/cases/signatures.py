"""How many signatures does an amount need? Declared in one file, with who signed it and when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.money import StepKind
from safar.core.errors import RuleBroken

FILE: Final = Path(__file__).parent / "data" / "signatures.json"
BEYOND_PREPARER: Final = tuple(StepKind)[1:]


@dataclass(frozen=True)
class Band:
    """Amounts up to `up_to` (None: all the rest) need these signatures, in this order."""

    up_to: Decimal | None
    needs: tuple[StepKind, ...]


@dataclass(frozen=True)
class Signatures:
    """The thresholds in force: by whose word, since when, and what each currency's bands need."""

    rule: str
    signed_by: str
    signed_on: date
    without_amount: tuple[StepKind, ...]
    bands: Mapping[str, tuple[Band, ...]]

    @property
    def source(self) -> str:
        return f"{self.rule}, {self.signed_by}, {self.signed_on.isoformat()}"

    def needs(self, amount: Decimal | None, currency: str = "") -> tuple[StepKind, ...]:
        """Return the signatures beyond the preparer's, in their order.

        Raises:
            RuleBroken: nobody declared thresholds for this currency.
        """
        if amount is None:
            return self.without_amount
        if currency not in self.bands:
            raise RuleBroken(
                _("No thresholds are declared for this currency. Finance adds them first."),
                field="currency",
            )
        fits = (b for b in self.bands[currency] if b.up_to is None or amount <= b.up_to)
        return next(fits).needs


@cache
def in_force() -> Signatures:
    return read(json.loads(FILE.read_text()))


def read(given: Mapping[str, Any]) -> Signatures:
    """Read the thresholds.

    Raises:
        ValueError: nobody signed them, a band needs nobody or the same signature twice, or the
            bands of a currency do not cover every amount in rising order.
    """
    if not given["signed_by"] or not given["rule"]:
        raise ValueError("nobody signed the thresholds")
    return Signatures(
        given["rule"],
        given["signed_by"],
        date.fromisoformat(given["signed_on"]),
        _needs(given["without_amount"]),
        {currency: _bands(currency, rows) for currency, rows in given["bands"].items()},
    )


def _bands(currency: str, rows: list[dict[str, Any]]) -> tuple[Band, ...]:
    tops = [Decimal(row["up_to"]) for row in rows[:-1]]
    if not rows or rows[-1]["up_to"] is not None or tops != sorted(set(tops)):
        raise ValueError(f"{currency}: the bands do not cover every amount in rising order")
    ends = [*tops, None]
    return tuple(Band(end, _needs(row["needs"])) for end, row in zip(ends, rows, strict=True))


def _needs(names: list[str]) -> tuple[StepKind, ...]:
    needs = tuple(StepKind(name) for name in names)
    if not needs or len(set(needs)) < len(needs) or not set(needs) <= set(BEYOND_PREPARER):
        raise ValueError(f"{names}: at least one other person signs, and each signs once")
    return needs
