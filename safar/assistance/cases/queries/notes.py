"""The notes of a case, opened for whoever may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from safar.assistance.cases import keys
from safar.assistance.cases.due import Happened
from safar.assistance.cases.models import Case, Note
from safar.core.permissions import Actor

SHOWN_ON_CASE = 3
ON_TIME_LINE = 100  # of the newest notes: the page of notes has them all
FIRST_WORDS = 160


@dataclass(frozen=True)
class Read:
    """A note and its words."""

    note: Note
    text: str


def notes_of(actor: Actor, case: Case) -> QuerySet[Note]:
    """The notes of a case, newest first, still sealed."""
    found = Note.objects.visible_to(actor).filter(case=case)
    return found.select_related("written_by", "corrects").prefetch_related("corrections")


def corrected(actor: Actor, case: Case, key: Any) -> "Read | None":
    """The note that a form is about to correct, where it names one that she may read."""
    found = notes_of(actor, case).filter(pk=key).first() if key and _is_key(key) else None
    return next(iter(opened(case, [found])), None) if found else None


def _is_key(key: Any) -> bool:
    try:
        return bool(UUID(str(key)))
    except ValueError:
        return False


def opened(case: Case, notes: Iterable[Note]) -> list[Read]:
    """Notes of one case with their words; of an erased case there are none."""
    cipher = keys.existing(case)
    return [Read(n, cipher.open(n, n.sealed).decode()) for n in notes] if cipher else []


def part(actor: Actor, case: Case) -> dict[str, Any]:
    """What the case page shows of its notes: the newest few."""
    found = list(notes_of(actor, case)[: SHOWN_ON_CASE + 1])
    return {
        "notes": opened(case, found[:SHOWN_ON_CASE]),
        "more_notes": len(found) > SHOWN_ON_CASE,
    }


def happened(actor: Actor, case: Case) -> list[Happened]:
    """Each note is a point on the case's time line, with its first words."""
    return [
        Happened(
            read.note.written_at,
            _("Note corrected") if read.note.corrects_id else _("Note"),
            Truncator(read.text).chars(FIRST_WORDS),
            str(read.note.written_by),
            reverse("cases:notes", args=[case.pk]) + f"#note-{read.note.pk}",
        )
        for read in opened(case, notes_of(actor, case)[:ON_TIME_LINE])
    ]
