"""When is a post busy, when is it shut, which lane does a traveller take?"""

import csv
import random
from collections.abc import Sequence
from datetime import timedelta
from functools import cache

from safar.simulation.world import REFERENCE, Scale, Wheel, table

POSTS = tuple(row["code"] for row in table("posts"))
PLACE_OF = {code: place for place, code in enumerate(POSTS)}
TORUGART = "KG-TOR"
_SNOW_DAYS = 3
_SNOW_MONTHS = frozenset({11, 12, 1, 2, 3, 4})
_PEAK_DAYS = frozenset({4, 6})  # Friday and Sunday
_STEPS = 2_048
_MORNING, _EVENING = range(5, 13), range(13, 23)


@cache
def _lanes() -> dict[tuple[str, str, str], tuple[str, ...]]:
    found: dict[tuple[str, str, str], list[str]] = {}
    with (REFERENCE / "lanes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault((row["post"], row["direction"], row["kind"]), []).append(row["code"])
    return {key: tuple(codes) for key, codes in found.items()}


@cache
def lanes(post: str, direction: str, kind: str) -> tuple[str, ...]:
    """Lane codes of a post for foot, car, bus, lorry, air or rail; any that lead there if none."""
    every = _lanes()
    if exact := every.get((post, direction, kind)):
        return exact
    return tuple(
        code
        for (where, way, other), codes in every.items()
        if (where, way) == (post, direction) and other != "crew"
        for code in codes
    )


@cache
def _busy(post: str, day_kind: str, part: str) -> tuple[int, ...]:
    """Equally likely seconds of the local day: picking one of them follows the rhythm."""
    rhythm = next(row["rhythm"] for row in table("posts") if row["code"] == post)
    row = next(r for r in table("rhythms") if (r["rhythm"], r["day"]) == (rhythm, day_kind))
    hours = {"all": range(24), "morning": _MORNING, "evening": _EVENING}[part]
    wheel = Wheel((hour, float(row[f"h{hour:02d}"])) for hour in hours)
    chances = [step / _STEPS for step in range(_STEPS)]
    picked = [wheel.spin(chance) for chance in chances]
    counts = {hour: picked.count(hour) for hour in set(picked)}
    seconds = []
    for hour in sorted(counts):
        seconds += [hour * 3600 + 3600 * n // counts[hour] for n in range(counts[hour])]
    return tuple(seconds)


class Calendar:
    """The days of a run: their weekdays, the days that a post is shut, likely days by season."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.days = scale.days
        self.dates = [scale.first_day + timedelta(days=n) for n in range(scale.days)]
        self.weekdays = [day.weekday() for day in self.dates]
        self.closed = {TORUGART: self._snow()}
        self._seasons: dict[str, Wheel[int]] = {}

    def _snow(self) -> frozenset[int]:
        cold = [n for n, day in enumerate(self.dates) if day.month in _SNOW_MONTHS]
        if len(cold) < 2 * _SNOW_DAYS:
            return frozenset()
        first = cold[int(self.scale.rng("snow").random() * (len(cold) - _SNOW_DAYS))]
        return frozenset(range(first, first + _SNOW_DAYS))

    def open_day(self, post: str, day: int) -> int:
        """The day itself, or the first one after it on which the post is open."""
        closed = self.closed.get(post)
        while closed and day in closed:
            day += 1
        return day

    def season(self, flow: str) -> Wheel[int]:
        """Days of the run, as likely as the flow's season makes them; Fridays and Sundays more."""
        if flow not in self._seasons:
            row = next(row for row in table("seasons") if row["flow"] == flow)
            months = [float(weight) for weight in list(row.values())[1:]]
            self._seasons[flow] = Wheel(
                (n, months[day.month - 1] * (1.3 if day.weekday() in _PEAK_DAYS else 1.0))
                for n, day in enumerate(self.dates)
            )
        return self._seasons[flow]

    def second(self, rng: random.Random, post: str, day: int, part: str = "all") -> int:
        """A second of the local day when the post is busy; `part` is all, morning or evening."""
        kind = "peak" if self.weekdays[day] in _PEAK_DAYS else "week"
        busy: Sequence[int] = _busy(post, kind, part)
        return busy[int(rng.random() * _STEPS)] + int(rng.random() * 60)
