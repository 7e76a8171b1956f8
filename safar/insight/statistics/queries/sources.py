"""The counts that the tables are made of: one query each, however many tables read it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from safar.control.border import counts
from safar.core.permissions import Actor
from safar.insight.statistics.rules.asked import Asked

ENTRY, EXIT = "entry", "exit"


@dataclass(frozen=True)
class Sources:
    """Counts for what was asked, read when a table first needs them, and then kept."""

    actor: Actor
    asked: Asked
    now: datetime

    @property
    def traits_direction(self) -> str:
        """Citizenships and ages are counted one way: on entry, unless exits were asked for."""
        return self.asked.direction or ENTRY

    @cached_property
    def hours(self) -> Mapping[tuple[date, int, str], int]:
        """Crossings by day, hour and direction, from eight weeks before the period."""
        earlier = self.asked.period.before().first
        return counts.by_hour(self.actor, self._selection(first=earlier))

    @cached_property
    def days(self) -> Mapping[tuple[date, str], int]:
        """Crossings by day and direction, from eight weeks before the period."""
        found: Counter[tuple[date, str]] = Counter()
        for (day, _, direction), count in self.hours.items():
            found[day, direction] += count
        return found

    @cached_property
    def posts(self) -> Mapping[tuple[str, str], int]:
        return counts.by_post(self.actor, self._selection())

    @cached_property
    def groups(self) -> Mapping[tuple[str, str, str, int | None], int]:
        """Crossings by citizenship, post, sex and age, one way."""
        return counts.by_group(self.actor, self._selection(direction=self.traits_direction))

    @cached_property
    def refusals(self) -> Mapping[tuple[str, ...], int]:
        return counts.refusals(self.actor, self._selection())

    def folded(self, key: Callable[..., Any]) -> Counter[Any]:
        """The groups, added up under a coarser key."""
        found: Counter[Any] = Counter()
        for group, count in self.groups.items():
            found[key(*group)] += count
        return found

    def _selection(self, **changes: Any) -> counts.Selection:
        asked = self.asked
        chosen = {
            "first": asked.period.first,
            "last": asked.period.last,
            "post": asked.post,
            "citizenship": asked.citizenship,
            "direction": asked.direction,
        }
        return counts.Selection(**{**chosen, **changes})
