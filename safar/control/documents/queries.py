"""Reads: whether a document was reported lost, stolen or void."""

from safar.control.documents.models import ReportedDocument
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet


def report_or_none(issuer: str, number: str) -> ReportedDocument | None:
    """Return the standing report on this document, if there is one."""
    rows = ReportedDocument.objects.filter(number=number, issuer=issuer, withdrawn_at=None)
    return rows.first()


def reports(actor: Actor) -> RecordQuerySet[ReportedDocument]:
    return ReportedDocument.objects.visible_to(actor).select_related("reported_by")
