"""Why can an approved application not be made now? One sentence for each that waits in vain."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.blanks.queries.stock import kinds_in_reach
from safar.control.passports.chips import signing
from safar.control.passports.choices.applications import BLANKS, AttachmentKind, PaperKind
from safar.control.passports.models import Application, Attachment, PaperTerms
from safar.control.passports.queries.making import NO_PHOTO
from safar.control.passports.rules import applications as rules
from safar.control.passports.rules import printing
from safar.core import node
from safar.core.errors import DomainError
from safar.lib import mrz

CLOSED = _("This office is closed.")
NO_BLANK = _("No blank of this kind is in hand here.")
NO_TERMS = _("Headquarters has not set how long this kind is valid.")
UNPRINTABLE = _("This cannot be printed: {why}")
ANY_NUMBER = "AA0000000"  # of a blank: what stands in a zone beside it is looked at


@dataclass
class _Looked:
    """What was looked up already, for a whole queue."""

    terms: dict[str, PaperTerms]
    signer: signing.DocumentSigner | None
    photos: frozenset[UUID]
    blanks: dict[str, frozenset[str]] = field(default_factory=dict)

    def in_reach(self, office: str) -> frozenset[str]:
        if office not in self.blanks:
            self.blanks[office] = kinds_in_reach(office)
        return self.blanks[office]


def hindrances(applications: Sequence[Application]) -> dict[UUID, Any]:
    """What stands in the way of each, by its key; those that can be made are left out.

    That no key signs here is not among them: it hinders all, and is said when one is taken.
    """
    looked = _look(applications)
    found = {one.pk: _hindrance(one, looked) for one in applications}
    return {key: why for key, why in found.items() if why}


def _look(applications: Sequence[Application]) -> _Looked:
    photos = Attachment.objects.filter(
        application__in=applications, kind=AttachmentKind.PHOTO, set_aside_at=None
    )
    try:
        signer = signing.signer(timezone.localdate())
    except DomainError:
        signer = None
    terms = {row.kind: row for row in PaperTerms.objects.all()}
    return _Looked(terms, signer, frozenset(photos.values_list("application", flat=True)))


def _hindrance(one: Application, looked: _Looked) -> Any:
    if not one.office.in_use:
        return CLOSED
    if one.pk not in looked.photos:
        return NO_PHOTO
    if BLANKS[PaperKind(one.kind)] not in looked.in_reach(one.office_id):
        return NO_BLANK
    terms = looked.terms.get(one.kind)
    return NO_TERMS if terms is None else _unprintable(one, terms, looked.signer)


def _unprintable(one: Application, terms: PaperTerms, signer: signing.DocumentSigner | None) -> Any:
    last = rules.runs_out_on(timezone.localdate(), one.birth, terms.years, terms.years_child)
    holder = printing.Holder(
        surname=one.surname,
        given_names=one.given_names,
        birth=one.birth,
        sex=one.sex,
        nationality=one.nationality,
        personal_number=one.personal_number,
    )
    try:
        printing.zone(one.kind, holder, issuer=node.country(), number=ANY_NUMBER, expires_on=last)
        if signer:
            signer.refuse_unless_proved_until(last)
    except mrz.WritingError as problem:
        return UNPRINTABLE.format(why=problem)
    except DomainError as problem:
        return str(problem)
    return None
