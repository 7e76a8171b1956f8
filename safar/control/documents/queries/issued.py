"""Reads: what each state issues, from memory; the table's history and what is proposed for it."""

import time
from typing import Final
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import SeriesStatus
from safar.control.documents.models import DocumentSeries, SeriesChange, SeriesRevision
from safar.control.documents.rules import Series, parse_terms, same_kind
from safar.core.errors import NotFound
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet, get_visible

ASK_SECONDS: Final = 10.0
"""So long a change that another process agreed to may stay unseen: the table only advises."""


class Table:
    """The whole table in memory, by issuer; its history is asked now and then whether it grew."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Read the table anew at the next question."""
        self._rows: dict[str, tuple[Series, ...]] = {}
        self._newest: tuple[int, UUID | None] | None = None
        self._asked_at = float("-inf")

    def of(self, issuer: str) -> tuple[Series, ...]:
        """What a state issues, of every kind."""
        now = time.monotonic()
        if now - self._asked_at > ASK_SECONDS:
            newest = _newest()
            if newest != self._newest:
                self._rows, self._newest = _all(), newest
            self._asked_at = now
        return self._rows.get(issuer, ())


TABLE: Final = Table()


def series_of(issuer: str) -> tuple[Series, ...]:
    """Return what a state issues, as the table says; from memory, at most ten seconds old."""
    return TABLE.of(issuer)


def usual_shapes(issuer: str, kind: str, number: str) -> list[str]:
    """How an issuer's numbers of this kind look, where this one looks otherwise; else nothing.

    Patterns of `rules.series`. Nothing where the table does not know them.
    """
    known = [one for one in series_of(issuer) if same_kind(kind, one.kind)]
    if not known or any(one.numbers(number) for one in known):
        return []
    return sorted({one.pattern for one in known})


def _newest() -> tuple[int, UUID | None]:
    """How long the history is, and its last row: another answer means another table."""
    count = SeriesRevision.objects.aggregate(count=Count("id"))["count"]
    last = SeriesRevision.objects.order_by("-id").values_list("id", flat=True).first()
    return count, last


def _all() -> dict[str, tuple[Series, ...]]:
    found: dict[str, list[Series]] = {}
    for row in DocumentSeries.objects.filter(in_use=True):
        found.setdefault(row.issuer, []).append(as_rule(row))
    return {issuer: tuple(rows) for issuer, rows in found.items()}


def as_rule(row: DocumentSeries) -> Series:
    """A row of the table in plain values."""
    return Series(
        code=row.code,
        issuer=row.issuer,
        kind=row.kind,
        pattern=row.pattern,
        terms=parse_terms(row.terms),
        personal_number=row.personal_number,
        since=row.since,
        until=row.until,
        confidence=row.confidence,
    )


def table(actor: Actor, issuer: str = "") -> RecordQuerySet[DocumentSeries]:
    """The rows of the table, of one state where one is named."""
    rows = DocumentSeries.objects.visible_to(actor)
    return rows.filter(issuer=issuer) if issuer else rows


def issuers(actor: Actor) -> list[str]:
    """The states that the table knows anything of."""
    rows = DocumentSeries.objects.visible_to(actor).order_by("issuer")
    return list(rows.values_list("issuer", flat=True).distinct())


def series(actor: Actor, code: str) -> DocumentSeries:
    """Return a row of the table, or raise NotFound."""
    found = DocumentSeries.objects.visible_to(actor).filter(code=code).first()
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return found


def revisions_of(actor: Actor, row: DocumentSeries) -> RecordQuerySet[SeriesRevision]:
    """What a row said, newest first."""
    return SeriesRevision.objects.visible_to(actor).filter(series=row)


def open_changes(actor: Actor, row: DocumentSeries | None = None) -> RecordQuerySet[SeriesChange]:
    """What waits for a second person: of one row, or all."""
    rows = SeriesChange.objects.visible_to(actor).filter(status=SeriesStatus.PROPOSED)
    return rows.filter(Q(series=row)) if row else rows


def change(actor: Actor, key: UUID) -> SeriesChange:
    """Return a proposed change, or raise NotFound."""
    return get_visible(SeriesChange.objects.select_related("series"), actor, key)
