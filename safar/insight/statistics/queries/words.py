"""How is a figure written on the page, in the reader's language?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from safar.insight.statistics.rules.periods import Period
from safar.insight.statistics.rules.tables import Row, Table, Value
from safar.ui.charts import number

NONE = "–"


@dataclass(frozen=True)
class Cell:
    """The words of a cell, and whether it is a number, which stands at the right."""

    text: str
    is_number: bool


@dataclass(frozen=True)
class Written:
    """A table in words, for the template."""

    table: Table

    @property
    def heads(self) -> list[Cell]:
        sample = self.table.lines()[0] if self.table.lines() else self.table.columns
        return [
            Cell(str(column), place > 0 and is_number(value))
            for place, (column, value) in enumerate(zip(self.table.columns, sample, strict=True))
        ]

    @property
    def rows(self) -> Iterator[list[Cell]]:
        return (cells(row) for row in self.table.rows)

    @property
    def total(self) -> list[Cell]:
        return cells(self.table.total) if self.table.total else []


def cells(row: Row) -> list[Cell]:
    return [Cell(written(value), is_number(value)) for value in row]


def is_number(value: Value) -> bool:
    return value is None or isinstance(value, int | Decimal) or str(value).startswith("<")


def written(value: Value) -> str:
    if value is None:
        return NONE
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int | Decimal) else value


def day(value: date) -> str:
    return date_format(value, "j M Y")


def span(period: Period) -> str:
    return f"{day(period.first)} – {day(period.last)}"
