"""What is a table of figures? The page and its CSV are both made from this one thing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

Value = str | int | Decimal | date | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Table:
    """Figures in rows. The first cell of a row names it; the note says how they were counted."""

    slug: str
    title: Any
    columns: tuple[Any, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    note: Any = ""

    def lines(self) -> tuple[Row, ...]:
        """All rows, the total last."""
        return (*self.rows, self.total) if self.total else self.rows


def share(part: int, whole: int) -> Decimal:
    """Return a share in per cent, to a tenth."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else Decimal("0.0")
