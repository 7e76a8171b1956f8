"""What the traveller gets in hand of an overstay: how it was counted, and what she may say to it."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from safar.control.border.paper import clean
from safar.control.border.wording.traveller_file import day, person
from safar.control.stays import wording
from safar.control.stays.queries.explaining import Explanation
from safar.core import node
from safar.reference import queries as reference
from safar.ui.pdf import printed

TEMPLATE = Path(__file__).parent / "templates" / "stays" / "notice.typ"
SECOND_LANGUAGE = "en"


def notice(found: Explanation, *, language: str) -> bytes:
    """Return the notice of an overstay as PDF on A4: in a language (`ky`) and in English."""
    languages = list(dict.fromkeys((language.partition("-")[0], SECOND_LANGUAGE)))
    told = []
    for one in languages:
        with translation.override(one):
            told.append(_told(found) | {"language": one})
    return printed(TEMPLATE, {"number": number(found), "pages": told})


def number(found: Explanation) -> str:
    """The number of a notice: the end of the overstay's key."""
    return f"O-{found.overstay.pk.hex[-8:].upper()}"


def _told(found: Explanation) -> dict[str, Any]:
    return {
        "title": _("Notice of an overstay"),
        "state": reference.country_name(node.country()),
        "number_label": _("Number"),
        "day": day(found.day),
        "opening": _(
            "By the records of the border you stayed in the country after the last day of your "
            "permitted stay. This is how it was counted."
        ),
        "parts": [
            {"title": _("Person, as in the document"), "rows": _clean(_person(found))},
            {"title": _("How it was counted"), "rows": _clean(wording.lines(found))},
            {
                "title": _("Each month"),
                "rows": _clean(
                    [(month, _month(within, over)) for month, within, over in wording.months(found)]
                ),
            },
        ],
        "gaps_title": _("What may be missing from the record"),
        "gaps": [clean(text) for text in _gaps(found)],
        "rights_title": _("What you may do"),
        "rights": [
            _("If this is wrong, say so: to the authority that gave you this, or at any post."),
            _(
                "Bring what shows it: a stamp, a ticket, a letter of a hospital, another document "
                "under which you left."
            ),
            _("An officer writes down what you say. Another officer decides on it."),
            _("Whoever fears to return to a country may ask for protection at any time, here too."),
        ],
        "signatures": [
            _("Officer: signature"),
            _("Traveller: signature, which means received and not agreed"),
        ],
        "page": _("Page"),
    }


def _person(found: Explanation) -> list[tuple[str, str]]:
    paper = found.overstay.document
    shown = [
        (_("Name"), paper.name),
        (_("Name as written"), paper.name_written),
        (_("Document"), f"{paper.issuer} {paper.number}"),
    ]
    return shown + [(label, text) for label, text, _code in person(paper, found.day)]


def _gaps(found: Explanation) -> list[str]:
    """What may be missing, said to her; of others of her name nothing stands on her paper."""
    told = wording.recorded_gaps(found)
    if found.overstay.left_on is None:
        told.append(_("You may have left where the border is open or a post could not record it."))
        told.append(_("You may have left under another document."))
    return told


def _month(within: int, over: int) -> str:
    permitted = _("within the permitted stay: {days}").format(days=wording.days(within))
    beyond = _("over: {days}").format(days=wording.days(over))
    return "; ".join(text for text, told in ((permitted, within), (beyond, over)) if told)


def _clean(rows: list[tuple[str, str]]) -> list[list[str]]:
    return [[label, clean(str(text))] for label, text in rows if text]
