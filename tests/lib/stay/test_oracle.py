"""Does the fast answer agree with counting day by day, whatever the visits?"""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.lib.stay import StayRule, Visit, stay

DAY = timedelta(days=1)
TODAY = date(2028, 3, 2)  # a leap day is two days back


@st.composite
def visit_lists(draw: st.DrawFn) -> list[Visit]:
    """Visits of the last 260 days, overlapping or not; the last may be open."""
    closed = draw(st.lists(st.tuples(st.integers(1, 260), st.integers(0, 100)), max_size=6))
    made = [
        Visit(TODAY - back * DAY, min(TODAY, TODAY + (length - back) * DAY))
        for back, length in closed
    ]
    if draw(st.booleans()):
        made.append(Visit(TODAY - draw(st.integers(0, 200)) * DAY))
    return made


RULES = st.sampled_from(
    [
        StayRule(60, 120),
        StayRule(90, 180),
        StayRule(30, 60),
        StayRule(5, 7),
        StayRule(0, 9),
    ]
)


def days_of(visits: Sequence[Visit], *, exit_counts: bool = True) -> set[date]:
    present: set[date] = set()
    for visit in visits:
        day, last = visit.entered, visit.left or TODAY
        while day <= last if exit_counts or visit.left is None else day < last:
            present.add(day)
            day += DAY
    return present


def count_on(present: set[date], rule: StayRule, day: date) -> int:
    return sum((day - n * DAY) in present for n in range(rule.window or 0))


def oracle(
    visits: Sequence[Visit], rule: StayRule, *, exit_counts: bool = True
) -> tuple[int, int, int]:
    """(used, left, overstay) by walking one day at a time."""
    assert rule.days is not None
    present = days_of(visits, exit_counts=exit_counts)
    used = count_on(present, rule, TODAY)
    begun = [visit.entered for visit in visits if visit.left is None]
    over = 0
    if begun:
        stretch = [min(begun) + n * DAY for n in range((TODAY - min(begun)).days + 1)]
        over = sum(count_on(present, rule, day) > rule.days for day in stretch)
    day, left = (TODAY + DAY if begun else TODAY), 0
    while count_on(present := present | {day}, rule, day) <= rule.days:
        left, day = left + 1, day + DAY
    return used, 0 if over else left, over


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(visit_lists(), RULES)
def test_the_answer_is_that_of_counting_day_by_day(visits: list[Visit], rule: StayRule) -> None:
    answer = stay(visits, rule, TODAY)
    assert (answer.used, answer.left, answer.overstay) == oracle(visits, rule)


def test_an_oracle_that_forgets_the_day_of_exit_disagrees() -> None:
    """Negative control of the comparison above."""
    visits = [Visit(TODAY - 30 * DAY, TODAY - 10 * DAY)]
    answer = stay(visits, StayRule(60, 120), TODAY)
    found = (answer.used, answer.left, answer.overstay)
    assert found == oracle(visits, StayRule(60, 120))
    assert found != oracle(visits, StayRule(60, 120), exit_counts=False)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(visit_lists(), RULES, st.integers(1, 260), st.integers(0, 60))
def test_one_more_visit_never_gives_more_days(
    visits: list[Visit], rule: StayRule, back: int, length: int
) -> None:
    more = Visit(TODAY - back * DAY, min(TODAY, TODAY + (length - back) * DAY))
    before, after = stay(visits, rule, TODAY), stay([*visits, more], rule, TODAY)
    assert before.left is not None
    assert after.left is not None
    assert after.left <= before.left
    assert after.used >= before.used


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(visit_lists(), RULES)
def test_days_used_never_exceed_the_window(visits: list[Visit], rule: StayRule) -> None:
    answer = stay(visits, rule, TODAY)
    assert 0 <= answer.used <= (rule.window or 0)
    assert len(answer.calendar) == rule.window
    assert sum(day.counted for day in answer.calendar) == answer.used


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(visit_lists(), RULES)
def test_the_day_given_for_a_new_visit_is_the_first_that_has_a_day_left(
    visits: list[Visit], rule: StayRule
) -> None:
    answer = stay(visits, rule, TODAY)
    if answer.again is None:
        return
    assert stay(visits, rule, answer.again).left
    assert not stay(visits, rule, answer.again - DAY).left
