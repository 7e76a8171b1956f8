"""Which days does a page of figures cover, and what is usual on such a day?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
EARLIER_WEEKS = 8  # the weeks before a day that say what is usual
ENOUGH_WEEKS = 4  # of them with traffic; with fewer, nothing is called usual
MARGIN = 10  # per cent by which the range is widened on either side


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both counted."""

    first: date
    last: date

    @classmethod
    def last_days(cls, days: int, yesterday: date) -> "Period":
        return cls(yesterday - timedelta(days=days - 1), yesterday)

    def days(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)

    def weeks(self) -> Iterator["Period"]:
        """The weeks from Monday to Sunday; the first and the last may be cut."""
        monday = self.first - timedelta(days=self.first.weekday())
        while monday <= self.last:
            sunday = monday + timedelta(days=6)
            yield Period(max(monday, self.first), min(sunday, self.last))
            monday += WEEK

    def before(self) -> "Period":
        """The earlier weeks that say what is usual."""
        return Period(self.first - EARLIER_WEEKS * WEEK, self.first - timedelta(days=1))


@dataclass(frozen=True)
class Usual:
    """The range that a count stays within on an ordinary day."""

    low: int
    high: int

    def holds(self, count: int) -> bool:
        return self.low <= count <= self.high


def usual(counts: Mapping[date, int], day: date) -> Usual | None:
    """Return the lowest and highest count of the same weekday in earlier weeks, a tenth wider.

    None where too few of those weeks have any traffic on record.
    """
    days = [day - number * WEEK for number in range(1, EARLIER_WEEKS + 1)]
    earlier = [count for before in days if (count := counts.get(before, 0))]
    if len(earlier) < ENOUGH_WEEKS:
        return None
    return Usual(
        min(earlier) * (100 - MARGIN) // 100,
        -(-max(earlier) * (100 + MARGIN) // 100),
    )
