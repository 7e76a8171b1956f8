"""How do figures go from day to day?"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.utils.dateformat import format as written
from django.utils.translation import gettext

from safar.ui.charts.scale import Number, known, number, ticks
from safar.ui.charts.shapes import Chart, Figures, Key, Path, Rect, Text, box, line, text

WIDTH, HEIGHT = 920, 270
LEFT, RIGHT, TOP, BOTTOM = 70, 900, 14, 236
LOOKS = ("c-line", "c-line-2")
LABELS = 7

Values = Sequence[Number | None]
Point = tuple[float, float]


def time_series(
    days: Sequence[date | str],
    lines: Mapping[str, Values],
    band: tuple[Values, Values] | None = None,
    *,
    title: str,
    description: str = "",
    band_label: str = "",
) -> Chart:
    """One or two lines over days (dates, or texts such as `08:00`), before a band from low to high.

    None leaves a gap, for a day that is not known.

    Raises:
        ValueError: more than two lines, or a line that has not one value for each day.
    """
    _check(days, [*lines.values(), *(band or ())], len(lines))
    bounds = band or ((), ())
    label = band_label or gettext("Usual")
    table = _table(days, lines, band, label)
    heights = known(value for values in (*lines.values(), *bounds) for value in values)
    if not heights:
        return Chart(title, WIDTH, HEIGHT, table, description)
    steps = ticks(min(0.0, *heights), max(0.0, *heights))
    at = _places(len(days), steps)
    grid, words = _axes(days, steps, at)
    drawn = [_pieces(values, look, at) for values, look in zip(lines.values(), LOOKS, strict=False)]
    keys = [Key(look, name, is_line=True) for name, look in zip(lines, LOOKS, strict=False)]
    return Chart(
        title,
        WIDTH,
        HEIGHT,
        table,
        description,
        look="chart-wide",
        paths=(*grid, *_band(*bounds, at), *(path for paths, _ in drawn for path in paths)),
        rects=tuple(rect for _, rects in drawn for rect in rects),
        texts=tuple(words),
        keys=tuple(keys + [Key("c-band", label)] * (band is not None)),
    )


def _check(days: Sequence[date | str], rows: Sequence[Values], lines: int) -> None:
    if lines > len(LOOKS):
        raise ValueError("Two lines can be told apart, not more.")
    if any(len(values) != len(days) for values in rows):
        raise ValueError("Each line needs one value for each day.")


def _places(count: int, steps: tuple[float, ...]) -> Callable[[int, Number], Point]:
    low, high = steps[0], steps[-1]

    def at(place: int, value: Number) -> Point:
        share = place / (count - 1) if count > 1 else 0.5
        up = (float(value) - low) / (high - low)
        return LEFT + share * (RIGHT - LEFT), BOTTOM - up * (BOTTOM - TOP)

    return at


def _axes(
    days: Sequence[date | str], steps: tuple[float, ...], at: Callable[[int, Number], Point]
) -> tuple[list[Path], list[Text]]:
    paths, words = [], []
    for step in steps:
        _, y = at(0, step)
        paths.append(line([(LEFT, y), (RIGHT, y)], "c-grid"))
        words.append(text(LEFT - 8, y + 4, number(step), "end"))
    for place in range(0, len(days), _every(len(days))):
        x, _ = at(place, steps[0])
        paths.append(line([(x, BOTTOM), (x, BOTTOM + 4)], "c-axis"))
        words.append(text(x, BOTTOM + 22, _named(days[place], "j M"), "mid"))
    return paths, words


def _every(count: int) -> int:
    """Every how many days there is a label: whole weeks where there are many."""
    step = -(-count // LABELS)
    return step if step < 4 else -(-step // 7) * 7


def _named(day: date | str, how: str) -> str:
    return day if isinstance(day, str) else written(day, how)


def _pieces(
    values: Values, look: str, at: Callable[[int, Number], Point]
) -> tuple[list[Path], list[Rect]]:
    """The line, broken where a value is missing; a day that stands alone is a dot."""
    paths, dots = [], []
    for run in _runs(values, at):
        if len(run) > 1:
            paths.append(line(run, look))
        else:
            x, y = run[0]
            dots.append(box(x - 2, y - 2, 4, 4, "c-bar" if look == LOOKS[0] else "c-bar-2"))
    return paths, dots


def _runs(values: Values, at: Callable[[int, Number], Point]) -> list[list[Point]]:
    runs: list[list[Point]] = [[]]
    for place, value in enumerate(values):
        if value is not None:
            runs[-1].append(at(place, value))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _band(low: Values, high: Values, at: Callable[[int, Number], Point]) -> list[Path]:
    """The band between two rows of values, as far as both are known."""
    both = [
        (at(place, bottom), at(place, top))
        for place, (bottom, top) in enumerate(zip(low, high, strict=True))
        if bottom is not None and top is not None
    ]
    if not both:
        return []
    return [line([p for p, _ in both] + [p for _, p in reversed(both)], "c-band", closed=True)]


def _table(
    days: Sequence[date | str],
    lines: Mapping[str, Values],
    band: tuple[Values, Values] | None,
    label: str,
) -> Figures:
    rows = []
    for place, day in enumerate(days):
        cells = [number(values[place]) for values in lines.values()]
        if band:
            cells.append(f"{number(band[0][place])}–{number(band[1][place])}")
        rows.append((_named(day, "j M Y"), *cells))
    return Figures((gettext("Day"), *lines, *([label] if band else [])), tuple(rows))
