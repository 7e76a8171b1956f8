"""The tags that draw charts: `{% load charts %}`, then `{% time_series chart %}` and its sisters."""

from typing import Any

from django import template

from safar.ui.charts import Chart, Number, number

register = template.Library()


def draw(chart: Chart, heading: Any = "", note: Any = "") -> dict[str, Any]:
    """With a heading the chart is a panel of its own; without one it stands in the page's."""
    return {"chart": chart, "heading": heading, "note": note}


for name in ("time_series", "bar_chart", "pyramid", "heat_map"):
    register.inclusion_tag("ui/charts/figure.html", name=name)(draw)


@register.filter
def figure(value: Number | None) -> str:
    """A figure with thin spaces: `{{ crossings|figure }}`."""
    return number(value)
