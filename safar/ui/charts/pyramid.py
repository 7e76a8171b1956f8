"""How are men and women spread over the ages?"""

from collections.abc import Sequence

from django.utils.translation import gettext

from safar.ui.charts.scale import Number, not_below_zero, number, ticks
from safar.ui.charts.shapes import Chart, Figures, Key, Path, Rect, Text, box, line, text

WIDTH = 620
ROW, BAR = 18, 15
TOP = 22
MIDDLE, GAP, REACH = WIDTH / 2, 36, 248

Row = tuple[str, Number | None, Number | None]


def pyramid(
    rows: Sequence[Row],
    *,
    title: str,
    description: str = "",
    sides: tuple[str, str] | None = None,
    missing: str = "–",
) -> Chart:
    """Two rows of bars back to back: (age group, men, women), the youngest first, drawn lowest.

    Raises:
        ValueError: a figure is negative.
    """
    there = not_below_zero(value for _, *values in rows for value in values)
    left, right = sides or (gettext("Men"), gettext("Women"))
    table = Figures(
        (gettext("Age"), left, right),
        tuple((age, number(a, missing), number(b, missing)) for age, a, b in rows),
    )
    height = TOP + ROW * max(len(rows), 1) + 22
    if not there:
        return Chart(title, WIDTH, height, table, description)
    steps = ticks(0, max(there), 2)
    rects, names = _bars(rows, REACH / steps[-1])
    grid, figures = _axes(steps, TOP + ROW * len(rows))
    return Chart(
        title,
        WIDTH,
        height,
        table,
        description,
        rects=tuple(rects),
        paths=tuple(grid),
        texts=(
            text(MIDDLE - GAP, 13, left, "strong end"),
            text(MIDDLE + GAP, 13, right, "strong"),
            *figures,
            *names,
        ),
        keys=(Key("c-bar", left), Key("c-bar-2", right)),
    )


def _bars(rows: Sequence[Row], scale: float) -> tuple[list[Rect], list[Text]]:
    rects, names = [], []
    for place, (age, left, right) in enumerate(reversed(rows)):
        y = TOP + place * ROW
        long, other = float(left or 0) * scale, float(right or 0) * scale
        rects.append(box(MIDDLE - GAP - long, y + 1.5, long, BAR, "c-bar"))
        rects.append(box(MIDDLE + GAP, y + 1.5, other, BAR, "c-bar-2"))
        names.append(text(MIDDLE, y + 13, age, "mid"))
    return rects, names


def _axes(steps: tuple[float, ...], bottom: float) -> tuple[list[Path], list[Text]]:
    grid, figures = [], []
    for step in steps:
        away = GAP + step / steps[-1] * REACH
        for x in (MIDDLE - away, MIDDLE + away):
            grid.append(line([(x, TOP), (x, bottom)], "c-grid"))
            figures.append(text(x, bottom + 14, number(step), "mid"))
    return grid, figures
