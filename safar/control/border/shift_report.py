"""The log of a shift under its nine headings, with what Safar knows of each; and its report on paper.

Schengen Borders Code, Annex II (a) to (i).
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.control.border.choices import (
    AmendmentKind,
    AmendmentStatus,
    DecisionKind,
    Direction,
    LogHeading,
    ReferralStatus,
)
from safar.control.border.models import Amendment, Referral, Shift, ShiftLogEntry, SignOn
from safar.control.border.queries import shifts as queries
from safar.reference import queries as reference
from safar.ui.pdf import printed

TEMPLATE = Path(__file__).parent / "templates" / "border" / "shift_report.typ"


@dataclass(frozen=True)
class Heading:
    """One of the nine headings: what officers wrote, and sentences with what Safar counted."""

    code: str
    title: str
    known: tuple[str, ...]
    entries: tuple[ShiftLogEntry, ...]

    @property
    def is_empty(self) -> bool:
        return not self.known and not self.entries


def headings(shift: Shift, now: datetime) -> list[Heading]:
    """Return the nine headings of a shift's log, in the language of the page."""
    written: dict[str, list[ShiftLogEntry]] = defaultdict(list)
    for entry in shift.log.select_related("written_by"):
        written[entry.heading].append(entry)
    known = {
        LogHeading.TEAM: _team(shift),
        LogHeading.APPREHENDED: _offences(shift),
        LogHeading.REFUSALS: _refusals(shift, now),
        LogHeading.MEASURES: _measures(shift),
        LogHeading.OCCURRENCES: _amendments(shift),
    }
    return [
        Heading(
            heading.value,
            str(heading.label),
            tuple(known.get(heading, ())),
            tuple(written[heading.value]),
        )
        for heading in LogHeading
    ]


def _team(shift: Shift) -> list[str]:
    zone = reference.time_zone(shift.post_id)
    lines = [
        _("In charge: {name}, since {when}.").format(
            name=shift.opened_by, when=moment(shift.opened_at, zone)
        )
    ]
    if shift.previous and shift.previous.ended_by:
        lines.append(_("Taken over from {name}.").format(name=shift.previous.ended_by))
    rows = shift.sign_ons.select_related("officer").order_by("began_at")
    return lines + [_signed_on(row, zone) for row in rows]


def _signed_on(row: SignOn, zone: ZoneInfo) -> str:
    return _("{officer}: lane {lane}, {direction}, {began} to {ended}.").format(
        officer=row.officer,
        lane=row.lane,
        direction=Direction(row.direction).label,
        began=hour(row.began_at, zone),
        ended=hour(row.ended_at, zone) if row.ended_at else _("now"),
    )


def _offences(shift: Shift) -> list[str]:
    seen = queries.inspected(shift)
    overstays = seen.filter(findings__contains=[{"code": "stay.overstay"}]).count()
    reported = seen.filter(findings__contains=[{"code": "document.reported"}]).count()
    lines = []
    if overstays:
        lines.append(
            ngettext("{n} overstay found.", "{n} overstays found.", overstays).format(n=overstays)
        )
    if reported:
        lines.append(
            ngettext(
                "{n} document shown that is reported lost, stolen or void.",
                "{n} documents shown that are reported lost, stolen or void.",
                reported,
            ).format(n=reported)
        )
    return lines


def _refusals(shift: Shift, now: datetime) -> list[str]:
    rows = queries.decided(shift, now).filter(kind=DecisionKind.REFUSE)
    found = list(rows.values_list("grounds", "inspection__document__nationality"))
    if not found:
        return []
    texts = {row.code: row.name for row in reference.refusal_grounds()}
    grounds = Counter(code for codes, _nationality in found for code in codes)
    states = Counter(nationality for _codes, nationality in found)
    count = len(found)
    return [
        ngettext("{n} refusal of entry.", "{n} refusals of entry.", count).format(n=count),
        *(
            _("Ground {code}, {text}: {n}.").format(code=code, text=texts.get(code, ""), n=n)
            for code, n in sorted(grounds.items())
        ),
        *(
            _("Citizens of {country}: {n}.").format(country=reference.country_name(code), n=n)
            for code, n in sorted(states.items())
        ),
    ]


def _measures(shift: Shift) -> list[str]:
    """Second-line checks. Who left the flow cannot be told here from who was set aside."""
    rows = Referral.objects.filter(inspection__sign_on__shift=shift)
    counts = Counter(rows.values_list("status", flat=True))
    if not counts:
        return []
    total = sum(counts.values())
    by_status = ", ".join(
        f"{ReferralStatus(status).label} {n}" for status, n in sorted(counts.items())
    )
    return [
        ngettext("{n} second-line check", "{n} second-line checks", total).format(n=total)
        + f": {by_status}."
    ]


def _amendments(shift: Shift) -> list[str]:
    rows = Amendment.objects.filter(
        post_id=shift.post_id, status=AmendmentStatus.APPROVED, decided_at__gte=shift.opened_at
    )
    if shift.ended_at:
        rows = rows.filter(decided_at__lt=shift.ended_at)
    counts = Counter(rows.values_list("kind", flat=True))
    return [
        _("{kind} of a crossing, signed by a second person: {n}.").format(
            kind=AmendmentKind(kind).label, n=n
        )
        for kind, n in sorted(counts.items())
    ]


def moment(at: datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "j E Y, H:i")


def hour(at: datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "H:i")


def facts(shift: Shift) -> list[tuple[str, str]]:
    """Who led the shift, when, and who handed over to whom: label and text."""
    zone = reference.time_zone(shift.post_id)
    after = Shift.objects.filter(previous=shift).select_related("opened_by").first()
    rows = [
        (_("Post"), shift.post.name),
        (_("Opened"), f"{moment(shift.opened_at, zone)}, {shift.opened_by}"),
    ]
    if shift.previous and shift.previous.ended_by:
        rows.append((_("Taken over from"), str(shift.previous.ended_by)))
    if shift.ended_at:
        rows.append((_("Ended"), f"{moment(shift.ended_at, zone)}, {shift.ended_by}"))
    if after:
        rows.append((_("Handed over to"), str(after.opened_by)))
    return rows


def numbers(shift: Shift, now: datetime) -> list[tuple[str, str]]:
    """The figures of a shift: label and text."""
    found = queries.figures(shift, queries.passed(shift, now), now)
    rows = [
        (_("Entries"), str(found.entries)),
        (_("Exits"), str(found.exits)),
        (_("Refused"), str(found.refused)),
        (_("Sent to second line"), str(found.referred)),
    ]
    if found.seconds is not None:
        rows.append((_("From scan to receipt, median"), _("{n} s").format(n=found.seconds)))
    return rows


def shift_report(shift: Shift, now: datetime, *, language: str) -> bytes:
    """Return the report of a shift as PDF, on one or more A4 pages, in a language."""
    with translation.override(language):
        data = _printed(shift, now, language)
    return printed(TEMPLATE, data)


def _printed(shift: Shift, now: datetime, language: str) -> dict[str, Any]:
    zone = reference.time_zone(shift.post_id)
    return {
        "language": language,
        "title": _("Shift report"),
        "facts": facts(shift),
        "figures_title": _("Figures"),
        "figures": numbers(shift, now),
        "note_title": _("Hand-over note"),
        "note": shift.hand_over_note or _("No note."),
        "log_title": _("Log of the shift"),
        "none": _("Nothing to report."),
        "headings": [
            {
                "title": f"({heading.code}) {heading.title}",
                "known": heading.known,
                "entries": [
                    [hour(row.written_at, zone), row.text, str(row.written_by)]
                    for row in heading.entries
                ],
            }
            for heading in headings(shift, now)
        ],
        "signature": _("Signature of the officer in charge"),
        "printed": _("Printed {when}").format(when=moment(now, zone)),
        "page": _("Page"),
    }
