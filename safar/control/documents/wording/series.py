"""A row of the table of documents, and what a change would make of it, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.control.documents.choices import PersonalNumber
from safar.control.documents.models import DocumentSeries, SeriesChange, SeriesRevision
from safar.control.documents.models.series import FIELDS
from safar.control.documents.rules import Term, parse_terms
from safar.reference import queries as reference
from safar.reference.choices import Confidence
from safar.ui.days import written

LABELS = {
    "issuer": gettext_lazy("Issued by"),
    "kind": gettext_lazy("Kind"),
    "pattern": gettext_lazy("Numbers"),
    "terms": gettext_lazy("Terms"),
    "personal_number": gettext_lazy("Personal number"),
    "since": gettext_lazy("First issued"),
    "until": gettext_lazy("Last issued"),
    "source": gettext_lazy("Source"),
    "confidence": gettext_lazy("Confidence"),
    "note": gettext_lazy("Note"),
    "in_use": gettext_lazy("In use"),
}


@dataclass(frozen=True)
class Line:
    """A row as a page shows it."""

    code: str
    issuer: str
    state: str
    kind: str
    pattern: str
    terms: str
    issued: str
    confidence: str
    is_sure: bool
    in_use: bool
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Past:
    """A row of the history, and what it changed of the one before."""

    revision: SeriesRevision
    differences: tuple[Difference, ...]


def line(row: DocumentSeries) -> Line:
    return Line(
        code=row.code,
        issuer=row.issuer,
        state=state(row.issuer),
        kind=kind(row.kind),
        pattern=row.pattern,
        terms=terms(row.terms),
        issued=_issued(row.since, row.until),
        confidence=str(Confidence(row.confidence).label),
        is_sure=row.confidence == Confidence.HIGH,
        in_use=row.in_use,
        values=tuple(
            (str(LABELS[name]), said(name, value)) for name, value in row.values().items()
        ),
    )


def history(revisions: Iterable[SeriesRevision]) -> list[Past]:
    """The rows of a history, newest first, each with what it changed."""
    rows = list(revisions)
    before = [row.values for row in rows[1:]] + [{}]
    return [
        Past(row, tuple(_differences(old, row.values)) if old else ())
        for row, old in zip(rows, before, strict=True)
    ]


def differences(change: SeriesChange) -> list[Difference]:
    """What a change would make different of the row as it is; all of a new one."""
    before = change.series.values() if change.series and change.status == "proposed" else {}
    return _differences(before, change.draft)


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    return [
        Difference(str(LABELS[name]), said(name, before.get(name)), said(name, after[name]))
        for name in FIELDS
        if before.get(name) != after[name] and (before or after[name] not in ("", None))
    ]


def said(name: str, value: Any) -> str:
    """A value of a row in words; a dash where it is not known."""
    if name == "in_use" and value is not None:
        return _("Yes") if value else _("No")
    if value in ("", None):
        return "–"
    words = {"issuer": state, "kind": kind, "terms": terms, "since": _day, "until": _day}
    if name in words:
        return words[name](str(value))
    if name == "personal_number":
        return str(PersonalNumber(value).label)
    return str(Confidence(value).label) if name == "confidence" else str(value)


def state(code: str) -> str:
    return f"{reference.country_name(code)} ({code})"


def kind(code: str) -> str:
    """The name of a kind of document, with its code."""
    name = next((row.name for row in reference.document_types() if row.code == code), "")
    return f"{name} ({code})" if name else code


def terms(text: str) -> str:
    """Terms in words: `0:5 16:10` is "5 years; from the age of 16: 10 years"."""
    return "; ".join(_term(term) for term in parse_terms(text)) or "–"


def _term(term: Term) -> str:
    years = _(" or ").join(str(one) for one in term.years)
    if term.from_age == 0:
        return _("{years} years").format(years=years)
    return _("from the age of {age}: {years} years").format(age=term.from_age, years=years)


def _issued(since: date | None, until: date | None) -> str:
    if since is None and until is None:
        return _("Not known")
    return f"{_plain_day(since)} – {_plain_day(until)}"


def _plain_day(day: date | None) -> str:
    return written(day, "j M Y") if day else "?"


def _day(text: str) -> str:
    return written(date.fromisoformat(text), "j E Y")
