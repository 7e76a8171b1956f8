"""What the booth says of a visa: each finding in a sentence, and what to do."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from safar.control.blanks.choices import BlankState
from safar.control.visas.choices.issued import EndingGround
from safar.ui.days import written

AREA: Final = _("Visa")
SECOND_LINE: Final = _("Keep passport and visa. Press F4: second line.")

VISA_WORDS: Final[dict[str, tuple[Any, Any, Any]]] = {
    "visa.sound": (
        AREA,
        _("Visa {number} is genuine and hers: {entries}, {stay} days of stay, {span}."),
        "",
    ),
    "visa.altered": (
        AREA,
        _("The visa’s seal is broken: what it says was altered, or it is a forgery."),
        SECOND_LINE,
    ),
    "visa.unknown_signer": (
        AREA,
        _("The visa was sealed by {signer}, whom nobody here trusts."),
        SECOND_LINE,
    ),
    "visa.signer_revoked": (
        AREA,
        _("The visa was sealed by {signer}, whose certificate was revoked on {revoked}."),
        SECOND_LINE,
    ),
    "visa.signer_time": (
        AREA,
        _("The visa was sealed on {signed}, when {signer} was not allowed to."),
        SECOND_LINE,
    ),
    "visa.unreadable": (
        AREA,
        _("The visa’s code cannot be read: a part is missing or broken."),
        _("Scan it once more. If it stays so, press F4: second line."),
    ),
    "visa.copied": (
        AREA,
        _(
            "The visa was sealed for somebody else and passport {sealed}; here is {shown}. It was copied, or taken from that passport."
        ),
        SECOND_LINE,
    ),
    "visa.wrong_holder": (
        AREA,
        _(
            "The visa belongs to another traveller or passport. {what}: {sealed} on the visa, {shown} here."
        ),
        SECOND_LINE,
    ),
    "visa.other_zone": (
        AREA,
        _("The visa’s code belongs to another sticker: the printed lines differ."),
        SECOND_LINE,
    ),
    "visa.used_up": (
        AREA,
        _("Visa {number} is used up: {uses} of {entries} entries{last_use}."),
        _("An entry on it is on record. Press F4: second line."),
    ),
    "visa.revoked": (
        AREA,
        _("Visa {number} was revoked{since_when}{why}."),
        SECOND_LINE,
    ),
    "visa.annulled": (
        AREA,
        _("Visa {number} was annulled{since_when}{why}."),
        SECOND_LINE,
    ),
    "visa.not_yet": (
        AREA,
        _("Visa {number} is valid only from {since}."),
        _("Without another right to enter it is ground C of a refusal."),
    ),
    "visa.expired": (
        AREA,
        _("Visa {number} ran out on {until}."),
        _("Without another right to enter it is ground C of a refusal."),
    ),
    "visa.days_used": (
        AREA,
        _("The days of stay of this visa are used: {used} of {stay}."),
        _("Without another right to enter it is ground F of a refusal."),
    ),
    "visa.not_in_register": (
        AREA,
        _("Visa {number} was never issued: the number is invented or copied."),
        SECOND_LINE,
    ),
    "visa.stolen_blank": (
        AREA,
        _("Sticker {number} was never issued as a visa: {state}."),
        SECOND_LINE,
    ),
    "visa.differs": (
        AREA,
        _("Visa {number} was issued, but not with what stands here."),
        SECOND_LINE,
    ),
    "visa.other_country": (
        AREA,
        _("This is a visa of another state: {country}."),
        _("Ask for the visa of this country."),
    ),
    "visa.no_visa": (AREA, _("This code is no visa’s."), _("Scan the code on the visa.")),
    "visa.seal_not_read": (
        AREA,
        _("Only the printed lines of the visa were read. They prove nothing by themselves."),
        _("Scan the code on the sticker too."),
    ),
    "visa.by_list": (
        AREA,
        _("Cut off from the register: compared with the list of {hours} h ago."),
        "",
    ),
    "visa.list_old": (
        AREA,
        _("Cut off from the register, and the list is old: {hours} h."),
        _("Ask by telephone where there is doubt."),
    ),
    "visa.no_list": (
        AREA,
        _("Cut off from the register, and this post holds no list of visas."),
        _("Ask by telephone whether the visa stands, then pass with the answer as the reason."),
    ),
}
# What to do in second line, where it is something else.
VISA_IN_SECOND_LINE: Final[dict[str, Any]] = {
    **{
        code: _(
            "Look at the sticker under light and magnifier. A false or altered visa is ground D."
        )
        for code, words in VISA_WORDS.items()
        if words[2] is SECOND_LINE
    },
    "visa.unreadable": _("Read the code again, and compare the printed lines with the register."),
    "visa.used_up": _("Look for the stamp of that entry, and ask about the journey."),
}
WHAT: Final = {
    "number": _("Passport number"),
    "name": _("Name"),
    "birth": _("Born"),
    "country": _("Citizen of"),
}


def said_of_visa(code: str, params: dict[str, Any]) -> dict[str, Any]:
    """The values of a visa's finding in words, where they are no plain text or number."""
    if not code.startswith("visa."):
        return {}
    said = {name: _day(params[name]) for name in ("signed", "revoked") if name in params}
    if code == "visa.sound":
        said |= {"entries": _entries(params), "span": _span(params)}
    if code == "visa.wrong_holder":
        said |= {name: _day(params[name]) or "–" for name in ("sealed", "shown")}
        said["what"] = str(WHAT[params["what"]])
    if "on" in params:
        said |= _when(_day(params["on"]), params.get("ground", ""))
    if "state" in params:
        said["state"] = str(BlankState(params["state"]).label).lower()
    return said


def _when(on: str, ground: str) -> dict[str, str]:
    return {
        "last_use": gettext(", last on {on}").format(on=on) if on else "",
        "since_when": gettext(" on {on}").format(on=on) if on else "",
        "why": f": {EndingGround(ground).label}" if ground else "",
    }


def _entries(params: dict[str, Any]) -> str:
    given, uses = params["entries"], params["uses"]
    if not given:
        return gettext("any number of entries")
    left = given - uses
    return ngettext("{left} entry left", "{left} entries left", left).format(left=left)


def _span(params: dict[str, Any]) -> str:
    first, last = _day(params["first"]), _day(params["last"])
    if not first:
        return gettext("until {last}").format(last=last)
    return gettext("{first} to {last}").format(first=first, last=last)


def _day(text: str) -> str:
    """A day as officers write it; what is none stays as it is."""
    try:
        return written(date.fromisoformat(text), "j E Y")
    except ValueError:
        return text
