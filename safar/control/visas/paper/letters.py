"""What does the applicant get on paper? The letter of a refusal, the receipt of a fee.

The model of the letter is Regulation (EC) 810/2009 Annex VI, in own words. It is signed for by the
office and the number of the decision; no officer is named.
"""

import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from safar.control.visas.choices.applications import Ground, Language, Status
from safar.control.visas.models import Application, Fee
from safar.control.visas.paper.letter_terms import (
    LetterTerms,
    LetterTermsBroken,
    in_language,
    letter_terms,
)
from safar.core import node
from safar.core.errors import InvalidMove, Unavailable
from safar.core.workflow import NOT_NOW
from safar.reference import queries as reference
from safar.ui.days import written
from safar.ui.forms import typed
from safar.ui.pdf import printed

TEMPLATES: Final = Path(__file__).parents[1] / "templates" / "visas"
# Nothing of these can be seen on paper, and some turn the order of what can (UAX #9).
UNSEEN: Final = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def decision_number(application: Application) -> str:
    """The number of a decision: the reference and the day, as it is quoted in an appeal."""
    assert application.decided_at is not None  # noqa: S101 - asked of decided ones alone
    return f"{application.number}/{timezone.localtime(application.decided_at):%Y%m%d}"


def refusal_letter(application: Application, *, language: str = "") -> bytes:
    """The letter as PDF on A4, in her language or in another that is asked for.

    Raises:
        InvalidMove: it was not refused.
        Unavailable: the administration's file of legal sources is broken.
    """
    if application.status != Status.REFUSED or application.erased_at:
        raise InvalidMove(NOT_NOW)
    try:
        terms = letter_terms()
    except LetterTermsBroken:
        raise Unavailable(
            _("The letter cannot be made now. The office of the decision has been told why.")
        ) from None
    with translation.override(_chosen(language, application)):
        return printed(TEMPLATES / "refusal_letter.typ", _letter(application, terms))


def receipt(fee: Fee, *, language: str = "") -> bytes:
    """The receipt of a fee that was paid, waived or given back, as PDF on A5."""
    with translation.override(_chosen(language, fee.application)):
        return printed(TEMPLATES / "receipt.typ", _receipt(fee))


def _chosen(language: str, application: Application) -> str:
    return language if language in Language.values else application.language


def _letter(application: Application, terms: LetterTerms) -> dict[str, Any]:
    assert application.decided_at is not None  # noqa: S101 - it was refused
    decided = timezone.localdate(application.decided_at)
    kind, office = application.kind, application.consulate
    return {
        **_head(application),
        "title": _("Refusal of a visa"),
        "number_label": _("Number of the decision"),
        "number": decision_number(application),
        "rows": [
            [pgettext("issuing", "Office"), clean(office.name if office else "")],
            [_("Date of the decision"), _day(decided)],
            *_who(application),
            [_("Applied for"), kind.name if kind else ""],
        ],
        "statement": _("The visa was refused on the grounds below."),
        "grounds_title": _("Grounds"),
        "grounds": [_ground(code, terms) for code in application.grounds],
        "source_label": _("Legal source"),
        "remarks_title": _("In words"),
        "remarks": clean(application.decision_reason),
        "appeal_title": _("How you can appeal"),
        "appeal": _appeal(terms, decided),
        "authority_label": _("Authority for appeals"),
        "authority": clean(in_language(terms.authority, translation.get_language() or "en")),
        "until_label": "" if terms.days else _("Time for an appeal"),
        "signatures": [
            _("For the office: seal and signature"),
            _("Received on, signature of the applicant: received does not mean agreed"),
        ],
        "footer": _("On record in Safar under this number"),
        "page": _("Page"),
    }


def _head(application: Application) -> dict[str, Any]:
    return {
        "language": (translation.get_language() or "en").partition("-")[0],
        "state": reference.country_name(node.country()),
        "reference": application.number,
    }


def _who(application: Application) -> list[list[str]]:
    return [
        [_("Reference"), application.number],
        [_("Applicant"), clean(application.name)],
        [_("Born"), typed(application.birth) if application.birth else ""],
        [_("Travel document"), clean(f"{application.issuer} {application.document_number}")],
    ]


def _ground(code: str, terms: LetterTerms) -> dict[str, str]:
    source = in_language(terms.sources.get(code, {}), translation.get_language() or "en")
    return {"text": str(Ground(code).label), "source": clean(source)}


def _appeal(terms: LetterTerms, decided: date) -> list[str]:
    """The right of appeal, in the administration's own words where there are some."""
    how = in_language(terms.how, translation.get_language() or "en")
    said = [clean(how) if how else _("You may appeal to the authority named below.")]
    if not terms.days:
        return [*said, _("The time for an appeal is the one that the law sets. It stands below.")]
    if terms.from_receipt:
        text = ngettext(
            "The appeal must be made within {n} day of the day on which you received this letter.",
            "The appeal must be made within {n} days of the day on which you received this letter.",
            terms.days,
        )
        return [*said, text.format(n=terms.days)]
    text = ngettext(
        "The appeal must be made within {n} day of the decision: by {day}.",
        "The appeal must be made within {n} days of the decision: by {day}.",
        terms.days,
    )
    last = decided + timedelta(days=terms.days)
    return [*said, text.format(n=terms.days, day=_day(last))]


def _receipt(fee: Fee) -> dict[str, Any]:
    application, office = fee.application, fee.application.consulate
    rows = [
        [pgettext("issuing", "Office"), clean(office.name if office else "")],
        *_who(application)[:2],
        [_("Kind of visa"), application.kind.name if application.kind else ""],
        [_("What"), str(fee.get_kind_display())],
        [_("Amount"), f"{fee.amount} {fee.currency}"],
        [_("Date"), _day(timezone.localdate(fee.at))],
        [_("Reason"), clean(fee.reason)],
    ]
    return {
        **_head(application),
        "title": _("Receipt"),
        "number": clean(fee.receipt) or application.number,
        "rows": [row for row in rows if row[1]],
        "note": _("A fee is not given back by itself when a visa is refused."),
        "signature": _("For the office: seal and signature"),
        "footer": _("On record in Safar under this number"),
    }


def _day(day: date) -> str:
    return written(day, "j E Y")


def clean(text: str) -> str:
    """A text with a mark in the place of each character that paper cannot show."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(one) in UNSEEN and one != "\n" else one
        for one in text.replace("\r\n", "\n").replace("\t", " ")
    )
