"""The attendance list of a session on A4: who is in sight by name, with a box for each day."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from safar.assistance.cases.paper import clean
from safar.assistance.movements.queries.sessions import Session, Sheet
from safar.ui.pdf import printed

SHEET = Path(__file__).parent / "templates" / "movements" / "attendance.typ"
MOST_DAYS = 5  # with more there is no room to sign: then one box for all of them


def attendance_list(sheet: Sheet) -> bytes:
    """The list as PDF, in the language that is active."""
    return printed(SHEET, content(sheet))


def content(sheet: Sheet) -> dict[str, Any]:
    """Everything that the list says."""
    session, others = sheet.session, sheet.others
    return {
        "language": (get_language() or "en").partition("-")[0],
        "title": _("Attendance list"),
        "mark": _("CALLED OFF") if session.row.called_off_at else "",
        "what": clean(session.row.title),
        "facts": [
            [_("For those who go to"), clean(session.country)],
            [_("Days"), session.days],
            [_("Where"), clean(session.row.venue)],
            [_("Language"), session.spoken],
            [_("Office"), clean(str(session.row.office))],
            [_("Places"), f"{session.taken} / {session.row.places}"],
        ],
        "heads": [_("Name"), _("Case")],
        "days": _days(session),
        "rows": [[clean(str(one.member.person)), one.case.number] for one in sheet.places],
        "others": ngettext(
            "One more place is taken by a person of another office.",
            "{number} more places are taken by people of other offices.",
            others,
        ).format(number=others)
        if others
        else "",
        "signatures": [_("Trainer: name and signature"), _("Date")],
        "confidential": _("Confidential"),
        "page": _("Page"),
    }


def _days(session: Session) -> list[str]:
    first, number = session.row.starts_on, (session.row.ends_on - session.row.starts_on).days + 1
    if number > MOST_DAYS:
        return [_("Signature")]
    return [str(date_format(first + timedelta(days=day), "j M")) for day in range(number)]
