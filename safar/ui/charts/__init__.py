"""Which pictures of figures are there? Plain data in, geometry out; templates draw it.

`{% load charts %}` gives the tags that draw what these functions return.
"""

from safar.ui.charts.bars import bars
from safar.ui.charts.columns import columns
from safar.ui.charts.heat import heat
from safar.ui.charts.lines import time_series
from safar.ui.charts.pyramid import pyramid
from safar.ui.charts.scale import Number, number, ticks
from safar.ui.charts.shapes import Chart, Figures

__all__ = [
    "Chart",
    "Figures",
    "Number",
    "bars",
    "columns",
    "heat",
    "number",
    "pyramid",
    "ticks",
    "time_series",
]
