"""How does each thing that is missing, cannot be, or is still to be done read?"""

from typing import Any, Final

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from safar.control.applications.rules import Problem
from safar.control.passports.choices.applications import AttachmentKind, Ground
from safar.control.passports.models import Application
from safar.lib.partial_dates import PartialDate
from safar.ui.days import written
from safar.ui.forms import typed

PROBLEMS: Final = {
    "birth.future": _("The date of birth is still to come."),
    "birth.far": _("The date of birth is more than 125 years ago."),
    "nationality.other": _("This is issued to citizens alone."),
    "first.herself": _("For a first document the holder comes herself."),
    "second.unasked": _("A reason for a second one is given, but no second one is asked for."),
    "personal.birth": _("The personal number says that the holder was born on {birth}."),
    "personal.sex": _("The personal number says another sex."),
    "personal.check": _("The check digit of the personal number is wrong."),
}
STILL: Final = {
    "fee": _("The fee is not paid."),
    "identity": _("The register is not asked, or the answers have changed since."),
    "lists": _("The lists are not asked, or too long ago."),
    "matches": _("A likeness to another holder is not judged, or referred to headquarters."),
    "list_matches": _("A likeness to a list entry is not judged."),
    "holds_one": _(
        "She has one of this kind, or it is on its way. A second one was not asked for."
    ),
    "two_holders": _(
        "She was judged to be two persons of the register, who are not one yet. "
        "Refuse, or judge again."
    ),
    "consents": _("Consent of the parents or of the guardian"),
}
MOVES: Final = {
    "submit": _("Sent"),
    "ask_more": _("More was asked for"),
    "answer": _("Received what was asked for"),
    "check": _("Checked"),
    "send_back": _("Sent back to be checked again"),
    "judge": _("Judged who she is"),
    "approve": pgettext_lazy("passport", "Approved"),
    "refuse": _("Refused"),
    "make": pgettext_lazy("passport", "Made"),
    "deliver": pgettext_lazy("passport", "Delivered"),
    "cancel": pgettext_lazy("passport", "Cancelled before delivery"),
    "withdraw": _("Withdrawn"),
    "revoke": pgettext_lazy("passport", "Approval stopped"),
}


def move(code: str) -> str:
    """A move of the time line; one of a later version stays a code."""
    return str(MOVES.get(code, code))


def grounds(application: Application) -> list[str]:
    """The grounds of a refusal in words."""
    return [str(Ground(one).label) for one in application.grounds]


def sentence(problem: Problem) -> str:
    """A problem in the language of the reader."""
    said = {name: _shown(value) for name, value in problem.params.items()}
    return str(PROBLEMS[problem.code]).format(**said)


def _shown(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return typed(value)
    return value if isinstance(value, int) else written(value, "j E Y")


def lacking(code: str) -> str:
    """What is missing or still to be done, by its code of `rules.missing` or `queries.still`."""
    if code.startswith("paper."):
        return str(AttachmentKind(code.removeprefix("paper.")).label)
    if code in STILL:
        return str(STILL[code])
    return str(Application._meta.get_field(code).verbose_name)  # type: ignore[union-attr]


def listed(codes: list[str]) -> str:
    return "; ".join(lacking(one).rstrip(".") for one in codes) or gettext("nothing")
