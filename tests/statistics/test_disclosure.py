"""Can anybody work out a small number from what is shown?"""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.insight.statistics.rules.disclosure import BASE, HIDDEN, first_safe, is_safe, shown

Grid = list[list[int]]
grids = st.integers(2, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 8), min_size=width, max_size=width), min_size=2, max_size=2
    )
)


def words(grid: Grid) -> Grid:
    return [[shown(count) for count in row] for row in grid]


def totals(grid: Grid) -> tuple[list[int], list[int]]:
    return [sum(row) for row in grid], [sum(column) for column in zip(*grid, strict=True)]


def candidates(shown_as: int) -> range:
    return range(BASE) if shown_as == HIDDEN else range(max(BASE, shown_as - 2), shown_as + 3)


def all_tables_that_read_like(grid: Grid) -> Iterator[Grid]:
    """What an attacker holds possible, who knows every word and every exact total: all of it."""
    width = len(grid[0])
    ranges = [candidates(word) for row in words(grid) for word in row]
    for cells in product(*ranges):
        guess = [list(cells[start : start + width]) for start in range(0, len(cells), width)]
        if totals(guess) == totals(grid):
            yield guess


def worked_out(grid: Grid) -> bool:
    """Whether some count of 1 to 4 has one possible value only."""
    possible = list(all_tables_that_read_like(grid))
    return any(
        0 < count < BASE and len({guess[row][column] for guess in possible}) == 1
        for row, counts in enumerate(grid)
        for column, count in enumerate(counts)
    )


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(grids)
def test_no_small_count_of_a_table_that_is_shown_can_be_worked_out(grid: Grid):
    assert not (is_safe(grid) and worked_out(grid))


def test_the_attack_works_where_a_table_is_not_protected():
    alone = [[3, 0], [0, 0]]
    assert worked_out(alone)
    assert not is_safe(alone)


@given(st.integers(0, 10_000))
def test_a_number_is_shown_as_itself_only_within_two(count: int):
    assert shown(count) == HIDDEN if count < BASE else abs(shown(count) - count) <= BASE // 2
    assert shown(count) in (HIDDEN, *range(BASE, count + BASE, BASE))


def test_one_to_four_and_none_all_read_the_same():
    assert {shown(count) for count in range(BASE)} == {HIDDEN}
    assert [shown(count) for count in (5, 7, 8, 12, 13)] == [5, 5, 10, 10, 15]


def test_the_finest_table_that_protects_everybody_is_chosen():
    coarse = [[100, 100], [90, 90]]
    assert first_safe(coarse) == 0
    assert first_safe([[3, 0], [0, 0]], coarse) == 1
    assert first_safe([[3, 0], [0, 0]]) is None
