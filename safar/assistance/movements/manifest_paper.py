"""The manifest of a flight on A4: who is to board, what each needs, with boxes to tick."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safar.assistance.cases.paper import clean
from safar.assistance.movements.models import Escort
from safar.assistance.movements.queries.departures import Flight
from safar.ui.pdf import printed

MANIFEST = Path(__file__).parent / "templates" / "movements" / "manifest.typ"


def manifest(flight: Flight, needs: Mapping[UUID, str], escorts: Sequence[Escort]) -> bytes:
    """The manifest as PDF, in the language that is active."""
    return printed(MANIFEST, content(flight, needs, escorts))


def content(
    flight: Flight, needs: Mapping[UUID, str], escorts: Sequence[Escort]
) -> dict[str, object]:
    """Everything that the manifest says."""
    leg = flight.leg
    leaves = timezone.localtime(leg.departs_at)
    return {
        "language": (get_language() or "en").partition("-")[0],
        "title": _("Manifest"),
        "flight": clean(leg.flight),
        "where": clean(f"{leg.from_place} – {leg.to_place}"),
        "when": f"{date_format(leaves, 'j E Y, H:i')} (UTC{leaves:%z})",
        "heads": [_("Passenger"), _("Born"), _("Ticket"), _("Needed on board"), _("On board")],
        "rows": [
            [
                clean(str(seat.member.person)), str(seat.member.person.birth or ""),
                clean(seat.ticket), needs.get(seat.member_id, ""), seat.get_boarded_display()
                if party.is_over else "",
            ]
            for party in flight.parties
            for seat in party.seats
        ],
        "escorts_title": _("Escorts"),
        "escorts": [
            f"{clean(one.name)}, {one.get_kind_display()}, {clean(one.passport)}"
            for one in escorts
        ],
        "total": _("{number} passengers").format(number=flight.people),
        "signatures": [_("Worker at the gate: name and signature"), _("Time")],
        "confidential": _("Confidential"),
        "page": _("Page"),
    }  # fmt: skip
