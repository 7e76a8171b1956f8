"""Where do the ticks of an axis stand, and how is a figure written?"""

import math
from collections.abc import Iterable
from decimal import Decimal

from django.utils.formats import get_format

Number = int | float | Decimal
THIN = "\u202f"  # narrow no-break space (ISO 80000-1 §7.3.1)
MINUS = "\u2212"
UNKNOWN = "–"
LEAST = 1e-6  # a smaller difference is none


def number(value: Number | None, missing: str = UNKNOWN) -> str:
    """A figure as people read it: thousands parted by thin spaces, the language's decimal sign.

    A `Decimal` keeps its places, a float gets one unless it is whole. None is `missing`.
    """
    if value is None:
        return missing
    if isinstance(value, float):
        value = int(value) if value.is_integer() else round(value, 1)
    text = f"{abs(value):,}".replace(",", THIN)
    sign = MINUS if value < 0 else ""
    return sign + text.replace(".", str(get_format("DECIMAL_SEPARATOR")))


def ticks(low: float, high: float, wanted: int = 4) -> tuple[float, ...]:
    """Round numbers at even steps (1, 2 or 5 by powers of ten), from at or below `low` to at or
    above `high`. Whole numbers where both ends are; never fewer than two."""
    if high - low < LEAST:
        high = low + 1
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough * (1 - 1e-9))
    if float(low).is_integer() and float(high).is_integer():
        step = max(step, 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(each * step, 10) for each in range(first, last + 1))


def known(values: Iterable[Number | None]) -> list[float]:
    """The values that are there, for drawing."""
    return [float(value) for value in values if value is not None]


def not_below_zero(values: Iterable[Number | None]) -> list[float]:
    """The values that are there.

    Raises:
        ValueError: one is negative; a length cannot show it.
    """
    there = known(values)
    if any(value < 0 for value in there):
        raise ValueError("A bar cannot show a negative figure.")
    return there
