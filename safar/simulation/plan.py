"""Which crossings does each traveller make? Histories first, in travellers' order.

A crossing is packed into one 64-bit number, sorted by second of the day within a bucket per day:
second 17 bits, traveller 22, post 4, exit 1, document 1, purpose 4, service 7, days of stay 8.
Five million crossings so take 40 MB.
"""

from array import array
from bisect import bisect_left
from dataclasses import replace
from functools import cache

from safar.simulation.journeys import (
    PURPOSE_PLACE,
    country_abroad,
    posts_for,
    purpose,
    way_out_of_transit,
)
from safar.simulation.posts import PLACE_OF, Calendar
from safar.simulation.profiles import Profile, profiles
from safar.simulation.stays import Rule, stay_rule
from safar.simulation.timetable import has_services, services, services_on
from safar.simulation.world import Scale

TRAVELLER_SHIFT, SECOND_SHIFT = 25, 47
DOCUMENT_BIT = 1 << 19
_PARTY_MASK = (1 << TRAVELLER_SHIFT) - 1 - DOCUMENT_BIT
_STUDY_DAYS, _WORK_DAYS = 180, 90
# Days of stay: shortest, longest, likeliest; then the share of travellers who come again.
_STAYS: dict[str, tuple[int, int, int, float]] = {
    "tourist": (2, 26, 7, 0.03),
    "visit": (1, 28, 4, 0.22),
    "business": (1, 16, 4, 0.18),
    "transit": (0, 2, 0, 0.10),
    "seasonal": (14, 84, 40, 0.05),
    "student": (100, 200, 160, 0.0),
    "abroad": (1, 24, 6, 0.12),
}
_SPECIAL_PERMITS = {"student": _STUDY_DAYS, "seasonal": _WORK_DAYS}
_IMPOSSIBLE = 420
Move = tuple[int, int, int]  # day, second, service: place in the timetable + 1, or 0


class Planner:
    """Draws the journeys of travellers given in order of index and fills the days' buckets."""

    def __init__(self, scale: Scale) -> None:
        self.calendar = Calendar(scale)
        self.days = scale.days
        self.rng = scale.rng("plan")
        self.chance = self.rng.random
        self.buckets: list[array[int]] = [array("Q") for _ in range(scale.days)]
        self._party: list[tuple[int, int]] = []  # what the last adult did, for minors along

    def add(self, who: Profile) -> None:
        """Plan one traveller; minors do what the adult before them did, seconds later."""
        if who.role == "minor":
            self._follow(who)
            return
        self._party = []
        self._journeys(who)

    def _journeys(self, who: Profile) -> None:
        if who.flow == "commuter":
            self._commute(who)
        elif who.flow == "lorry":
            self._haul(who)
        elif who.citizen:
            self._leave_and_return(who)
        else:
            self._visits(who)

    def _follow(self, who: Profile) -> None:
        step = (8 + int(self.chance() * 20)) * (who.index - who.leader)
        for day, packed in self._party:
            second = min((packed >> SECOND_SHIFT) + step, 86_399)
            head = second << SECOND_SHIFT | who.index << TRAVELLER_SHIFT
            self.buckets[day].append(head | packed & _PARTY_MASK)

    def _put(self, who: Profile, move: Move, post: str, out: bool, why: str, stay: int = 0) -> None:
        day, second, service = move
        if day >= self.days:
            return
        document = 1 if 0 <= who.renewal_day <= day else 0
        packed = (
            second << SECOND_SHIFT
            | who.index << TRAVELLER_SHIFT
            | PLACE_OF[post] << 21
            | out << 20
            | document << 19
            | PURPOSE_PLACE[why] << 15
            | service << 8
            | stay
        )
        self.buckets[day].append(packed)
        self._party.append((day, packed))

    def _move(self, who: Profile, post: str, day: int, out: bool, part: str = "all") -> Move:
        """The first possible day from `day` on, and the second at the booth."""
        day = self.calendar.open_day(post, day)
        if not has_services(post):
            if day >= self.days:
                return day, 0, 0
            return day, self.calendar.second(self.rng, post, day, part), 0
        country = country_abroad(who)
        direction = "exit" if out else "entry"
        while day < self.days:
            weekday = self.calendar.weekdays[day]
            wheel = services_on(post, direction, weekday, country)
            if wheel is None or self.chance() < 0.15:
                wheel = services_on(post, direction, weekday, "") or wheel
            if wheel is not None:
                service = wheel.spin(self.chance())
                return day, services()[service].second(self.rng), service + 1
            day += 1
        return day, 0, 0

    # Those who cross often

    def _commute(self, who: Profile) -> None:
        post = posts_for(who).spin(self.chance())
        often = 0.15 + self.chance() * (0.65 if who.citizen else 0.35)
        chance, second, weekdays = self.chance, self.calendar.second, self.calendar.weekdays
        rule = None if who.citizen else stay_rule(who.nationality, self.calendar.dates[0])
        used: list[int] = []
        for day in range(self.days):
            # The market rests on Mondays, and most of its people with it.
            if chance() >= (often * 0.35 if weekdays[day] == 0 else often):
                continue
            stay = rule.days - _recent(used, day, rule) if rule else 0
            if rule and stay < 1:
                continue  # the days of the window are used up: another day, perhaps
            used.append(day)
            why = "local"
            morning = second(self.rng, post, day, "morning")
            evening = max(second(self.rng, post, day, "evening"), morning + 1_800)
            self._put(who, (day, morning, 0), post, who.citizen, why, stay)
            back = "residence" if who.citizen else why
            self._put(who, (day, evening, 0), post, not who.citizen, back)

    def _haul(self, who: Profile) -> None:
        day = int(self.chance() * 12)
        post = posts_for(who).spin(self.chance())
        rule = None if who.citizen else stay_rule(who.nationality, self.calendar.dates[0])
        visits: list[int] = []
        while day < self.days:
            first = self._move(who, post, day, who.citizen)
            back = self._move(who, post, first[0] + 2 + int(self.chance() * 4), not who.citizen)
            stay = max(1, rule.days - _recent(visits, first[0], rule)) if rule else 0
            visits.extend(range(first[0], back[0] + 1))
            self._put(who, first, post, who.citizen, "crew", stay)
            self._put(who, back, post, not who.citizen, "residence" if who.citizen else "crew")
            day = back[0] + 4 + int(self.chance() * 8)

    # Citizens

    def _leave_and_return(self, who: Profile) -> None:
        post = posts_for(who).spin(self.chance())
        why = purpose(who)
        if who.flow in {"worker", "student"} and self._only_returns():
            day = self.calendar.season("returning").spin(self.chance())
            self._put(who, self._move(who, post, day, False), post, False, "residence")
            return
        flow = {"worker": "leaving", "student": "student"}.get(who.flow, "abroad")
        out = self._move(who, post, self.calendar.season(flow).spin(self.chance()), True)
        self._put(who, out, post, True, why)
        if who.flow == "abroad" or self.chance() < 0.15:
            length = self._length("abroad") + (0 if who.flow == "abroad" else 20)
            back = self._move(who, post, out[0] + length, False)
            self._put(who, back, post, False, "residence")
            self._twice(who, back, post)

    def _only_returns(self) -> bool:
        coming = self.calendar.season("returning").total
        going = self.calendar.season("leaving").total
        return self.chance() * (coming + going) < coming

    def _twice(self, who: Profile, back: Move, post: str) -> None:
        if who.oddity == "two-places" and back[0] < self.days:
            self._put(who, _elsewhere(back), _far_from(post), False, "residence")

    # Foreign visitors

    def _visits(self, who: Profile) -> None:
        day = self.calendar.season(who.flow).spin(self.chance())
        rule = stay_rule(who.nationality, self.calendar.dates[0])
        if who.oddity == "overstay" and rule.days + 3 < self.days:
            self._overstay(who, rule)
            return
        special = _SPECIAL_PERMITS.get(who.flow, 0)
        used: list[int] = []
        again = _STAYS[who.flow][3]
        while day < self.days:
            left = max(special, rule.days - _recent(used, day, rule))
            length = min(self._length(who.flow), left - 2)
            if length < 0:
                return
            first, last = self._visit(who, day, length, left)
            used.extend(range(first, min(last, self.days) + 1))
            if who.oddity or self.chance() >= again:
                return
            day = last + 2 + int(self.chance() * 30)

    def _visit(self, who: Profile, day: int, length: int, permit: int) -> tuple[int, int]:
        post = posts_for(who).spin(self.chance())
        why = purpose(who)
        entry = self._move(who, post, day, False, "morning" if length == 0 else "all")
        self._put(who, entry, post, False, why, permit)
        self._planted(who, entry, post, why, permit)
        leaves_by = self._way_out(who, post)
        part = "evening" if length == 0 else "all"
        out = self._move(who, leaves_by, entry[0] + length, True, part)
        while not _time_between(entry, out, across=leaves_by != post):
            out = self._move(who, leaves_by, out[0] + 1, True)
        self._put(who, out, leaves_by, True, why)
        return entry[0], out[0]

    def _way_out(self, who: Profile, post: str) -> str:
        if who.flow == "transit":
            return way_out_of_transit(post)
        return post if self.chance() < 0.85 else posts_for(who).spin(self.chance())

    def _planted(self, who: Profile, entry: Move, post: str, why: str, permit: int) -> None:
        day = entry[0]
        if day >= self.days:
            return
        if who.oddity == "two-places":
            self._put(who, _elsewhere(entry), _far_from(post), False, why, permit)
        elif who.oddity == "no-exit":
            earlier = self._move(who, post, max(0, day - 12 - int(self.chance() * 20)), False)
            if earlier[0] < day:
                self._put(who, earlier, post, False, why, permit)

    def _overstay(self, who: Profile, rule: Rule) -> None:
        extra = 1 + int(self.rng.triangular(0, 30, 3))
        post = posts_for(who).spin(self.chance())
        why = purpose(who)
        latest = self.days - rule.days - 2
        entry = self._move(who, post, int(self.chance() * latest), False)
        self._put(who, entry, post, False, why, rule.days)
        if self.chance() < 0.6:
            out = self._move(who, post, entry[0] + rule.days + extra, True)
            self._put(who, out, post, True, why)

    def _length(self, flow: str) -> int:
        shortest, longest, likeliest, _ = _STAYS[flow]
        return int(self.rng.triangular(shortest, longest + 1, likeliest))


def _far_from(post: str) -> str:
    """A post too far from this one to be reached in seven minutes, by any means."""
    return "KG-CHA" if post in {"KG-DOS", "KG-OSS"} else "KG-DOS"


def _elsewhere(move: Move) -> Move:
    day, second, _ = move
    return day, second + (_IMPOSSIBLE if second < 80_000 else -_IMPOSSIBLE), 0


def _time_between(entry: Move, out: Move, *, across: bool) -> bool:
    """Whether the way through the country (Osh to Bishkek: ten hours) fits in between."""
    if out[2] == 0 and out[1] == 0:  # past the end of the run
        return True
    seconds = (out[0] - entry[0]) * 86_400 + out[1] - entry[1]
    return seconds >= (36_000 if across else 2_700)


def _recent(used: list[int], day: int, rule: Rule) -> int:
    """Days of stay so far that count on `day`; `used` is sorted, a day at most once a visit."""
    if not rule.window_days:
        return 0
    return len(used) - bisect_left(used, day - rule.window_days + 1)


def _sample(scale: Scale, frequent: float) -> tuple[float, float]:
    """Crossings for each party, and travellers in it, over a sample."""
    planner, parties = Planner(scale), 0
    for who in profiles(scale, frequent):
        planner.add(who)
        parties += who.role != "minor" and not who.relation
    return sum(map(len, planner.buckets)) / parties, scale.travellers / parties


@cache
def frequent_share(scale: Scale) -> float:
    """The share of commuters and lorry drivers that brings about `crossings_per_day`."""
    if scale.crossings_per_day is None:
        return 0.04
    wanted = scale.crossings_per_day * scale.days / scale.travellers
    seldom, party = _sample(replace(scale, travellers=6_000), 0.0)
    often, _ = _sample(replace(scale, travellers=900), 1.0)
    room = often - seldom + wanted * (party - 1)
    if room <= 0:
        return 0.0
    return min(max((wanted * party - seldom) / room, 0.0), 0.8)
