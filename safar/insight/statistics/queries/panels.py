"""Which panels does the page of crossings show, with which chart over which table?"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from safar.insight.statistics.queries import places, times, traits
from safar.insight.statistics.queries.sources import Sources
from safar.insight.statistics.queries.words import Written
from safar.insight.statistics.rules.tables import Table


@dataclass(frozen=True)
class Panel:
    """A heading, what is counted, a chart (its kind and its data), and the tables beneath it."""

    slug: str
    title: str
    counted: str
    kind: str
    tables: list[Written]
    chart: dict[str, Any] = field(default_factory=dict)
    is_wide: bool = False
