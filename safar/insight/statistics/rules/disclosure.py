"""May this table be shown without giving single persons away?

A table that crosses personal traits shows every number rounded to 5, and counts under 5
(none included) as "<5". Rounding alone does not protect a small count whose row and column
totals are known from other tables, so a table is released only where each small count
provably has another possible value: a second table, with exactly the same totals, that
would have been shown in exactly the same words. Where there is none, the table is withheld.
"""

from collections.abc import Iterator, Sequence
from itertools import product

BASE = 5
HIDDEN = -1  # what `shown` returns for a count that is shown as "<5"
Grid = Sequence[Sequence[int]]
Cell = tuple[int, int]


def shown(count: int) -> int:
    """Return the count as it is shown: the nearest multiple of 5, HIDDEN under 5."""
    return HIDDEN if count < BASE else (count + BASE // 2) // BASE * BASE


def is_safe(grid: Grid) -> bool:
    """Whether no count of 1 to 4 can be worked out, by one who knows all totals exactly."""
    return all(
        _has_double(grid, (row, column))
        for row, counts in enumerate(grid)
        for column, count in enumerate(counts)
        if 0 < count < BASE
    )


def first_safe(*grids: Grid) -> int | None:
    """Return which of these tables, finest first, is the first that may be shown; None: none."""
    for index, grid in enumerate(grids):
        if is_safe(grid):
            return index
    return None


def _has_double(grid: Grid, cell: Cell) -> bool:
    return any(
        _reads_the_same(grid, cell, other, step)
        for other in _corners(grid, cell)
        for step in (1, -1)
    )


def _corners(grid: Grid, cell: Cell) -> Iterator[Cell]:
    """The opposite corners of all rectangles that start at a cell."""
    rows = (row for row in range(len(grid)) if row != cell[0])
    columns = [column for column in range(len(grid[0])) if column != cell[1]]
    return product(rows, columns)


def _reads_the_same(grid: Grid, cell: Cell, other: Cell, step: int) -> bool:
    """Whether moving one crossing round a rectangle, which keeps all totals, changes no word."""
    (row, column), (other_row, other_column) = cell, other
    return (
        _keeps(grid[row][column], step)
        and _keeps(grid[other_row][other_column], step)
        and _keeps(grid[row][other_column], -step)
        and _keeps(grid[other_row][column], -step)
    )


def _keeps(count: int, step: int) -> bool:
    return count + step >= 0 and shown(count + step) == shown(count)
