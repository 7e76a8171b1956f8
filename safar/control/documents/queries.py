"""Reads: whether a document was reported lost, stolen or void; the list of reports."""

from uuid import UUID

from django.db.models import QuerySet

from safar.control.documents.models import ReportedDocument
from safar.core import audit
from safar.core.permissions import Actor
from safar.core.prepared import prepared
from safar.core.record import RecordQuerySet, get_visible

PAGE = 50


def report_or_none(issuer: str, number: str) -> ReportedDocument | None:
    """Return the standing report on this document, if there is one."""
    return next(iter(_standing(issuer, number)), None)


@prepared
def _standing(issuer: str, number: str) -> QuerySet[ReportedDocument]:
    return ReportedDocument.objects.filter(number=number, issuer=issuer, withdrawn_at=None)[:1]


def reports(actor: Actor) -> RecordQuerySet[ReportedDocument]:
    rows = ReportedDocument.objects.visible_to(actor)
    return rows.select_related("reported_by", "withdrawn_by")


def report(actor: Actor, key: UUID) -> ReportedDocument:
    """Return a report, or raise NotFound."""
    return get_visible(reports(actor), actor, key)


def page(actor: Actor, before: UUID | None = None) -> list[ReportedDocument]:
    """Return the newest reports, or those older than one; one more than a page where there are more."""
    rows = reports(actor).order_by("-id")  # keys sort by time: millions need no other index
    return list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])


def search(actor: Actor, number: str) -> list[ReportedDocument]:
    """Return the reports on a number, withdrawn ones too; the search is on record."""
    found = list(reports(actor).filter(number=number)[:PAGE])
    audit.searched(actor, "documents.read", terms=number, found=len(found))
    return found
