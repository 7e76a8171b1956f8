"""Reads: the batches of stolen blanks."""

from uuid import UUID

from safar.control.documents.models import ReportedBatch
from safar.control.documents.rules import numbered
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet, get_visible

MOST_SHOWN = 50


def batch_between(issuer: str, first: str, last: str) -> bool:
    """Whether a report stands on exactly these blanks. Batches that overlap are no fault."""
    rows = ReportedBatch.objects.filter(issuer=issuer, first=first, last=last, withdrawn_at=None)
    return rows.exists()


def batches(actor: Actor) -> RecordQuerySet[ReportedBatch]:
    """The reported batches, newest first, withdrawn ones too."""
    rows = ReportedBatch.objects.visible_to(actor)
    return rows.select_related("reported_by", "withdrawn_by")


def batches_with(actor: Actor, number: str) -> list[ReportedBatch]:
    """The reported batches of any issuer that a number is one of, withdrawn ones too."""
    at = numbered(number)
    if at is None:
        return []
    rows = batches(actor).filter(prefix=at.prefix, width=at.width, serials__contains=at.serial)
    return list(rows[:MOST_SHOWN])


def batch(actor: Actor, key: UUID) -> ReportedBatch:
    """Return a reported batch, or raise NotFound."""
    return get_visible(batches(actor), actor, key)
