"""What does the traveller get in hand after a refusal? The printed form, in two languages.

Modelled on the standard form of the Schengen Borders Code, Annex V Part B, in own words.
"""

import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.control.border.models import Decision
from safar.control.border.screen import partial
from safar.control.border.wording.findings import day
from safar.control.travellers.choices import Sex
from safar.control.travellers.read_document import ReadDocument
from safar.core import node
from safar.reference import queries as reference
from safar.ui.pdf import printed

TEMPLATE = Path(__file__).parent / "templates" / "border" / "refusal_form.typ"
SECOND_LANGUAGE = "en"
# Nothing of these can be seen on paper, and some turn the order of what can (UAX #9).
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
JOINERS = ("\u200c", "\u200d")  # part of the spelling of Persian and of Indian names


def refusal_form(decision: Decision, *, language: str) -> bytes:
    """Return the form of a refusal as PDF on A4: in a language (`ky`) and in English."""
    languages = list(dict.fromkeys((language.partition("-")[0], SECOND_LANGUAGE)))
    return printed(TEMPLATE, _printed(decision, languages))


def receipt(decision: Decision) -> str:
    """The number of a refusal: post, lane, the end of the key, as on a crossing's receipt."""
    seen = decision.inspection
    return f"{seen.post_id.rpartition('-')[2]}-{seen.lane}-{decision.pk.hex[-6:].upper()}"


def appeal() -> list[str]:
    """Return the sentences on the right of appeal, in the language of the page."""
    days = settings.SAFAR_APPEAL_DAYS
    return [
        _("You may appeal against this decision to the authority named below."),
        ngettext(
            "The appeal must be made within {n} day of the day on this form.",
            "The appeal must be made within {n} days of the day on this form.",
            days,
        ).format(n=days)
        if days
        else _("The time for an appeal is the one that the law sets. The officer writes it below."),
        _("An appeal does not by itself allow you to enter."),
    ]


def _printed(decision: Decision, languages: list[str]) -> dict[str, Any]:
    """Put the form together: each text as a list, one for each language, alike ones once."""
    told = []
    for language in languages:
        with translation.override(language):
            told.append(_told(decision))
    return {
        "languages": languages,
        "receipt": receipt(decision),
        "remarks": clean(decision.reason),
        "authority": clean(decision.decided_by.agency.name),
        "appeal_authority": clean(settings.SAFAR_APPEAL_AUTHORITY),
        "appeal_days": settings.SAFAR_APPEAL_DAYS,
        **{name: _beside([one[name] for one in told]) for name in told[0]},
    }


def _beside(told: list[Any]) -> Any:
    """Turn the same structure in several languages into one structure of lists of texts."""
    first = told[0]
    if isinstance(first, dict):
        return {name: _beside([one[name] for one in told]) for name in first}
    if isinstance(first, list):
        return [_beside(list(parts)) for parts in zip(*told, strict=True)]
    if isinstance(first, str):
        return list(dict.fromkeys(told))
    return first


def _told(decision: Decision) -> dict[str, Any]:
    return {
        "title": _("Refusal of entry"),
        "state": reference.country_name(node.country()),
        "number": _("Number"),
        "parts": [
            {"title": _("Where and when"), "rows": _where(decision)},
            {"title": _("Person, as in the document"), "rows": _person(decision)},
        ],
        "statement": _("The person named above is refused entry on the grounds marked below."),
        "grounds_title": _("Grounds"),
        "grounds": _grounds(decision.grounds),
        "remarks_title": _("Remarks"),
        "no_remarks": _("None."),
        "appeal_title": _("Right of appeal"),
        "appeal": appeal(),
        "appeal_label": _("Authority for appeals"),
        "days_label": _("Time for an appeal"),
        "protection": _(
            "Whoever fears to return to a country may ask for protection at any time, here too."
        ),
        "signatures": [
            _("Officer {number}: signature").format(number=clean(decision.decided_by.username)),
            _("Person refused: signature, which means received and not agreed"),
        ],
        "copy": _("Copy"),
        "footer": _("On record in Safar under this number"),
        "page": _("Page"),
    }


def _where(decision: Decision) -> list[list[str]]:
    seen = decision.inspection
    post = reference.post(seen.post_id)
    return [
        [_("Authority"), clean(decision.decided_by.agency.name)],
        [_("Post"), f"{post.name if post else ''} {seen.post_id}".strip()],
        [_("Date and time"), _moment(decision.decided_at, seen.post_id)],
        [_("Officer, service number"), clean(decision.decided_by.username)],
    ]


def _person(decision: Decision) -> list[list[str]]:
    read = ReadDocument.from_json(decision.inspection.document)
    kinds = {row.code: row.name for row in reference.document_types()}
    kind = kinds.get(read.kind) or kinds.get(read.kind[:1]) or read.kind
    rows = [
        [_("Surname"), read.surname],
        [_("Given names"), read.given_names],
        [_("Name as written"), read.name_written],
        [_("Born"), partial(read.birth)],
        [_("Sex"), str(Sex(read.sex).label)],
        [_("Citizen of"), _state(read.nationality)],
        [_("Document"), kind],
        [_("Number of the document"), read.number],
        [_("Issued by"), _state(read.issuer)],
        [_("Valid to"), day(read.expires_on) if read.expires_on else _("Not given")],
    ]
    return [[label, clean(text)] for label, text in rows if text]


def _state(code: str) -> str:
    name = reference.country_name(code)
    return f"{name} ({code})" if name != code else code


def _grounds(chosen: list[str]) -> list[dict[str, Any]]:
    """Every ground in use, and those chosen that have left the list since."""
    known = {row.code: row for row in reference.refusal_grounds()}
    gone = [code for code in chosen if code not in known]
    rows: list[dict[str, Any]] = [
        {"code": code, "marked": code in chosen, "text": row.name, "law": row.national_reference}
        for code, row in known.items()
    ]
    return rows + [{"code": code, "marked": True, "text": code, "law": ""} for code in gone]


def _moment(at: datetime, post: str) -> str:
    """A moment in the time zone of a post, with the zone's distance from UTC."""
    local = at.astimezone(reference.time_zone(post))
    return f"{day(local.date())}, {local:%H:%M} (UTC{local.isoformat()[-6:]})"


def clean(text: str) -> str:
    """Return a text with a mark in the place of each character that paper cannot show."""
    lines = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(char) in UNSEEN and char not in ("\n", *JOINERS)
        else char
        for char in lines
    )
