"""The documents of a case as one may see them: lists, one with its versions, the file itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.assistance.cases import keys
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.choices.papers import FileType
from safar.assistance.cases.due import Due, Happened
from safar.assistance.cases.files.checked import extension
from safar.assistance.cases.models import Case, Document, DocumentVersion, Placement
from safar.core.permissions import Actor
from safar.core.record import get_visible

SHOWN_ON_CASE = 8
ASKS_WHY = (Compartment.RESTRICTED, Compartment.MEDICAL)
SOON_DAYS = 30


@dataclass(frozen=True)
class File:
    """A document's file, opened: what leaves is this and nothing else."""

    name: str
    file_type: str
    content: bytes


def documents_of(actor: Actor, case: Case) -> QuerySet[Document]:
    """The documents of a case, newest first, each with what is known of its last version."""
    last = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    shown = (
        Document.objects.visible_to(actor)
        .filter(case=case)
        .annotate(
            last_number=Subquery(last.values("number")[:1]),
            last_type=Subquery(last.values("file_type")[:1]),
            last_pages=Subquery(last.values("pages")[:1]),
            last_at=Subquery(last.values("added_at")[:1]),
        )
    )
    return shown.order_by("-last_at", "-added_at")


def document(actor: Actor, key: UUID) -> Document:
    """One document.

    Raises:
        NotFound: there is none, or it stands behind a wall.
    """
    return get_visible(Document.objects.select_related("case", "person", "added_by"), actor, key)


def versions_of(actor: Actor, document: Document) -> QuerySet[DocumentVersion]:
    """Its versions without the files themselves, newest first."""
    versions = DocumentVersion.objects.visible_to(actor).filter(document=document)
    return versions.defer("sealed").select_related("added_by")


def version(actor: Actor, key: UUID) -> DocumentVersion:
    """One version of a document, with its sealed file.

    Raises:
        NotFound: there is none, or it stands behind a wall.
    """
    found = DocumentVersion.objects.select_related("case", "document")
    return get_visible(found, actor, key)


def asks_why(part: Document | DocumentVersion) -> bool:
    """Whether a purpose is asked before it is opened: restricted and medical files."""
    return (part.compartment or part.case.compartment) in ASKS_WHY


def file_of(version: DocumentVersion) -> File:
    """Open the file of a version. Who asks has been written down before.

    Raises:
        RuleBroken: the case was erased.
        Unavailable: it was changed outside Safar.
    """
    content = keys.of(version.case).open(version, version.sealed)
    kind, number = version.document.kind, version.number
    name = f"{version.case.number}-{kind}-{number}.{extension(version.file_type)}"
    return File(name, version.file_type, content)


def walls_open_to(actor: Actor, case: Case) -> list[str]:
    """The compartments behind which she may put a part of this case."""
    placed = Placement.objects.filter(user_id=actor.person_id, programme=case.programme)
    found = {c for p in placed if p.office_id in (None, case.office_id) for c in p.compartments}
    return [c for c in Compartment.values if c in found and c != case.compartment]


def part(actor: Actor, case: Case) -> dict[str, Any]:
    """What the case page shows of its documents."""
    found = list(documents_of(actor, case)[: SHOWN_ON_CASE + 1])
    return {
        "documents": shown(found[:SHOWN_ON_CASE]),
        "more_documents": len(found) > SHOWN_ON_CASE,
    }


def shown(documents: Iterable[Any]) -> list[dict[str, Any]]:
    """Documents of `documents_of` with what a list says of each."""
    today = timezone.localdate()
    return [_shown(one, today) for one in documents]


def _shown(document: Any, today: date) -> dict[str, Any]:
    left = (document.expires_on - today).days if document.expires_on else None
    return {
        "document": document,
        "file_type": FileType(document.last_type).label if document.last_type else "",
        "version": document.last_number if (document.last_number or 0) > 1 else None,
        "over": left is not None and left < 0,
        "soon": left is not None and 0 <= left <= SOON_DAYS,
    }


def happened(actor: Actor, case: Case) -> list[Happened]:
    """Each version that was added is a point on the case's time line."""
    added = DocumentVersion.objects.visible_to(actor).filter(case=case).defer("sealed")
    return [
        Happened(
            one.added_at,
            _("Document added: %(title)s") % {"title": one.document}
            if one.number == 1
            else _("New version of a document: %(title)s") % {"title": one.document},
            by=str(one.added_by),
            url=reverse("cases:document", args=[one.document_id]),
        )
        for one in added.select_related("document", "added_by")
    ]


def due(actor: Actor, today: date) -> list[Due]:
    """Papers of her own open cases that have run out or will within a month."""
    soon = today + timedelta(days=SOON_DAYS)
    found = Document.objects.visible_to(actor).filter(
        case__lead=actor.user_id, case__closed_on=None, expires_on__lte=soon
    )
    return [
        Due(
            one.case,
            _("Renew: %(title)s") % {"title": one},
            reverse("cases:document", args=[one.pk]),
            one.expires_on,
        )
        for one in found.select_related("case").order_by("expires_on")[:50]
    ]


def last_number(document: Document) -> int:
    """The number of the newest version; 0 before the first."""
    return DocumentVersion.objects.filter(document=document).aggregate(n=Max("number"))["n"] or 0
