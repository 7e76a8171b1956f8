"""The letter of a refusal: its grounds and words, in the officer's language and in English."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from safar.control.passports.models import Application
from safar.control.passports.wording import applications as wording
from safar.core import node
from safar.reference import queries as reference
from safar.ui.forms import typed
from safar.ui.pdf import printed

TEMPLATE: Final = Path(__file__).parents[1] / "templates" / "passports" / "refusal_letter.typ"
SECOND_LANGUAGE: Final = "en"


def printed_refusal(application: Application, *, language: str) -> bytes:
    """Return the letter as PDF on A4: in a language (`ky`), then in English."""
    languages = list(dict.fromkeys((language.partition("-")[0], SECOND_LANGUAGE)))
    told = []
    for one in languages:
        with translation.override(one):
            told.append({"language": one, **_told(application)})
    return printed(TEMPLATE, {"number": application.number, "parts": told})


def _told(one: Application) -> dict[str, Any]:
    assert one.decided_at and one.birth  # noqa: S101, PT018 - it is refused
    days = settings.SAFAR_APPEAL_DAYS
    return {
        "title": _("Refusal"),
        "state": reference.country_name(node.country()),
        "office": one.office.name,
        "rows": [
            [_("Reference"), one.number],
            [_("Applied for"), str(one.get_kind_display())],
            [_("Name"), one.name],
            [_("Born"), typed(one.birth)],
            [_("Decided on"), f"{one.decided_at:%d.%m.%Y}"],
        ],
        "grounds_title": _("Grounds"),
        "grounds": wording.grounds(one),
        "words_title": _("In words"),
        "words": one.decision_reason,
        "appeal": [
            _("You may appeal against this decision."),
            _("The appeal must be made within {n} days.").format(n=days)
            if days
            else _("The time for an appeal is the one that the law sets."),
            str(settings.SAFAR_APPEAL_AUTHORITY),
        ],
        "signature": _("Signature and seal"),
    }
