"""Each finding in a sentence, and what to do, in the language of the page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import Direction, RebuttalGround
from safar.control.border.rules import Finding
from safar.control.border.wording.documents import DOCUMENT_WORDS, said
from safar.control.border.wording.documents import IN_SECOND_LINE as DOCUMENT_IN_SECOND_LINE
from safar.control.border.wording.visas import VISA_IN_SECOND_LINE, VISA_WORDS, said_of_visa
from safar.control.documents.choices import Report
from safar.control.visas.choices.manual import Needed
from safar.lib.mrz import CODES
from safar.reference import queries as reference
from safar.ui.days import written

# code -> (area on the screen, sentence, what to do)
WORDS: dict[str, tuple[Any, Any, Any]] = {
    "document.reported": (
        _("Document"),
        _("Reported: {report}. Reference {reference}."),
        _("Keep the document. Press F4: second line."),
    ),
    "list.document": (
        _("Lists"),
        _("This document’s number stands in a list entry."),
        _("Press F4: second line. Do not say why."),
    ),
    "list.name": (
        _("Lists"),
        _("May be the person in a list entry: likeness {score}."),
        _("Press F4: second line. Do not say why."),
    ),
    "list.neutral": (
        _("Lists"),
        _("Second line is to look at this traveller."),
        _("Refer to second line without giving a reason."),
    ),
    "movement.impossible": (
        _("Last here"),
        _("The same document was at {post} {minutes} min ago, {km} km from here."),
        _("Two people may use one document. Press F4: second line."),
    ),
    "document.two_holders": (
        _("Document"),
        _("Somebody with another name or date of birth showed this number before."),
        _("Compare number and photograph. Press F4: second line."),
    ),
    "document.expired": (
        _("Document"),
        _("Expired on {expiry}, {days} days ago."),
        _("A citizen may return home on it; otherwise it is ground A of a refusal."),
    ),
    "minor": (
        _("Minor"),
        _("{age} years old."),
        _("Ask who travels along, and for the parents’ consent. Alone: press F4."),
    ),
    "stay.overstay": (
        _("Stay"),
        _("Stayed {over} days too long: since {since}. Entered on {entered}, {days} days here."),
        _("Follow the procedure for overstay, then pass with a reason."),
    ),
    "stay.rebutted": (
        _("Stay"),
        _(
            "What she said of the days after {until} was accepted: {ground}. Not held: to {excused}."
        ),
        _("Do not ask her for a fine for these days."),
    ),
    "stay.waits": (
        _("Stay"),
        _(
            "Permitted until {until}. On {asked} she asked in time to stay until {longer}, and nobody "
            "has decided yet: no overstay is counted."
        ),
        _("Do not ask her for a fine: the application is not decided."),
    ),
    "entry.days_used": (
        _("Right to enter"),
        _("The visa-free days are used: {used} of {days} in any {window}. Again from {again}."),
        _("Ask for a visa or permit. Without one it is ground F of a refusal."),
    ),
    "entry.visa_needed": (
        _("Right to enter"),
        _("Citizens of {country} need a visa."),
        _(
            "Scan the code on the visa. Without one: look at it, and pass with its number as the reason."
        ),
    ),
    "entry.closed": (
        _("Right to enter"),
        _("The border is closed for citizens of {country}."),
        _("Send to second line: the visa manual says by which act."),
    ),
    "entry.e_visa_needed": (
        _("Right to enter"),
        _("Citizens of {country} need an electronic visa."),
        _("Read its code, or look at the visa: number, dates, entries."),
    ),
    "entry.visa_on_arrival": (
        _("Right to enter"),
        _("Citizens of {country} get a visa at this post."),
        _("Send to the visa counter, or read the visa’s code."),
    ),
    "entry.unknown_citizenship": (
        _("Right to enter"),
        _("The citizenship is not in the code list, so no rule is known."),
        _("Ask for a visa or permit, or press F4."),
    ),
    "movement.twice": (
        _("Last here"),
        _("This {direction} was recorded {minutes} min ago at this post."),
        _("Look whether it was recorded already. Set the traveller aside with Esc."),
    ),
    "stay.open_entry": (
        _("Last here"),
        _("The entry on {on} has no exit on record."),
        _("Ask when and where the traveller left; look at the stamps."),
    ),
    "stay.unknown_limit": (
        _("Stay"),
        _("{days} days here, since {entered}. How long was permitted is not on record."),
        _("Look at the visa or permit: its last day. Pass with its number as the reason."),
    ),
    "stay.no_entry": (
        _("Stay"),
        _("No entry is on record, so the days here are not known."),
        _("Ask when and where the traveller entered; look at the stamps."),
    ),
    "list.cleared": (
        _("Lists"),
        _("Alike to {count} list entries, and judged a different person before."),
        "",
    ),
    "who.possible": (
        _("Who"),
        _("Perhaps seen before under another document."),
        _("Compare, and say so under “This crossing”."),
    ),
    "document.no_expiry": (
        _("Document"),
        _("No last day of validity was entered."),
        _("Look for it in the document."),
    ),
    "document.typed": (_("Document"), _("Typed by hand: the zone was not checked."), ""),
    "list.none": (_("Lists"), _("No entry matches."), ""),
    "document.valid": (
        _("Document"),
        _("Valid, not reported lost or stolen. {digits} check digits right."),
        "",
    ),
    "entry.papers": (_("Right to enter"), _("To be shown: {papers}."), ""),
    "entry.visa_free": (
        _("Right to enter"),
        _("Visa-free: {left} days, until {until}. Used so far: {used} of {days}."),
        "",
    ),
    "entry.no_limit": (_("Right to enter"), _("Visa-free, without a limit of days."), ""),
    "entry.citizen": (_("Right to enter"), _("A citizen comes home."), ""),
    "stay.within": (
        _("Stay"),
        _("{days} days here, since {entered}. Not over the limit."),
        "",
    ),
    "exit.citizen": (_("Right to leave"), _("A citizen leaves."), ""),
    "who.known": (_("Last here"), _("{direction} on {on} at {post}."), ""),
    "who.new": (_("Last here"), _("Never before with this document."), ""),
    **DOCUMENT_WORDS,
    **VISA_WORDS,
}
# What to do in second line, where it is something else.
IN_SECOND_LINE: dict[str, Any] = {
    **VISA_IN_SECOND_LINE,
    "document.reported": _("Keep the document, and call who reported it."),
    "list.document": _("Compare with the entry, then judge: the same person, or another."),
    "list.name": _("Compare with the entry, then judge: the same person, or another."),
    "list.neutral": _("Compare with the entry, then judge: the same person, or another."),
    "movement.impossible": _("Two people may use one document. Ask about the journey."),
    "document.two_holders": _("Compare number and photograph, and ask about the document."),
    "minor": _("Ask who travels along, and for the parents’ consent."),
    "entry.unknown_citizenship": _("Ask for a visa or permit."),
    "entry.closed": _("Read the line in the visa manual, and ask for an exception that it names."),
    "movement.twice": _("Look whether it was recorded already."),
    **DOCUMENT_IN_SECOND_LINE,
}
DATES = {
    "expiry",
    "issued",
    "since",
    "entered",
    "again",
    "until",
    "on",
    "first",
    "excused",
    "asked",
    "longer",
}


@dataclass(frozen=True)
class Told:
    """A finding as a screen shows it."""

    code: str
    tone: str
    area: str
    sentence: str
    to_do: str
    params: dict[str, Any]


def tell(row: dict[str, Any], *, in_second_line: bool = False) -> Told:
    """Return a stored finding (`{"code", "params"}`) in the language of the page."""
    finding = Finding(row["code"], row["params"])
    params = {name: _said(name, value) for name, value in finding.params.items()}
    params |= said(finding.code, finding.params)
    params |= said_of_visa(finding.code, finding.params)
    area, sentence, to_do = WORDS.get(
        finding.code,
        (_("Document"), gettext(CODES.get(finding.code, "")), _look_again(finding)),
    )
    if in_second_line:
        to_do = IN_SECOND_LINE.get(finding.code, to_do)
    if finding.code == "who.known" and not params:
        sentence = _("Known, not here in the last thirteen months.")
    return Told(
        code=finding.code,
        tone=finding.tone,
        area=str(area),
        sentence=str(sentence).format_map(params),
        to_do=str(to_do).format_map(params),
        params=finding.params,
    )


def _look_again(finding: Finding) -> str:
    if finding.tone != "check":
        return ""
    return gettext("Read the document again, or compare the field with the printed page.")


def _said(name: str, value: Any) -> Any:
    if name in DATES and value:
        return day(date.fromisoformat(value)) if _is_date(value) else value
    if name == "country":
        return reference.country_name(value)
    if name == "post":
        found = reference.post(value)
        return found.name if found else value
    if name == "report":
        return Report(value).label
    if name == "direction":
        return Direction(value).label
    if name == "ground" and value in RebuttalGround.values:
        return RebuttalGround(value).label
    if name == "papers":
        return ", ".join(str(Needed(paper).label) for paper in value)
    return value


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"


def day(value: date) -> str:
    """A day as officers write it: 22 January 2027."""
    return written(value, "j E Y")
