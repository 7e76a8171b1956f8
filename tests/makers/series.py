"""Makers of the table of what states issue: the shipped one, and rows of a test's own."""

from datetime import date
from typing import Any

from safar.accounts.models import User
from safar.control.documents import actions
from safar.control.documents.files import series as series_file
from safar.control.documents.models import DocumentSeries, ReportedBatch, SeriesChange
from safar.core.permissions import system
from tests.makers.accounts import actor

LOADER = system("tests")


def load_shipped() -> actions.LoadedSeries:
    return actions.load_series(LOADER, None, rows=series_file.rows())


def fields(**changes: Any) -> dict[str, Any]:
    """What a row says, in plain values; a sure one of Russia's, unless told otherwise."""
    return {
        "issuer": "RUS", "kind": "P", "pattern": "U########", "terms": "0:5 16:10",
        "personal_number": "", "since": None, "until": None, "source": "letter 7",
        "confidence": "high", "note": "", "in_use": True, **changes,
    }  # fmt: skip


def series(code: str = "rus-p-u", **changes: Any) -> DocumentSeries:
    """A row as the loader puts it."""
    row = {"code": code, **fields(**changes)}
    for name in ("since", "until"):
        row[name] = date.fromisoformat(row[name]) if row[name] else None
    actions.load_series(LOADER, None, rows=[row])
    return DocumentSeries.objects.get(code=code)


def proposed(
    by: User, row: DocumentSeries | None = None, *, code: str = "rus-p-u", **changes: Any
) -> SeriesChange:
    draft = {**row.values(), **changes} if row else fields(**changes)
    return actions.propose_series(
        actor(by), row, code=code, draft=draft, reason="the issuer's circular"
    )


def batch(
    by: User, first: str = "U00000100", last: str = "U00000199", **more: Any
) -> ReportedBatch:
    given = {"issuer": "RUS", "kind": "P", "reference_text": "letter 9", **more}
    return actions.report_batch(actor(by), None, first=first, last=last, **given)
