"""Which flight or train does a traveller take, and when do its people reach the booths?"""

import random
from dataclasses import dataclass
from functools import cache

from safar.simulation.world import Wheel, table


@dataclass(frozen=True, slots=True)
class Service:
    """A flight or train; `minute` of the local day at which it lands or departs."""

    number: str
    carrier: str
    post: str
    direction: str
    place: str
    country: str
    minute: int
    weekdays: frozenset[int]
    seats: int

    def second(self, rng: random.Random) -> int:
        """When one of its people is at the booth: after landing, or before departure."""
        if self.direction == "entry":
            at = self.minute * 60 + int(rng.triangular(12, 62, 24) * 60)
        else:
            at = self.minute * 60 - int(rng.triangular(35, 165, 95) * 60)
        return min(max(at, 0), 86_399)


@cache
def services() -> tuple[Service, ...]:
    """The whole timetable; a service is known by its place in it."""
    return tuple(
        Service(
            row["number"], row["carrier"], row["post"], row["direction"], row["place"],
            row["country"], int(row["departs_or_lands"][:2]) * 60 + int(row["departs_or_lands"][3:]),
            frozenset(int(day) - 1 for day in row["weekdays"]), int(row["seats"]),
        )
        for row in table("services")
    )  # fmt: skip


@cache
def services_on(post: str, direction: str, weekday: int, country: str) -> Wheel[int] | None:
    """Places in the timetable of that day, by seats; '' is any country. None where none goes."""
    going = [
        (place, float(one.seats))
        for place, one in enumerate(services())
        if one.post == post
        and one.direction == direction
        and weekday in one.weekdays
        and country in {"", one.country}
    ]
    return Wheel(going) if going else None


@cache
def has_services(post: str) -> bool:
    """Whether a post lives by a timetable."""
    return any(one.post == post for one in services())
