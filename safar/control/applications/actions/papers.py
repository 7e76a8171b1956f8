"""A paper is kept, or set aside."""

from typing import Any, Final, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.applications.models import ApplicationBase, PaperBase
from safar.core.action import note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.files import checked, tidy_name
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW

Paper = TypeVar("Paper", bound=PaperBase)

MOST_PAPERS: Final = 20
PHOTO: Final = "photo"  # of every application: the portrait


def keep_paper(
    actor: Actor, application: ApplicationBase, there: QuerySet[Paper], *, kind: Any, name: str,
    content: bytes,
) -> Paper:  # fmt: skip
    """Keep a file as a paper of an application. `there`: those that it has.

    Raises:
        RuleBroken: the file is not one that may be kept (`core.files.checked`), is there already,
            or there are twenty.
    """
    if there.count() >= MOST_PAPERS:
        raise RuleBroken(_("There are twenty papers already. Put several on one PDF."))
    safe = checked(content, portrait=kind == PHOTO)
    if there.filter(kind=kind, sha256=safe.sha256).exists():
        raise RuleBroken(_("This very file is there already."), field="file")
    paper = there.model(
        application=application,
        kind=kind,
        name=tidy_name(name),
        file_type=safe.file_type,
        size=len(safe.content),
        pages=safe.pages,
        sha256=safe.sha256,
        content=safe.content,
        added_at=timezone.now(),
        added_by_id=actor.user_id,
    )
    paper.save()
    application.changed_at = timezone.now()
    application.save()
    note(kind=str(kind), size=paper.size)
    return paper


def set_aside(actor: Actor, paper: Paper, *, reason: str) -> Paper:
    """Set a paper aside: it counts as missing.

    Raises:
        InvalidMove: it is set aside already.
        RuleBroken: no reason.
    """
    if paper.set_aside_at:
        raise InvalidMove(NOT_NOW)
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    paper.set_aside_at, paper.set_aside_by_id = timezone.now(), actor.person_id
    paper.set_aside_reason = reason.strip()
    paper.save()
    note(kind=paper.kind)
    return paper
