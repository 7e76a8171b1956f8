"""Charts: everything stands in its box, and the table says the same as the picture."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from safar.ui.charts import bars, heat, number, pyramid, ticks, time_series
from safar.ui.charts.heat import step

MONDAY = date(2026, 8, 31)
FIGURE = st.one_of(st.none(), st.integers(0, 10**7), st.floats(0, 1e6, allow_nan=False))
FIGURES = st.lists(FIGURE, max_size=40)


def days(count):
    return [MONDAY + timedelta(each) for each in range(count)]


def names(count):
    return [f"Post {each}" for each in range(count)]


def all_charts(figures):
    count = len(figures)
    yield time_series(days(count), {"Entries": figures}, (figures, figures), title="Lines")
    yield bars(list(zip(names(count), figures, strict=True)), title="Bars")
    yield pyramid([(name, f, f) for name, f in zip(names(count), figures, strict=True)], title="P")
    yield heat(names(2), names(count), [figures, figures], title="Heat")


def drawn(chart, tag="time_series", arguments=""):
    text = f"{{% load charts %}}{{% {tag} chart {arguments} %}}"
    return Template(text).render(Context({"chart": chart}))


@pytest.mark.slow
@given(FIGURES)
def test_every_shape_stands_inside_the_box(figures):
    for chart in all_charts(figures):
        for rect in chart.rects:
            assert rect.width >= 0
            assert rect.height >= 0
            assert rect.x >= 0
            assert rect.x + rect.width <= chart.width + 0.2
            assert rect.y >= 0
            assert rect.y + rect.height <= chart.height
        for x, y in (point for path in chart.paths for point in path.points):
            assert 0 <= x <= chart.width
            assert 0 <= y <= chart.height
        for words in chart.texts:
            assert 0 <= words.x <= chart.width
            assert 0 <= words.y <= chart.height


@pytest.mark.slow
@given(FIGURES)
def test_a_chart_is_empty_exactly_where_no_figure_is_known(figures):
    for chart in all_charts(figures):
        assert chart.is_empty == (not any(each is not None for each in figures))


@pytest.mark.slow
@given(FIGURES)
def test_the_table_has_the_same_figures(figures):
    shown = [number(each) for each in figures]
    lines, lying, people, map_ = all_charts(figures)
    assert [row[1] for row in lines.table.rows] == shown
    assert [row[2] for row in lines.table.rows] == [f"{each}–{each}" for each in shown]
    assert [row[1] for row in lying.table.rows] == shown
    assert [row[1:] for row in people.table.rows] == [(each, each) for each in shown]
    assert [list(row[1:]) for row in map_.table.rows] == [shown, shown]


@pytest.mark.slow
@given(st.floats(-1e9, 1e9), st.floats(0, 1e9), st.integers(1, 10))
def test_ticks_cover_the_data_at_even_round_steps(low, span, wanted):
    high = low + span
    marks = ticks(low, high, wanted)
    slack = 1e-8 * max(abs(low), abs(high), 1)
    assert marks[0] <= low + slack
    assert marks[-1] >= high - slack
    gaps = [after - before for before, after in pairwise(marks)]
    assert max(gaps) - min(gaps) <= slack
    assert 2 <= len(marks) <= wanted + 3


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (0, 0, (0, 1)),
        (0, 1, (0, 1)),
        (0, 3, (0, 1, 2, 3)),
        (0, 25_000, (0, 10_000, 20_000, 30_000)),
        (0, 0.4, (0, 0.1, 0.2, 0.3, 0.4)),
        (-3, 5, (-4, -2, 0, 2, 4, 6)),
    ],
)
def test_ticks_are_round_and_whole_for_counts(low, high, marks):
    assert ticks(low, high) == marks


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1110, "1\u202f110"),
        (1234567, "1\u202f234\u202f567"),
        (-4200, "\u22124\u202f200"),
        (12.0, "12"),
        (12.345, "12.3"),
        (Decimal("1234.50"), "1\u202f234.50"),
        (None, "–"),
    ],
)
def test_figures_are_written_with_thin_spaces(value, written):
    assert number(value) == written


def test_the_decimal_sign_is_that_of_the_language():
    with translation.override("ru"):
        assert number(12.5) == "12,5"


def test_a_missing_day_breaks_the_line_and_a_lone_day_is_a_dot():
    chart = time_series(days(6), {"Entries": [1, 2, None, 4, None, 6]}, title="Gaps")
    drawn_lines = [path for path in chart.paths if path.look == "c-line"]
    assert len(drawn_lines) == 1
    assert len(chart.rects) == 2
    whole = time_series(days(6), {"Entries": [1, 2, 3, 4, 5, 6]}, title="Whole")
    assert [len(path.points) for path in whole.paths if path.look == "c-line"] == [6]


def test_the_larger_figure_stands_higher_and_is_longer():
    chart = time_series(days(2), {"Entries": [10, 30]}, title="Up")
    (low, high) = next(path.points for path in chart.paths if path.look == "c-line")
    assert high[1] < low[1]
    short, long = bars([("a", 10), ("b", 30)], title="Bars").rects
    assert long.width == pytest.approx(3 * short.width, abs=0.2)


def test_zeros_are_drawn_as_zeros_and_not_as_nothing():
    chart = time_series(days(3), {"Entries": [0, 0, 0]}, title="Zeros")
    line = next(path for path in chart.paths if path.look == "c-line")
    axis = next(path for path in chart.paths if path.look == "c-grid")
    assert {y for _, y in line.points} == {axis.points[0][1]}
    assert [rect.width for rect in bars([("a", 0), ("b", 0)], title="Z").rects] == [0, 0]


def test_many_days_are_labelled_by_whole_weeks():
    chart = time_series(days(84), {"Entries": list(range(84))}, title="Weeks")
    labels = [words.text for words in chart.texts if words.look == "mid"]
    assert labels[:2] == ["31 Aug", "14 Sep"]
    assert len(labels) <= 7


def test_the_youngest_are_lowest_in_a_pyramid():
    chart = pyramid([("0–4", 5, 6), ("5–9", 7, 8)], title="Ages")
    heights = {words.text: words.y for words in chart.texts}
    assert heights["0–4"] > heights["5–9"]


@pytest.mark.parametrize(
    ("value", "skewed", "tint"),
    [(0, False, 0), (0.1, False, 1), (50, False, 3), (51, False, 4), (100, False, 6), (4, True, 2)],
)
def test_the_hue_has_seven_steps_and_nothing_has_its_own(value, skewed, tint):
    assert step(value, 100, skewed=skewed) == tint


@pytest.mark.parametrize(
    "draw",
    [
        lambda: bars([("a", -1)], title="B"),
        lambda: pyramid([("0–4", 1, -1)], title="P"),
        lambda: heat(["a"], ["b"], [[-1]], title="H"),
        lambda: heat(["a"], ["b", "c"], [[1]], title="H"),
        lambda: heat(["a", "b"], ["c"], [[1]], title="H"),
        lambda: time_series(days(2), {"Entries": [1]}, title="T"),
        lambda: time_series(days(1), {"Entries": [1]}, ([], [1]), title="T"),
        lambda: time_series(days(1), {"a": [1], "b": [1], "c": [1]}, title="T"),
    ],
)
def test_figures_that_no_picture_can_show_are_refused(draw):
    with pytest.raises(ValueError, match=r"\w"):
        draw()


@pytest.mark.parametrize("tag", ["time_series", "bar_chart", "pyramid", "heat_map"])
def test_each_tag_draws_the_picture_and_the_table_beneath(tag):
    chart = heat(["Mon"], ["08", "09"], [[140, 1234]], title="Hours <at> Dostuk")
    page = drawn(chart, tag)
    assert '<svg class="chart" viewBox="0 0 632 53" role="img"' in page
    assert "Hours &lt;at&gt; Dostuk" in page
    assert page.count("1\u202f234") == 2
    assert "<summary>Table</summary>" in page
    assert " style=" not in page
    assert "<script" not in page


def test_nothing_to_show_is_said_in_words_and_draws_no_picture():
    page = drawn(time_series([], {"Entries": []}, title="Entries"))
    assert "Nothing yet" in page
    assert "<svg" not in page
    assert "<table" not in page


def test_a_heading_makes_the_chart_a_panel():
    chart = bars([("Osh", 3)], title="Bars", description="Osh alone")
    page = drawn(chart, "bar_chart", 'heading="Most go to Osh" note="persons"')
    assert '<figure class="panel"' in page
    assert "Most go to Osh</h2>" in page
    assert f'aria-labelledby="{chart.name}-t {chart.name}-d"' in page
    assert "<h2" not in drawn(chart, "bar_chart")


def test_coordinates_keep_their_point_in_languages_with_a_decimal_comma():
    chart = bars([("Osh", 1), ("Batken", 3)], title="Bars")
    with translation.override("ru"):
        page = drawn(chart, "bar_chart")
    assert f'width="{chart.rects[0].width}"' in page
    assert "." in str(chart.rects[0].width)


def test_two_charts_of_a_page_have_different_ids():
    assert bars([("a", 1)], title="One").name != bars([("a", 1)], title="Two").name
