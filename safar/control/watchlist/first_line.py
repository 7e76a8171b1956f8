"""What may the booth show of a match? What the instruction allows, and of discreet ones less."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.control.watchlist.choices import HitKind, Instruction
from safar.control.watchlist.rules import Reason
from safar.control.watchlist.screening.answers import Match

NEUTRAL: Final = "H-200"
CODES: Final = {
    Instruction.REFUSE_ENTRY: "H-201",
    Instruction.DETAIN: "H-202",
    Instruction.INFORM: "H-203",
    Instruction.DISCREET_CHECK: "H-204",
    Instruction.INQUIRY: "H-205",
    Instruction.MEDICAL: "H-206",
    Instruction.SEIZE_DOCUMENT: "H-207",
    Instruction.PROTECT: "H-208",
}
TO_DO: Final = {
    Instruction.REFUSE_ENTRY: gettext_lazy(
        "Refer to second line; if it is the person, entry is refused."
    ),
    Instruction.DETAIN: gettext_lazy(
        "Refer to second line at once. Do not let the person walk on."
    ),
    Instruction.INFORM: gettext_lazy(
        "Refer to second line, which informs the owner, then let pass."
    ),
    Instruction.DISCREET_CHECK: gettext_lazy("Do not let the person notice. Refer to second line."),
    Instruction.INQUIRY: gettext_lazy(
        "Refer to second line, which asks the questions of the entry."
    ),
    Instruction.MEDICAL: gettext_lazy("Refer to second line, which calls the medical service."),
    Instruction.SEIZE_DOCUMENT: gettext_lazy(
        "Keep the document on the reader and refer to second line."
    ),
    Instruction.PROTECT: gettext_lazy("Stay with the person, keep calm, and refer to second line."),
}
SILENT: Final = {Instruction.DISCREET_CHECK, Instruction.INFORM}


@dataclass(frozen=True, slots=True)
class FirstLine:
    """The part of a match that a booth may show.

    `shown` False: the booth shows nothing at all and the traveller passes as everybody does;
    the hit is raised all the same and second line reads it. Empty texts are not for the booth.
    """

    shown: bool
    code: str = ""
    sentence: str = ""
    to_do: str = ""
    contact: str = ""
    instruction: str = ""
    list_name: str = ""
    owner: str = ""
    legal_ground: str = ""
    reasons: tuple[Reason, ...] = ()


def for_first_line(match: Match) -> FirstLine:
    """Return what the booth may show; every discreet entry that stops looks like every other."""
    instruction = Instruction(match.instruction)
    if match.discreet:
        return FirstLine(shown=False) if instruction in SILENT else _neutral()
    if match.kind == HitKind.DOCUMENT:
        sentence = _("This document is in a list entry.")
    else:
        sentence = _("May be the person in a list entry.")
    return FirstLine(
        shown=True,
        code=CODES[instruction],
        sentence=sentence,
        to_do=str(TO_DO[instruction]),
        contact=match.contact,
        instruction=str(instruction.label),
        list_name=match.list_name,
        owner=match.owner,
        legal_ground=match.legal_ground,
        reasons=match.reasons,
    )


def _neutral() -> FirstLine:
    return FirstLine(
        shown=True,
        code=NEUTRAL,
        sentence=_("Second line is to look at this traveller."),
        to_do=_("Refer to second line without giving a reason."),
    )
