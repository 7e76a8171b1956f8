"""What a document tells about itself, in sentences: see `safar.control.documents.rules`."""

import re
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

_AREA = _("Document")
_PAGE = _("Read the document again, and compare with the printed page.")

# code -> (area on the screen, sentence, what to do), as `wording.WORDS`
DOCUMENT_WORDS: Final[dict[str, tuple[Any, Any, Any]]] = {
    "document.stolen_batch": (
        _AREA,
        _(
            "One of a batch of blanks that were stolen before anything was written in them. Reference {reference}."
        ),
        _("Keep the document. Press F4: second line."),
    ),
    "document.fantasy": (
        _AREA,
        _("{code} is the code of an invented issuer: no state issued this."),
        _("Ask for a passport or an identity card. Press F4: second line."),
    ),
    "document.specimen": (
        _AREA,
        _("{number} is the number of a published specimen, which nobody holds."),
        _("Compare the number with the page. Press F4: second line."),
    ),
    "document.sources_differ": (
        _AREA,
        _("{field}: the zone says {zone}, {source} says {other}."),
        _("Look at the page under light for changes. If it was no slip, press F4."),
    ),
    "document.not_as_issued": (
        _AREA,
        _("Our own register issued this number with something else: {fields}."),
        _("Read it again. If it was no slip in typing, keep the document and press F4."),
    ),
    "document.issued_before_birth": (
        _AREA,
        _("Issued on {issued}, before its holder was born ({birth})."),
        _PAGE,
    ),
    "document.issued_future": (_AREA, _("Issued on {issued}, which is still to come."), _PAGE),
    "document.issued_after_expiry": (
        _AREA,
        _("Issued on {issued}, and valid only to {expiry}."),
        _PAGE,
    ),
    "document.personal_birth": (
        _AREA,
        _("The personal number says born {personal}; the date of birth says {birth}."),
        _PAGE,
    ),
    "document.personal_sex": (
        _AREA,
        _("The personal number says {personal}; the sex field says {sex}."),
        _PAGE,
    ),
    "document.personal_check": (
        _AREA,
        _("The personal number fails its own check digit."),
        _("Look whether it was typed as it stands there."),
    ),
    "document.name_spelling": (
        _AREA,
        _("“{zone}” is no spelling of “{written}” by any table in use."),
        _("Compare both names letter by letter, and ask how she writes hers."),
    ),
    "document.term": (
        _AREA,
        _("Valid to {expiry}: longer than the state issues this document for."),
        _("Look at the day of issue, and at the page under light for changes."),
    ),
    "document.series_period": (
        _AREA,
        _("Numbers of this series were not issued then{period}."),
        _("Compare the number with the page and the perforation."),
    ),
    "document.state_ended": (
        _AREA,
        _("{state} issued no documents after {year}; this one is valid to {expiry}."),
        _("Such names stand on invented passports. Press F4: second line."),
    ),
    "document.issuer_unknown": (
        _AREA,
        _("{code} is the code of no issuing state."),
        _("Look whether it was typed as it stands there."),
    ),
    "document.nationality_unknown": (
        _AREA,
        _("{code} is the code of no nationality."),
        _("Look whether it was typed as it stands there."),
    ),
    "document.two_at_once": (
        _AREA,
        _("Also holds number {number}, valid to {expiry}."),
        _("Renewed, or two at once? Ask for the other one."),
    ),
    "document.term_unusual": (
        _AREA,
        _("Valid to {expiry}: unusual for this kind of document, as far as is known here."),
        "",
    ),
    "document.series_unusual": (
        _AREA,
        _(
            "Numbers of this series are unusual for the time of issue{period}, as far as is known here."
        ),
        "",
    ),
    "document.number_unusual": (
        _AREA,
        _("{number} is an unusual number for this kind of document, as far as is known here."),
        "",
    ),
    "document.number_unseen": (
        _AREA,
        _("Hardly any document of this kind that crossed here had a number like {number}."),
        "",
    ),
}
# What to do in second line, where it is something else.
IN_SECOND_LINE: Final[dict[str, Any]] = {
    "document.stolen_batch": _("Keep the document, and call who reported the batch."),
    "document.fantasy": _("Ask for a passport or an identity card, and who sold her this."),
    "document.specimen": _("Compare the number with the page, and every page with the specimen."),
    "document.sources_differ": _("Look at the page under each light, beside the specimen."),
    "document.not_as_issued": _("Keep the document. Ask the passport office who the holder is."),
    "document.state_ended": _(
        "Ask for a document of a state that is there, and who sold her this."
    ),
}
FIELDS: Final = {
    "number": _("Number"),
    "name": _("Name"),
    "birth": _("Born"),
    "sex": _("Sex"),
    "nationality": _("Citizen of"),
    "expires_on": _("Valid to"),
    "personal_number": _("Personal number"),
}
SOURCES: Final = {
    "page": _("the page"),
    "chip": _("the chip"),
    "booking": _("the booking"),
}
SEXES: Final = {"F": _("female"), "M": _("male")}


def said(code: str, params: dict[str, Any]) -> dict[str, Any]:
    """The values of a document's finding in words, where they are no plain text or number."""
    if code == "document.sources_differ":
        field = FIELDS.get(params["field"], params["field"])
        source = SOURCES.get(params["source"], params["source"])
        values = {name: _value(params["field"], params[name]) for name in ("zone", "other")}
        return {"field": field, "source": source, **values}
    if code == "document.not_as_issued":
        return {"fields": ", ".join(str(FIELDS.get(one, one)) for one in params["fields"])}
    if code == "document.personal_sex":
        return {name: SEXES.get(params[name], params[name]) for name in ("personal", "sex")}
    if code in ("document.personal_birth", "document.issued_before_birth"):
        return {name: _day(params[name]) for name in ("personal", "birth") if name in params}
    if code in ("document.series_period", "document.series_unusual"):
        return {"period": _period(_day(params["since"]), _day(params["until"]))}
    return {}


def _value(field: str, text: str) -> Any:
    if field == "sex":
        return SEXES.get(text, text or "–")
    return _day(text) or "–"


def _day(text: str) -> str:
    """A day as officers write it; what is none stays as it is."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    return date_format(date.fromisoformat(text), "j E Y")


def _period(since: str, until: str) -> str:
    if since and until:
        return _(", only from {since} to {until}").format(since=since, until=until)
    if since:
        return _(", only from {since} on").format(since=since)
    return _(", only until {until}").format(until=until) if until else ""
