"""The data page on paper: a booklet's page, both sides of a card; and the receipt of a delivery.

ICAO Doc 9303-4: TD3 125 × 88 mm; 9303-5: TD1 85.6 × 53.98 mm, the zone on the back. The zone's lines
stand in OCR-B at ten signs an inch, 6.35 mm apart.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from safar.control.passports.chips import writing as chips
from safar.control.passports.choices.applications import PaperKind
from safar.control.passports.models.passports import Delivery, Passport
from safar.control.passports.rules.printing import PAPERS
from safar.core import node
from safar.reference import queries as reference

TEMPLATES: Final = Path(__file__).parents[1] / "templates" / "passports"
FALLBACK: Final = "DejaVu Sans Mono"  # embedded in typst
ZONE_MM: Final = 23.2
"""Height of the zone at the foot of the page."""
Format = Literal["pdf", "png"]


def printed(passport: Passport, *, form: Format = "pdf") -> bytes:
    """The data page, with the picture that stands on the chip. `form` png: its first page, 300 dpi."""
    template = "card.typ" if PAPERS[passport.kind].format == "TD1" else "booklet.typ"
    right, down = settings.SAFAR_STICKER_OFFSET_MM
    data = {
        "state": reference.country_name(node.country()),
        "title": PaperKind(passport.kind).label,
        "code": PAPERS[passport.kind].code,
        "issuer": node.country(),
        "number": passport.number,
        "rows": [[str(label), str(text)] for label, text in _rows(passport) if text],
        "written": passport.name_written,
        "photo": list(chips.face_of(passport.chip)),
        "zone": passport.lines,
        "zone_mm": ZONE_MM,
        "zone_font": zone_font(),
        "right": right,
        "down": down,
    }
    return _typeset(template, data, form)


def receipt(passport: Passport, delivery: Delivery | None) -> bytes:
    """What whoever receives the document signs; before the delivery, with lines to fill in."""
    blank = "…" * 24
    rows = [
        (_("Document"), PaperKind(passport.kind).label),
        (_("Number"), passport.number),
        (_("Application"), passport.application.number),
        (_("Holder"), passport.name),
        (_("Received by"), delivery.receiver_name if delivery else blank),
        (_("Document shown"), delivery.document_shown if delivery else blank),
        (_("Old document handed back"), (delivery.old_number or "–") if delivery else blank),
        (
            pgettext("receipt", "Day"),
            _day(timezone.localdate(delivery.delivered_at)) if delivery else blank,
        ),
    ]
    data = {
        "title": pgettext("passport", "Receipt"),
        "office": passport.office.name,
        "text": _("I have received the document named here and looked at what it says."),
        "rows": [[str(label), str(text)] for label, text in rows],
        "signature": _("Signature"),
    }
    return _typeset("receipt.typ", data)


def _rows(passport: Passport) -> list[tuple[str, str]]:
    return [
        (_("Surname"), passport.surname),
        (_("Given names"), passport.given_names),
        (_("Name in own letters"), passport.name_written),
        (_("Citizen of"), _nationality(passport)),
        (_("Born"), _birth(passport)),
        (_("Sex"), passport.sex or "X"),
        (_("Born at"), passport.birth_place),
        (_("Personal number"), passport.personal_number),
        (pgettext("passport", "Issued"), _day(passport.issued_on)),
        (pgettext("passport", "Valid until"), _day(passport.expires_on)),
        (_("Issued by"), passport.office.name),
    ]


def _nationality(passport: Passport) -> str:
    """In words where there is none: a stateless person, a refugee (Doc 9303-3 §5)."""
    words = {
        "XXA": _("Stateless person"),
        "XXB": _("Refugee under the Convention of 1951"),
        "XXC": _("Refugee"),
    }
    return words.get(passport.nationality, passport.nationality)


def _birth(passport: Passport) -> str:
    """Unknown parts are X in the visible zone (Doc 9303-3 §3.8)."""
    birth = passport.birth
    if birth is None:
        return ""
    day = f"{birth.day:02d}" if birth.day else "XX"
    month = f"{birth.month:02d}" if birth.month else "XX"
    return f"{day}.{month}.{birth.year:04d}"


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def zone_font() -> str:
    """OCR-B where the folder of fonts holds it, else a mono-spaced stand-in."""
    return _zone_font(settings.SAFAR_FONT_FOLDER)


@cache
def _zone_font(folder: str) -> str:
    if not folder:
        return FALLBACK
    families = typst.Fonts(include_system_fonts=False, font_paths=[folder]).families()
    bare = {family.lower().replace("-", "").replace(" ", ""): family for family in families}
    return next((family for name, family in bare.items() if name.startswith("ocrb")), FALLBACK)


def _typeset(template: str, data: dict[str, Any], form: Format = "pdf") -> bytes:
    folder = settings.SAFAR_FONT_FOLDER
    made: Any = typst.compile(  # type: ignore[misc]
        (TEMPLATES / template).read_bytes(),
        format=form,
        ppi=300.0 if form == "png" else None,
        sys_inputs={"data": json.dumps(data, default=str)},
        font_paths=[folder] if folder else [],
        ignore_system_fonts=True,
    )
    first: bytes = made[0] if isinstance(made, list) else made
    return first
