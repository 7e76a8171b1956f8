"""The promissory note of a travel loan on A4, in the language of the family that signs it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safar.assistance.cases.amounts import written
from safar.assistance.cases.models import CaseMember
from safar.assistance.cases.paper import clean, language_of
from safar.assistance.movements.choices import LoanStatus
from safar.assistance.movements.models import TravelLoan
from safar.ui.pdf import printed

NOTE = Path(__file__).parent / "templates" / "movements" / "note.typ"


def promissory_note(
    loan: TravelLoan, family: Sequence[CaseMember], otherwise: str = "en", language: str = ""
) -> bytes:
    """The note as PDF: with empty lines to sign on, or with who signed it and when.

    Args:
        otherwise: the language where forms are not printed in the family's own.
        language: a language to print in whatever the family speaks.
    """
    spoken = next((one for member in family for one in member.person.languages), "")
    with translation.override(language or language_of(spoken, otherwise)):
        return printed(NOTE, content(loan, family))


def content(loan: TravelLoan, family: Sequence[CaseMember]) -> dict[str, Any]:
    """Everything that the note says, in the language that is active."""
    office = loan.case.office
    signed = loan.signer.person if loan.signer else None
    return {
        "language": (translation.get_language() or "en").partition("-")[0],
        "title": _("Promissory note for a travel loan"),
        "mark": _mark(loan),
        "number": loan.number,
        "number_label": _("Our number"),
        "day": _day(loan.signed_on or timezone.localdate()),
        "office": [clean(office.agency.name), clean(office.name)],
        "opening": _(
            "The journey of the people named below was paid for me and my family in advance. "
            "I promise to repay the sum below."
        ),
        "rows": [
            [_("Sum"), written(loan.amount, loan.currency)],
            [_("Fares"), _fares(loan)],
            [_("Who travels"), "; ".join(_member(one) for one in family)],
            [_("Repaid to"), clean(loan.assigned_to) or _("The family is told in writing.")],
        ],
        "rules_title": _("What this means"),
        "rules": [
            _("No interest is asked."),
            _("When and in which instalments it is repaid, the body that collects writes to me."),
            _("I tell that body when my address changes, until everything is repaid."),
            _("I may repay earlier. Nobody may ask me for more than the sum above."),
            _("This note was read to me in a language that I understand."),
        ],
        "signed": _("Signed by {name} on {day}.").format(
            name=clean(str(signed)), day=_day(loan.signed_on)
        )
        if signed and loan.signed_on
        else "",
        "signatures": [
            _("Adult of the family: signature and date"),
            _("Worker: name and signature"),
        ],
        "confidential": _("Confidential"),
        "page": _("Page"),
    }


def _mark(loan: TravelLoan) -> str:
    return _("to be signed") if loan.status == LoanStatus.DRAFT else ""


def _fares(loan: TravelLoan) -> str:
    return _("full fares: {adults}; children's fares, under 12: {children}").format(
        adults=loan.adults, children=loan.children
    )


def _member(member: CaseMember) -> str:
    born = f" ({member.person.birth})" if member.person.birth else ""
    return clean(f"{member.person}{born}")


def _day(day: date) -> str:
    return str(date_format(day, "j E Y"))
