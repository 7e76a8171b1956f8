"""Who crossed, when and where? The crossings of a run, in the order of time."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from safar.simulation.journeys import PURPOSES, destinations, home_city
from safar.simulation.plan import (
    DOCUMENT_BIT,
    SECOND_SHIFT,
    TRAVELLER_SHIFT,
    Planner,
    frequent_share,
)
from safar.simulation.posts import POSTS, lanes
from safar.simulation.profiles import Profile, profiles
from safar.simulation.timetable import Service, services
from safar.simulation.vehicles import plate
from safar.simulation.world import HOME, UTC_OFFSET, Scale

_INDEX_MASK = (1 << 22) - 1
_ON_FOOT, _BY_CAR, _BY_BUS = "foot", "car", "bus"
_WAYS = (_ON_FOOT, _BY_CAR, _ON_FOOT, _BY_CAR, _BY_BUS, _ON_FOOT, _BY_CAR, _BY_BUS)


@dataclass(slots=True)
class Crossing:
    """One person over the border once.

    `traveller` and `document` are indices into the travellers of the same scale and their
    documents. `at` is UTC. `permitted_until` is the last lawful local day of a foreigner's stay.
    """

    traveller: int
    document: int
    post: str
    lane: str
    direction: str
    at: datetime
    purpose: str
    place: str
    carrier: str
    service: str
    vehicle: str
    permitted_until: date | None


class _Known:
    """What of each traveller the crossings need: some bytes each, by index."""

    def __init__(self) -> None:
        self.party = array("I")  # who drives: the adult, or oneself
        self.group = bytearray()
        self.groups: list[tuple[str, str]] = []
        self._place: dict[tuple[str, str], int] = {}

    def add(self, who: Profile) -> None:
        key = (who.flow, who.nationality)
        if key not in self._place:
            self._place[key] = len(self.groups)
            self.groups.append(key)
        self.group.append(self._place[key])
        self.party.append(who.leader if who.leader >= 0 else who.index)


def plan(scale: Scale) -> tuple[Planner, _Known]:
    """Every journey of the run, packed, and what it takes to unpack it."""
    planner, known = Planner(scale), _Known()
    for who in profiles(scale, frequent_share(scale)):
        planner.add(who)
        known.add(who)
    return planner, known


def crossings(scale: Scale) -> Iterator[Crossing]:
    """The crossings of the run by time. Plans all journeys before the first one comes."""
    planner, known = plan(scale)
    unpack = _Unpacking(known)
    for day, bucket in zip(planner.calendar.dates, planner.buckets, strict=True):
        midnight = datetime.combine(day, time(), UTC) - UTC_OFFSET
        for packed in sorted(bucket):
            yield unpack.crossing(packed, day, midnight)


class _Unpacking:
    def __init__(self, known: _Known) -> None:
        self.known = known
        self.timetable: tuple[Service, ...] = services()
        self._texts: dict[tuple[int, int], tuple[str, ...]] = {}
        self._days: dict[tuple[date, int], date] = {}
        self._lanes: dict[tuple[int, int, str], tuple[str, ...]] = {}

    def crossing(self, packed: int, day: date, midnight: datetime) -> Crossing:
        index = packed >> TRAVELLER_SHIFT & _INDEX_MASK
        post, out, service, stay = (
            packed >> 21 & 15, packed >> 20 & 1, packed >> 8 & 127, packed & 255
        )  # fmt: skip
        second = packed >> SECOND_SHIFT
        known = self.known
        group, party = known.group[index], known.party[index]
        carrier = number = vehicle = ""
        if service:
            timed = self.timetable[service - 1]
            carrier, number = timed.carrier, timed.number
            way = "rail" if timed.post == "KG-KDY" else "air"
        else:
            flow, nationality = known.groups[group]
            way = "lorry" if flow == "lorry" else _WAYS[party * 2_654_435_761 >> 7 & 7]
            if way != _ON_FOOT:
                vehicle = plate(nationality, party if way != _BY_BUS else party // 24)
        places = self._texts.get((group, out)) or self._text(group, out)
        booths = self._lanes.get((post, out, way)) or self._lane(post, out, way)
        return Crossing(
            index,
            1 if packed & DOCUMENT_BIT else 0,
            POSTS[post],
            booths[(second >> 5) % len(booths)],
            "exit" if out else "entry",
            midnight + timedelta(seconds=second),
            PURPOSES[packed >> 15 & 15],
            places[(party * 2_654_435_761 >> 9) % len(places)],
            carrier,
            number,
            vehicle,
            (self._days.get((day, stay)) or self._until(day, stay)) if stay else None,
        )

    def _until(self, day: date, stay: int) -> date:
        # The day of entry is the first day of the stay.
        return self._days.setdefault((day, stay), day + timedelta(days=stay - 1))

    def _lane(self, post: int, out: int, way: str) -> tuple[str, ...]:
        found = lanes(POSTS[post], "exit" if out else "entry", way)
        return self._lanes.setdefault((post, out, way), found)

    def _text(self, group: int, out: int) -> tuple[str, ...]:
        flow, nationality = self.known.groups[group]
        if out and nationality != HOME:
            texts: tuple[str, ...] = (f"{home_city(nationality)}, {nationality}",)
        elif nationality == HOME:
            texts = tuple(f"{place.text}, {place.country}" for place in destinations(flow, HOME))
        else:
            texts = tuple(place.text for place in destinations(flow, nationality))
        return self._texts.setdefault((group, out), texts)
