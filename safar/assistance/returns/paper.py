"""A report on a visit, on paper and as data: the disclosed fields, and no other."""

import json
from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safar.assistance.cases.paper import LETTER, clean, letter_head
from safar.assistance.cases.shared_fields import label_of
from safar.assistance.returns.models import MissionReport
from safar.ui.pdf import printed

Content = Sequence[tuple[str, str]]


def mission_report(report: MissionReport, content: Content) -> bytes:
    """The report as a letter on A4, in the language that is active."""
    day = timezone.localdate(report.disclosure.sent_at)
    head = letter_head(
        "en",
        title=_("Report after {months} months").format(months=report.months),
        mark="",
        number=f"{report.case.number}-M{report.months}",
        day=day,
        office=report.case.office,
        to=report.disclosure.recipient,
    )
    until = date_format(report.disclosure.consent.expires_on, "j E Y")
    return printed(
        LETTER,
        head
        | {
            "opening": _("This is what we found, and what the person agreed that you may know."),
            "rows": [[label_of(code), clean(words)] for code, words in content],
            "rules_title": _("How to use these data"),
            "rules": [
                _("They were given to report on the return to you, and for nothing else."),
                _("The person agreed until {day}, and may withdraw at any time.").format(day=until),
            ],
            "slip_title": _("Answer, to be sent back"),
            "slip": [_("Received"), _("We ask about:")],
            "signatures": [_("Name and post"), _("Date"), _("Signature")],
        },
    )


def as_data(report: MissionReport, content: Content) -> bytes:
    """The same as JSON: `{number, months, sent_at, sha256, fields: {code: words}}`."""
    found = {
        "number": report.case.number,
        "months": report.months,
        "sent_at": report.disclosure.sent_at.isoformat(),
        "sha256": report.disclosure.snapshot_sha256,
        "fields": dict(content),
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()
