"""Where in a table of figures are the large ones: hours by weekdays, origins by destinations?"""

import math
from collections.abc import Sequence

from safar.ui.charts.scale import Number, not_below_zero, number
from safar.ui.charts.shapes import LETTER, Chart, Figures, Rect, Text, box, fitted, text

WIDE, NARROW = 1276, 632
MANY = 10
TOP, ROW = 23, 28
MOST_LABEL = 150.0
STEPS = 6


def heat(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[Number | None]],
    *,
    title: str,
    description: str = "",
    corner: str = "",
    skewed: bool = False,
    missing: str = "–",
) -> Chart:
    """`values[row][column]` in seven steps of one hue; nothing is step 0, the largest step 6.

    `skewed` sets the steps by the square root, where a few figures dwarf the others.

    Raises:
        ValueError: a figure is negative, or a row has not one value for each column.
    """
    there = not_below_zero(value for row in values for value in row)
    table = Figures(
        (corner, *columns),
        tuple(
            (name, *(number(value, missing) for value in row))
            for name, row in zip(rows, values, strict=True)
        ),
    )
    if any(len(row) != len(columns) for row in values):
        raise ValueError("Each row needs one value for each column.")
    width = WIDE if len(columns) > MANY else NARROW
    height = TOP + ROW * max(len(rows), 1) + 2
    if not there:
        return Chart(title, width, height, table, description)
    left = min(MOST_LABEL, max(len(name) for name in rows) * LETTER) + 8
    cell = (width - left) / len(columns)
    rects, figures = _cells(table, values, left, cell, max(there), skewed)
    heads = [
        text(left + (place + 0.5) * cell, 14, fitted(name, cell), "mid")
        for place, name in enumerate(columns)
    ]
    names = [text(0, TOP + place * ROW + 18, fitted(name, left)) for place, name in enumerate(rows)]
    return Chart(
        title,
        width,
        height,
        table,
        description,
        look="chart-full" if width == WIDE else "",
        rects=tuple(rects),
        texts=(*heads, *names, *figures),
    )


def step(value: float, largest: float, *, skewed: bool = False) -> int:
    """The step of the hue, 0 to 6; whatever is more than nothing is at least 1."""
    if not value or not largest:
        return 0
    share = value / largest
    return max(1, math.ceil((math.sqrt(share) if skewed else share) * STEPS - 1e-9))


def _cells(
    table: Figures,
    values: Sequence[Sequence[Number | None]],
    left: float,
    cell: float,
    largest: float,
    skewed: bool,
) -> tuple[list[Rect], list[Text]]:
    rects, figures = [], []
    for down, (row, shown) in enumerate(zip(values, table.rows, strict=True)):
        for across, (value, words) in enumerate(zip(row, shown[1:], strict=True)):
            tint = step(float(value or 0), largest, skewed=skewed)
            x, y = left + across * cell, TOP + down * ROW
            rects.append(box(x + 1, y, cell - 2, ROW - 2, f"q{tint}"))
            figures.append(text(x + cell / 2, y + 17, words, f"mid t{tint}"))
    return rects, figures
