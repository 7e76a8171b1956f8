"""Adding documents to a case, and new versions to documents: nothing is ever replaced."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import keys
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.choices.papers import DocumentKind
from safar.assistance.cases.files import checked
from safar.assistance.cases.models import Case, Document, DocumentVersion, Person
from safar.assistance.cases.policies import in_sight, part_in_sight
from safar.assistance.cases.queries.papers import last_number, walls_open_to
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

NOT_MEDICAL = _(
    "A medical report belongs in the medical file. Choose it, or hand the report to a health "
    "worker."
)


@dataclass(frozen=True)
class DocumentFacts:
    """What is known of a paper besides its file."""

    kind: str
    title: str = ""
    person: Person | None = None
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    language: str = ""
    compartment: str = ""  # "": that of the case


@action("cases.add_document", policies=(in_sight,))
def add_document(actor: Actor, case: Case, *, facts: DocumentFacts, file: bytes) -> Document:
    """Add a document to a case, with its first version.

    Raises:
        RuleBroken: the file is not one that may be kept (`files.checked`), or the facts do not
            fit: a person of another case, a wall that she may not pass herself.
    """
    _refuse_misfits(actor, case, facts)
    document = Document(
        case=case,
        person=facts.person,
        kind=facts.kind,
        title=facts.title.strip(),
        number=facts.number.strip(),
        issuer=facts.issuer.strip(),
        issued_on=facts.issued_on,
        expires_on=facts.expires_on,
        language=facts.language,
        compartment=facts.compartment,
        added_by_id=actor.person_id,
    )
    document.save()
    _add(actor, document, 1, file)
    note(case=str(case.pk), kind=facts.kind)
    return document


@action("cases.add_version", policies=(in_sight, part_in_sight))
def add_version(actor: Actor, document: Document, *, file: bytes) -> DocumentVersion:
    """Add a new version to a document; the ones before stay."""
    added = _add(actor, document, last_number(document) + 1, file)
    note(case=str(document.case_id), version=added.number)
    return added


def _add(actor: Actor, document: Document, number: int, file: bytes) -> DocumentVersion:
    safe = checked(file)
    known = document.versions.filter(sha256=safe.sha256).values_list("number", flat=True).first()
    if known:
        text = _("This very file is there already: it is version %(number)d.")
        raise RuleBroken(text % {"number": known}, field="file")
    version = DocumentVersion(
        document=document,
        case=document.case,
        compartment=document.compartment,
        number=number,
        file_type=safe.file_type,
        size=len(safe.content),
        pages=safe.pages,
        sha256=safe.sha256,
        added_by_id=actor.person_id,
    )
    version.sealed = keys.of(document.case).seal(version, safe.content)
    version.save()
    return version


def _refuse_misfits(actor: Actor, case: Case, facts: DocumentFacts) -> None:
    if facts.person and not case.members.filter(person=facts.person).exists():
        raise RuleBroken(_("This person does not belong to the case."), field="person")
    if facts.issued_on and facts.expires_on and facts.expires_on < facts.issued_on:
        raise RuleBroken(_("It runs out before it was issued."), field="expires_on")
    refuse_wall(actor, case, facts.compartment)
    behind = facts.compartment or case.compartment
    if facts.kind == DocumentKind.MEDICAL and behind != Compartment.MEDICAL:
        raise RuleBroken(NOT_MEDICAL, field="compartment")


def refuse_wall(actor: Actor, case: Case, compartment: str) -> None:
    """A part is put only behind a wall that she may pass herself.

    Raises:
        RuleBroken: she could not see it afterwards.
    """
    if compartment and compartment not in walls_open_to(actor, case):
        raise RuleBroken(_("You do not work in that file."), field="compartment")
