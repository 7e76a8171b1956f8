"""When does a check before a flight count, and who may be said to be fit? The rules alone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from safar.assistance.movements.choices import Fitness, MedicalOutcome
from safar.assistance.movements.rules import health as rules
from safar.assistance.movements.rules.health import FitnessFacts, fault_of_check, fault_of_fitness

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
# A night in which a clock is put back lies between some of these checks and their flights.
ZONES = [UTC, ZoneInfo("Asia/Bishkek"), ZoneInfo("Europe/Istanbul"), ZoneInfo("Europe/Berlin")]
flights = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))
zones = st.sampled_from(ZONES)


@given(flights, zones, zones, st.integers(0, 200 * 3600))
def test_the_check_counts_from_72_to_24_hours_before_the_flight_in_any_zone(at, one, other, before):
    leaves = at.replace(tzinfo=one)
    moment = (leaves.astimezone(UTC) - before * SECOND).astimezone(other)
    found = fault_of_check(moment, leaves)
    passed = before * SECOND
    expected = (
        rules.TOO_EARLY if passed > 72 * HOUR else rules.TOO_LATE if passed < 24 * HOUR else ""
    )
    assert found == expected


@given(flights, zones)
def test_the_first_and_the_last_moment_count_and_a_second_beyond_them_does_not(at, zone):
    leaves = at.replace(tzinfo=zone)
    begins, ends = rules.window(leaves)
    assert ends - begins == 48 * HOUR
    assert fault_of_check(begins, leaves) == fault_of_check(ends, leaves) == ""
    assert fault_of_check(begins - SECOND, leaves) == rules.TOO_EARLY
    assert fault_of_check(ends + SECOND, leaves) == rules.TOO_LATE


said = st.builds(
    FitnessFacts,
    fitness=st.sampled_from([*Fitness.values, "well"]),
    holds_until=st.none() | st.dates(date(2026, 12, 1), date(2026, 12, 31)),
    look_again_on=st.none() | st.dates(date(2026, 12, 1), date(2026, 12, 31)),
    needs=st.lists(st.just("wheelchair"), max_size=1),
    escort=st.sampled_from(["", "medical"]),
)


@given(said, st.none() | st.sampled_from(MedicalOutcome.values))
def test_nobody_is_fit_unexamined_untreated_or_without_an_end(facts, outcome):
    today = date(2026, 12, 15)
    code, _field = fault_of_fitness(facts, today, outcome)
    if code == "" and facts.fitness in rules.MAY_FLY:
        assert outcome in ("no_finding", "class_b")
        assert facts.holds_until is not None
        assert facts.holds_until >= today
        assert (facts.fitness == rules.FIT) == (not facts.needs and not facts.escort)
    if code == "" and facts.fitness == rules.HELD:
        assert facts.look_again_on is not None
        assert facts.look_again_on >= today
    assert code or facts.fitness in rules.MAY_FLY | rules.MAY_NOT_FLY


def test_the_words_of_the_rules_are_those_of_the_tables():
    assert {*rules.MAY_FLY, *rules.MAY_NOT_FLY, Fitness.NOT_SEEN} == {*Fitness.values}
    assert {*MedicalOutcome.values} >= rules.TO_BE_TREATED
