"""Giving a person what is kept about her: one file, once it is sure that it is she who asks."""

import hashlib
import io
import json
import zipfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import keys
from safar.assistance.cases.files.checked import extension
from safar.assistance.cases.models import Document, OwnDataCopy, Person
from safar.assistance.cases.policies import person_in_sight
from safar.assistance.cases.queries import own_data
from safar.assistance.cases.queries.own_data import NotesOfCase
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

NAME_OF_DATA: Final = "data.json"


@dataclass(frozen=True)
class Given:
    """The copy as it is recorded, and the ZIP itself, which is kept nowhere."""

    copy: OwnDataCopy
    content: bytes


@action("cases.give_own_data", policies=(person_in_sight,))
def give_own_data(
    actor: Actor,
    person: Person,
    *,
    asked_on: date,
    identity: str,
    notes: Collection[UUID] = (),
    documents: Collection[UUID] = (),
    letters: Collection[UUID] = (),
) -> Given:
    """Put together a person's own copy of her data.

    Her own documents are in it. Notes are listed by date; the words of those in `notes`, and
    the files of those in `documents` that name nobody, are added, and so are the `letters` of
    partners who sent her to us: somebody read them and found that they speak of nobody else.

    Raises:
        RuleBroken: it is said neither when she asked nor how it was made sure that it is she.
    """
    if not identity:
        raise RuleBroken(_("Say how it was made sure who asks."), field="identity")
    if asked_on > timezone.localdate():
        raise RuleBroken(_("She cannot have asked on a day to come."), field="asked_on")
    chosen = [d for d in own_data.shared_documents(actor, person) if d.pk in set(documents)]
    papers = [*own_data.own_documents(actor, person), *chosen]
    by_case = own_data.notes_by_case(actor, person)
    words = sum(read.note.pk in set(notes) for of_case in by_case for read in of_case.notes)
    sent_by = [one for one in own_data.letters(actor, person) if one.pk in set(letters)]
    data = {
        "given_on": str(timezone.localdate()),
        "about": own_data.rows_about(actor, person),
        "notes": _notes(by_case, set(notes)),
        "documents": [_facts(one) for one in papers],
        "letters": [own_data.as_written(one) for one in sent_by],
        "explained": _explained(),
    }
    content = _packed(data, _files(papers))
    copy = OwnDataCopy.objects.create(
        person=person,
        asked_on=asked_on,
        identity=identity,
        notes=words,
        documents=len(papers),
        sha256=hashlib.sha256(content).hexdigest(),
        given_at=timezone.now(),
        given_by_id=actor.person_id,
    )
    note(copy=str(copy.pk), identity=identity, notes=words, documents=len(papers),
         letters=len(sent_by))  # fmt: skip
    return Given(copy, content)


def _notes(by_case: Iterable[NotesOfCase], chosen: set[UUID]) -> list[dict[str, Any]]:
    return [
        {
            "case": of_case.case.number,
            "written_at": timezone.localtime(read.note.written_at).isoformat(timespec="seconds"),
            "words": read.text if read.note.pk in chosen else None,
        }
        for of_case in by_case
        for read in of_case.notes
    ]


def _facts(document: Document) -> dict[str, Any]:
    return {"case": document.case.number} | {
        name: str(getattr(document, name) or "") for name in Document.exports
    }


def _files(documents: Iterable[Document]) -> Iterable[tuple[str, bytes]]:
    for number, document in enumerate(documents, 1):
        cipher = keys.existing(document.case)
        for version in document.versions.order_by("number") if cipher else ():
            name = f"{number:02d}-{document.kind}-{version.number}.{extension(version.file_type)}"
            yield f"documents/{name}", cipher.open(version, version.sealed)  # type: ignore[union-attr]


def _packed(data: dict[str, Any], files: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME_OF_DATA, json.dumps(data, ensure_ascii=False, indent=1))
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def _explained() -> str:
    return gettext(
        "This is what is kept about you in the cases named here. Where a note has no words, they "
        "speak of other people too and were left out; you may ask the data protection officer why, "
        "have mistakes put right, and take back a consent at any time."
    )
