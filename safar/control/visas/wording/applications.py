"""How does each thing that is missing, cannot be, or is still to be done read?"""

from typing import Any, Final

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from safar.control.applications.rules import Problem
from safar.control.visas.choices.applications import Ground, PaperKind
from safar.control.visas.models import Application
from safar.reference import queries as reference
from safar.ui.days import written

PROBLEMS: Final = {
    "birth.future": _("The date of birth is still to come."),
    "issued.future": _("The document is issued in the future."),
    "issued.before_birth": _("The document was issued before its holder was born."),
    "expires.before_issue": _("It runs out before it was issued."),
    "expires.past": _("It has run out. Apply with a document that is valid."),
    "expires.soon": _(
        "The document runs out on {expires}. You arrive on {arrives}, so it must be valid until {until}."
    ),
    "expires.first": _("The travel document runs out before that, on {expires}."),
    "arrives.past": _("This day is over. Give a day to come."),
    "arrives.far": _("You can apply {days} days before you arrive at the earliest."),
    "leaves.before": _("The last day is before the first."),
    "entries.other": _("This kind is not given for so many entries."),
    "days.many": _("That is {days} days. This kind is given for {most} at the most."),
    "days.validity": _(
        "That is {days} days from the first to the last, or fewer than the stay. At most {most}."
    ),
}
STILL: Final = {
    "fee": _("The fee is not paid."),
    "screening": _("The lists are not asked, or too long ago."),
    "matches": _("A likeness to a list entry is not judged."),
    "interview": _("The interview is not held."),
    "kind": _("Kind of visa"),
    "consulate": _("Where it is handed in"),
}


MOVES: Final = {
    "submit": _("Sent"),
    "ask_more": _("More was asked for"),
    "answer": _("Sent again"),
    "prepare": _("Prepared for the decision"),
    "send_back": _("Sent back to be prepared again"),
    "grant": _("Granted"),
    "refuse": _("Refused"),
    "issue": pgettext_lazy("visa", "Issued"),
    "withdraw": _("Withdrawn"),
}


def move(code: str) -> str:
    """A move of the time line; one of a later version stays a code."""
    return str(MOVES.get(code, code))


def grounds(application: Application) -> list[str]:
    """The grounds of a refusal in words."""
    return [str(Ground(one).label) for one in application.grounds]


def sentence(problem: Problem) -> str:
    """A problem in the language of the reader."""
    return str(PROBLEMS[problem.code]).format(
        **{name: _shown(value) for name, value in problem.params.items()}
    )


def unusual(number: str, issuer: str, patterns: list[str]) -> str:
    """That a number looks otherwise than the issuer's do; `patterns` as `documents` writes them."""
    return gettext(
        "You typed {count} signs: {number}. A passport of {country} has {shapes}. Look at it once more; if it stands so in the passport, go on."
    ).format(
        count=len(number),
        number=number,
        country=reference.country_name(issuer),
        shapes=gettext(" or ").join(map(_shape, patterns)),
    )


def _shape(pattern: str) -> str:
    """A pattern as an example that nobody takes for a number: `@@#######` is AA0000000."""
    return pattern.replace("#", "0").replace("@", "A").replace("?", "A")


def _shown(value: Any) -> Any:
    return value if isinstance(value, int) else written(value, "j E Y")


def lacking(code: str) -> str:
    """What is missing or still to be done, by its code of `rules.missing` or `queries.still`."""
    if code.startswith("paper."):
        return str(PaperKind(code.removeprefix("paper.")).label)
    if code.startswith("problem."):
        return str(PROBLEMS.get(code.removeprefix("problem."), code))
    if code in STILL:
        return str(STILL[code])
    return str(Application._meta.get_field(code).verbose_name)  # type: ignore[union-attr]


def listed(codes: list[str]) -> str:
    return "; ".join(lacking(one).rstrip(".") for one in codes) or gettext("nothing")
