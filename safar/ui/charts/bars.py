"""Which of several things are larger?"""

from collections.abc import Sequence

from django.utils.translation import gettext

from safar.ui.charts.scale import LEAST, Number, not_below_zero, number
from safar.ui.charts.shapes import LETTER, Chart, Figures, box, fitted, line, text

WIDTH = 620
ROW, BAR = 26, 16
MOST_LABEL = 220.0
VALUE_ROOM = 90.0


def bars(
    rows: Sequence[tuple[str, Number | None]],
    *,
    title: str,
    description: str = "",
    columns: tuple[str, str] | None = None,
    missing: str = "–",
) -> Chart:
    """Lying bars from the top in the order given, each with its name and figure.

    None draws no bar and reads `missing`, for a figure that is withheld.

    Raises:
        ValueError: a figure is negative.
    """
    there = not_below_zero(value for _, value in rows)
    heads = columns or (gettext("Name"), gettext("Number"))
    table = Figures(heads, tuple((name, number(value, missing)) for name, value in rows))
    height = ROW * max(len(rows), 1) + 8
    if not there:
        return Chart(title, WIDTH, height, table, description)
    left = min(MOST_LABEL, max(len(name) for name, _ in rows) * LETTER) + 10
    scale = (WIDTH - left - VALUE_ROOM) / max(*there, LEAST)
    rects, texts = [], []
    for place, (name, value) in enumerate(rows):
        y, length = 4 + place * ROW, float(value or 0) * scale
        rects.append(box(left, y + 5, length, BAR, "c-bar"))
        texts.append(text(left - 8, y + 17, fitted(name, left - 8), "end"))
        texts.append(text(left + length + 6, y + 17, number(value, missing), "strong"))
    return Chart(
        title,
        WIDTH,
        height,
        table,
        description,
        rects=tuple(rects),
        paths=(line([(left, 4), (left, height - 4)], "c-axis"),),
        texts=tuple(texts),
    )
