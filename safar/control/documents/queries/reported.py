"""Reads: whether a document was reported lost, stolen or void, singly or in a batch of blanks."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    CharField,
    OuterRef,
    Prefetch,
    QuerySet,
    SmallIntegerField,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from safar.control.documents.choices import ImportStatus, ListedKind
from safar.control.documents.models import (
    ListedDocument,
    ListedImport,
    ListedProgress,
    ListedSource,
    ReportedBatch,
    ReportedDocument,
)
from safar.control.documents.rules import numbered
from safar.control.documents.rules.issuers import codes_of
from safar.control.documents.rules.reports import in_standard_form
from safar.core import audit
from safar.core.errors import NotFound
from safar.core.permissions import Actor
from safar.core.prepared import prepared
from safar.core.record import RecordQuerySet, get_visible

PAGE = 50
UNDECIDED: Final = (ImportStatus.READING, ImportStatus.PREPARED)
NOTHING: Final = Cast(Value(""), CharField())
BATCH: Final = "batch"
NO_SERIAL: Final = ("", "0", "-1")  # what a number that does not end in digits is looked up as


class Standing(NamedTuple):
    """That a document must not be honoured: which report, and where it comes from."""

    report: str  # a value of `Report`, or BATCH: one of a run of stolen blanks
    reference: str


def report_or_none(issuer: str, number: str) -> Standing | None:
    """Return the standing report on this document, if there is one.

    Single, of an owner's whole list, or on the batch of stolen blanks that it is one of. The number
    as it was scanned or typed: fillers, blanks and hyphens in it say nothing. Under the issuer's
    other codes too, see `rules.issuers`.
    """
    number = in_standard_form(number)
    at = numbered(number)
    prefix, width, serial = (at.prefix, str(at.width), str(at.serial)) if at else NO_SERIAL
    found = next(
        (
            row
            for code in codes_of(issuer)
            for row in _standing(code, number, prefix, width, serial)
        ),
        None,
    )
    if found is None:
        return None
    report, reference, source = found
    if not source or report == BATCH:
        return Standing(report, reference)
    return Standing(ListedKind(report).report, ", ".join(filter(None, (source, reference))))


def has_own_report(issuer: str, number: str) -> bool:
    """Whether a report of this installation stands, whatever the lists of other owners say."""
    rows = ReportedDocument.objects.filter(issuer=issuer, number=in_standard_form(number))
    return rows.filter(withdrawn_at=None).exists()


@prepared
def _standing(
    issuer: str, number: str, prefix: str, width: str, serial: str
) -> QuerySet[Any, tuple[str, str, str]]:
    """One statement looks for all; the name of a list is read only where a row was found."""
    single = ReportedDocument.objects.filter(number=number, issuer=issuer, withdrawn_at=None)
    listed = ListedDocument.objects.filter(number=number, issuer=issuer)
    day = Coalesce(Cast("reported_on", CharField()), NOTHING)
    name = ListedSource.objects.filter(number=OuterRef("source")).values("name")[:1]
    batch = ReportedBatch.objects.filter(
        issuer=issuer,
        prefix=prefix,
        width=Cast(Value(width), SmallIntegerField()),
        serials__contains=Cast(Value(serial), BigIntegerField()),
        withdrawn_at=None,
    )
    return single.values_list("report", "reference", NOTHING).union(
        listed.values_list("kind", day, Subquery(name)),
        batch.values_list(Cast(Value(BATCH), CharField()), "reference", NOTHING),
        all=True,
    )[:1]


def sources(actor: Actor) -> RecordQuerySet[ListedSource]:
    """The owners' whole lists that are looked up beside the country's own reports; empty ones too."""
    return ListedSource.objects.visible_to(actor)


def sources_with_waiting(actor: Actor) -> Sequence[ListedSource]:
    """The owners' lists, each with its imports that are not decided on as `waiting`."""
    undecided = ListedImport.objects.visible_to(actor).filter(status__in=UNDECIDED)
    return list(sources(actor).prefetch_related(Prefetch("imports", undecided, to_attr="waiting")))


def listed_on(actor: Actor, number: str) -> list[tuple[ListedDocument, str]]:
    """The rows of owners' lists on a number, each with its list's name."""
    names = dict(sources(actor).values_list("number", "name"))
    rows = ListedDocument.objects.filter(number=number, source__in=names)[:PAGE]
    return [(row, names[row.source]) for row in rows]


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


def search(
    actor: Actor, number: str
) -> tuple[list[ReportedDocument], list[tuple[ListedDocument, str]]]:
    """Return the reports on a number, withdrawn ones too, and the rows of owners' lists.

    The search is on record.
    """
    found = list(reports(actor).filter(number=number)[:PAGE])
    rows = listed_on(actor, number)
    audit.searched(actor, "documents.read", terms=number, found=len(found) + len(rows))
    return found, rows


def source(actor: Actor, code: str) -> ListedSource:
    """Return an owner's list, loaded or still empty, or raise NotFound."""
    found = ListedSource.objects.visible_to(actor).filter(code=code).first()
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return found


def imports(actor: Actor) -> RecordQuerySet[ListedImport]:
    rows = ListedImport.objects.visible_to(actor)
    return rows.select_related("source", "prepared_by", "decided_by", "declined_by")


def list_import(actor: Actor, key: UUID) -> ListedImport:
    """Return an import, or raise NotFound."""
    return get_visible(imports(actor), actor, key)


def progress(run: ListedImport) -> ListedProgress | None:
    return ListedProgress.objects.filter(run=run).first()
