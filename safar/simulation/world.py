"""How large is the made-up world, and where do its tables come from?"""

import csv
import random
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")

DATA = Path(__file__).with_name("data")
REFERENCE = Path(__file__).parents[1] / "reference" / "data"
HOME = "KGZ"
UTC_OFFSET = timedelta(hours=6)  # Asia/Bishkek keeps no summer time


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of a run: `last_day` is the last local day that has traffic.

    A traveller crosses about twice at least, so `crossings_per_day` below
    2 * travellers / days is answered with about that floor. None keeps the natural mix.
    """

    travellers: int = 12_000
    days: int = 90
    crossings_per_day: int | None = 460
    seed: int = 1
    last_day: date = date(2026, 11, 22)

    def __post_init__(self) -> None:
        if not 1 <= self.travellers <= 4_000_000:
            raise ValueError("travellers must be 1 to 4,000,000")
        if not 1 <= self.days <= 1_000:
            raise ValueError("days must be 1 to 1,000")

    @property
    def first_day(self) -> date:
        """The first local day that has traffic."""
        return self.last_day - timedelta(days=self.days - 1)

    def rng(self, stream: str) -> random.Random:
        """A stream of chance of its own, so that one part's draws never shift another's."""
        return random.Random(f"{self.seed}/{stream}")  # noqa: S311  no secret hangs on it


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/<name>.csv`."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


class Wheel(Generic[T]):
    """A wheel of fortune: `spin(rng.random())` gives an item as often as its weight says."""

    __slots__ = ("_bounds", "_items", "total")

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = [(item, weight) for item, weight in weighted if weight > 0]
        if not pairs:
            raise ValueError("a wheel needs at least one item with a weight")
        self._items = [item for item, _ in pairs]
        bounds = list(accumulate(weight for _, weight in pairs))
        self.total = bounds[-1]
        self._bounds = [bound / self.total for bound in bounds]
        self._bounds[-1] = 1.0

    def spin(self, chance: float) -> T:
        """The item at `chance`, which is 0 up to but not including 1."""
        return self._items[bisect_right(self._bounds, chance)]
