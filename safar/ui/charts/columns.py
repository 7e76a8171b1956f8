"""How much falls on each of a few days?"""

from collections.abc import Sequence

from django.utils.translation import gettext

from safar.ui.charts.scale import LEAST, not_below_zero, number
from safar.ui.charts.shapes import Chart, Figures, box, line, text

STEP, BAR, TALLEST, FOOT = 30, 22, 66, 86


def columns(
    rows: Sequence[tuple[str, int]],
    *,
    title: str,
    description: str = "",
    heads: tuple[str, str] | None = None,
    names: Sequence[str] = (),
    marked: int = 0,
) -> Chart:
    """Standing bars from the left in the order given; the one at `marked` stands out.

    Args:
        names: what the table says instead of the short names under the bars.
    """
    there = not_below_zero(value for _, value in rows)
    scale = TALLEST / max(*there, LEAST, 1)
    rects, texts = [], []
    for place, (name, value) in enumerate(rows):
        x, length = 4 + place * STEP, max(value * scale, 1)
        rects.append(box(x, FOOT - length, BAR, length, "c-bar" if place == marked else "c-bar-2"))
        texts.append(text(x + BAR / 2, FOOT - length - 5, number(value), "mid strong"))
        texts.append(text(x + BAR / 2, FOOT + 18, name, "mid"))
    width = STEP * max(len(rows), 1)
    whole = names or [name for name, _ in rows]
    return Chart(
        title,
        width,
        FOOT + 26,
        Figures(
            heads or (gettext("Day"), gettext("Number")),
            tuple((name, number(value)) for name, (_, value) in zip(whole, rows, strict=True)),
        ),
        description,
        look="chart-s",
        rects=tuple(rects),
        paths=(line([(0, FOOT), (width, FOOT)], "c-axis"),),
        texts=tuple(texts),
    )
