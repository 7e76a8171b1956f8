"""What was found in a chip, in the language of the page; see `safar.lib.chip.catalogue`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safar.control.documents.wording.chip_sentences import ERRORS, FINDINGS
from safar.lib import chip
from safar.lib.chip.catalogue import DOUBT, LOOK
from safar.ui.days import written

SENTENCES: Final[dict[str, Any]] = FINDINGS | ERRORS
OUTCOMES: Final[dict[str, Any]] = {
    "authentic": _("The issuing state signed what is on this chip."),
    "doubtful": _("The signature holds, but something does not fit: look at the findings."),
    "unjudged": _("The chip cannot be judged. This proves nothing either way."),
    "refused": _("This chip is not what a state signed."),
}
TONES: Final = {"authentic": "clear", "doubtful": "check", "unjudged": "check", "refused": "hold"}
TO_DO: Final[dict[str, Any]] = {
    "chip.state.unknown": _("Judge the document by its page. A document expert can ask the state."),
    "chip.csca.missing": _("Judge the document by its page. A document expert can ask the state."),
    "chip.group.hash": _("Read the chip again. If it stays so, keep the document."),
    "chip.sod.signature": _("Read the chip again. If it stays so, keep the document."),
    "chip.mrz.differs": _("Compare both with the page, sign by sign. One of them was changed."),
    "chip.mrz.misread": _("Read the printed zone again."),
    "chip.signer.revoked": _("Call the issuing state’s contact point."),
    "chip.signer.revoked_elsewhere": _("Call the issuing state’s contact point."),
    "chip.crl.overdue": _("Ask a document expert to hand in the newest list."),
    "chip.csca.distrusted": _("Ask a document expert why it is distrusted."),
    "chip.sod.missing": _("Have the reader read EF.SOD too."),
    "chip.dg1.missing": _("Have the reader read DG1 too."),
    "chip.dg2.missing": _("Have the reader read DG2 too, and compare its picture with the face."),
}
GROUP_STATES: Final[dict[str, Any]] = {
    "signed": _("as signed"),
    "differs": _("not what was signed"),
    "unlisted": _("on the chip, not signed"),
    "not read": _("signed, not read"),
    "unproved": _("not proved"),
}
FIELDS: Final[dict[str, Any]] = {
    "document code": _("kind of document"),
    "issuer": _("issuing state"),
    "name": _("name"),
    "number": _("number"),
    "nationality": _("citizenship"),
    "birth": _("date of birth"),
    "sex": _("sex"),
    "expiry": _("date of expiry"),
    "optional": _("optional field"),
    "personal number": _("personal number"),
    "check digits": _("check digits"),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Line:
    """A finding as a page shows it."""

    code: str
    tone: str
    area: str
    sentence: str
    to_do: str


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """A finding or an error in words; its English where this catalogue lacks it."""
    said = {name: _said(name, value) for name, value in params.items()}
    why = SENTENCES.get(str(params.get("why_code", "")))
    if why is not None and "{" not in str(why):
        said["why"] = str(why)
    return str(SENTENCES.get(code, chip.CODES.get(code, code))).format_map(said)


def lines(findings: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Findings as they are kept (`{"code", "group", "params"}`), in words."""
    return [_line(each) for each in findings]


def groups(states: Mapping[str, str]) -> list[tuple[str, Any]]:
    """Each data group, and how it stands to what was signed."""
    return [(name, GROUP_STATES.get(state, state)) for name, state in states.items()]


def _line(found: Mapping[str, Any]) -> Line:
    code = found["code"]
    return Line(
        code=code,
        tone=_tone(chip.WEIGHTS.get(code, LOOK)),
        area=found["group"] or str(_("Chip")),
        sentence=sentence(code, found["params"]),
        to_do=str(TO_DO.get(code, "")),
    )


def _tone(weight: int) -> str:
    if weight > DOUBT:
        return "hold"
    return "check" if weight >= LOOK else "info"


def _said(name: str, value: Any) -> Any:
    if name == "fields":
        return ", ".join(str(FIELDS.get(each, each)) for each in str(value).split(", "))
    if isinstance(value, str) and _DAY.fullmatch(value):
        return written(date.fromisoformat(value), "j E Y")
    return value
