"""Does the made-up traffic hang together, and does it look like a border's?"""

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from safar.simulation.people import Traveller, travellers
from safar.simulation.plan import frequent_share
from safar.simulation.posts import Calendar
from safar.simulation.profiles import Profile, profiles
from safar.simulation.timetable import services
from safar.simulation.traffic import Crossing, crossings
from safar.simulation.world import HOME, REFERENCE, UTC_OFFSET, Scale

SMALL = Scale(travellers=4_000, days=90, crossings_per_day=None, seed=11)
PLANTED_PLACES = {"two-places"}


@pytest.fixture(scope="module")
def traffic() -> list[Crossing]:
    return list(crossings(SMALL))


@pytest.fixture(scope="module")
def people() -> list[Traveller]:
    return list(travellers(SMALL))


@pytest.fixture(scope="module")
def histories(traffic: list[Crossing]) -> dict[int, list[Crossing]]:
    found: dict[int, list[Crossing]] = defaultdict(list)
    for crossing in traffic:
        found[crossing.traveller].append(crossing)
    return found


def _who() -> list[Profile]:
    return list(profiles(SMALL, frequent_share(SMALL)))


@pytest.mark.slow
def test_the_same_seed_gives_the_same_crossings_and_another_seed_others(
    traffic: list[Crossing],
) -> None:
    assert list(crossings(SMALL)) == traffic
    other = Scale(travellers=4_000, days=90, crossings_per_day=None, seed=12)
    assert list(crossings(other)) != traffic


def test_crossings_come_in_the_order_of_time(traffic: list[Crossing]) -> None:
    assert all(a.at <= b.at for a, b in pairwise(traffic))
    local = [(one.at + UTC_OFFSET).date() for one in traffic]
    assert local[0] >= SMALL.first_day
    assert local[-1] <= SMALL.last_day


@pytest.mark.slow
@pytest.mark.parametrize("wanted", [200, 900])
def test_there_are_about_as_many_as_asked_for(wanted: int) -> None:
    scale = Scale(travellers=5_000, days=60, crossings_per_day=wanted, seed=5)
    assert sum(1 for _ in crossings(scale)) == pytest.approx(wanted * 60, rel=0.06)


def test_foreigners_enter_before_they_leave_and_citizens_leave_before_they_return(
    histories: dict[int, list[Crossing]],
) -> None:
    odd = 0
    for who in _who():
        moves = [one.direction for one in histories.get(who.index, [])]
        if not who.citizen and moves:
            assert moves[0] == "entry", who
        repeats = any(a == b for a, b in pairwise(moves))
        if who.oddity in {"no-exit", "two-places"}:
            odd += repeats
        else:
            assert not repeats, (who, moves)
    assert odd, "no history was planted: the test above sees nothing"


def test_nobody_is_at_two_far_posts_within_an_hour_unless_planted(
    histories: dict[int, list[Crossing]],
) -> None:
    planted = set()
    for who in _who():
        for a, b in pairwise(histories.get(who.index, [])):
            if a.post != b.post and b.at - a.at < timedelta(hours=1):
                planted.add(who.oddity)
    assert planted <= PLANTED_PLACES


@pytest.mark.slow
def test_a_planted_traveller_is_at_two_far_posts_within_minutes() -> None:
    scale = Scale(travellers=20_000, days=20, crossings_per_day=None, seed=2)
    odd = {
        one.index for one in profiles(scale, frequent_share(scale)) if one.oddity == "two-places"
    }
    seen = defaultdict(list)
    for crossing in crossings(scale):
        if crossing.traveller in odd:
            seen[crossing.traveller].append(crossing)
    assert any(
        a.post != b.post and b.at - a.at == timedelta(minutes=7)
        for moves in seen.values()
        for a, b in pairwise(moves)
    )


def test_about_one_visitor_in_a_hundred_stays_too_long(
    histories: dict[int, list[Crossing]],
) -> None:
    scale_end = SMALL.last_day
    visits = over = 0
    for moves in histories.values():
        for place, entry in enumerate(moves):
            if entry.permitted_until is None or entry.purpose in {"local", "crew"}:
                continue
            visits += 1
            after = moves[place + 1 :]
            until = (after[0].at + UTC_OFFSET).date() if after else scale_end
            over += until > entry.permitted_until
    assert 0.004 <= over / visits <= 0.022, (over, visits)


def test_night_hours_are_quieter_on_the_roads_and_torugart_sleeps(
    traffic: list[Crossing],
) -> None:
    roads = Counter(
        (one.at + UTC_OFFSET).hour for one in traffic if one.post in {"KG-DOS", "KG-AKZ"}
    )
    night = sum(roads[hour] for hour in (0, 1, 2, 3))
    day = sum(roads[hour] for hour in (9, 10, 17, 18))
    assert night * 5 < day
    asleep = [one for one in traffic if one.post == "KG-TOR" and (one.at + UTC_OFFSET).hour < 8]
    assert not asleep


def test_snow_shuts_torugart_for_three_days(traffic: list[Crossing]) -> None:
    closed = Calendar(SMALL).closed["KG-TOR"]
    assert len(closed) == 3
    shut = {SMALL.first_day + timedelta(days=day) for day in closed}
    passed = {(one.at + UTC_OFFSET).date() for one in traffic if one.post == "KG-TOR"}
    assert passed
    assert not passed & shut


def test_dostuk_is_the_busiest_post_and_fewer_cross_on_mondays(
    traffic: list[Crossing],
) -> None:
    posts = Counter(one.post for one in traffic)
    assert posts.most_common(1)[0][0] == "KG-DOS"
    local = Counter((one.at + UTC_OFFSET).weekday() for one in traffic if one.purpose == "local")
    assert local[0] * 2 < local[1]


@pytest.mark.slow
def test_workers_come_home_in_autumn_and_leave_in_spring() -> None:
    def homeward(scale: Scale) -> float:
        workers = {
            one.index for one in profiles(scale, frequent_share(scale)) if one.flow == "worker"
        }
        ways = Counter(one.direction for one in crossings(scale) if one.traveller in workers)
        return ways["entry"] / ways.total()

    spring = Scale(
        travellers=1_500, days=60, crossings_per_day=None, last_day=date.fromisoformat("2026-04-30")
    )
    autumn = Scale(
        travellers=1_500, days=60, crossings_per_day=None, last_day=date.fromisoformat("2026-11-22")
    )
    assert homeward(spring) < 0.45
    assert homeward(autumn) > 0.6


def test_every_flight_goes_on_its_weekday_from_its_post(traffic: list[Crossing]) -> None:
    known = {one.number: one for one in services()}
    timed = [one for one in traffic if one.service]
    assert len(timed) > 500
    for crossing in timed:
        service = known[crossing.service]
        assert (crossing.post, crossing.direction) == (service.post, service.direction)
        assert (crossing.at + UTC_OFFSET).weekday() in service.weekdays
        assert crossing.carrier == service.carrier


def test_posts_lanes_and_purposes_are_those_of_the_reference_data(
    traffic: list[Crossing],
) -> None:
    known = {"crossing_points": set[str](), "purposes": set[str]()}
    for name, codes in known.items():
        with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            codes.update(row["code"] for row in csv.DictReader(lines))
    with (REFERENCE / "lanes.csv").open(encoding="utf-8", newline="") as lines:
        lanes = {row["code"]: (row["post"], row["direction"]) for row in csv.DictReader(lines)}
    assert {one.post for one in traffic} <= known["crossing_points"]
    assert {one.purpose for one in traffic} <= known["purposes"]
    for crossing in traffic:
        assert lanes[crossing.lane] == (crossing.post, crossing.direction)


def test_only_foreigners_who_enter_are_given_a_last_day(
    traffic: list[Crossing], people: list[Traveller]
) -> None:
    for crossing in traffic:
        foreign = people[crossing.traveller].nationality != HOME
        given = crossing.permitted_until is not None
        assert given is (foreign and crossing.direction == "entry"), crossing


def test_every_crossing_names_a_document_that_its_traveller_held_then(
    traffic: list[Crossing], people: list[Traveller]
) -> None:
    second = 0
    for crossing in traffic:
        paper = people[crossing.traveller].documents[crossing.document]
        second += crossing.document
        assert paper.issued <= (crossing.at + UTC_OFFSET).date()
    assert second, "nobody renewed a passport: the test above sees half of it"


def test_minors_cross_within_minutes_of_their_adult(
    histories: dict[int, list[Crossing]], people: list[Traveller]
) -> None:
    minors = [one for one in people if one.leader is not None and one.index in histories]
    assert minors
    for one in minors:
        assert one.leader is not None
        for own, adults in zip(histories[one.index], histories[one.leader], strict=True):
            assert (own.post, own.direction) == (adults.post, adults.direction)
            assert abs(own.at - adults.at) < timedelta(minutes=3)


def test_lorry_drivers_and_commuters_cross_again_and_again(
    histories: dict[int, list[Crossing]], people: list[Traveller]
) -> None:
    for flow, least in (("commuter", 20), ("lorry", 8)):
        counts = [len(histories.get(one.index, [])) for one in people if one.flow == flow]
        assert sum(counts) / len(counts) > least
