"""The visa on paper: a sticker that fits a pre-printed sheet, and the sheet of an e-visa.

ICAO Doc 9303-7: MRV-A 120 × 80 mm, MRV-B 105 × 74 mm, both with a zone of 23.2 mm at the foot, its
two lines in OCR-B at ten signs an inch, 6.35 mm apart.
"""

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from safar.control.visas.choices.issued import NO_LIMIT, VisaForm, ZoneFormat
from safar.control.visas.models import Visa
from safar.core import node
from safar.lib.seal import barcode
from safar.reference import queries as reference

TEMPLATES: Final = Path(__file__).parents[1] / "templates" / "visas"
SIZES: Final = {ZoneFormat.MRV_A: (120, 80), ZoneFormat.MRV_B: (105, 74)}  # mm
MODULE_MM: Final = 0.5
FALLBACK: Final = "DejaVu Sans Mono"  # embedded in typst
LONGEST_NAME: Final = 44  # letters in the visual zone; the zone below cuts at 31 or 39
PHOTO: Final = (324, 408)  # points: 27 × 34 mm at 305 dpi
Format = Literal["pdf", "png"]


def printed(visa: Visa, *, photo: bytes = b"", form: Format = "pdf") -> bytes:
    """The sticker, or the sheet of an e-visa. `form` png: as seen at 300 dpi, for a look or a test.

    `photo`: JPEG or PNG of the holder; without one its place stays empty.
    """
    if visa.form == VisaForm.E_VISA:
        return _typeset("e_visa.typ", _sheet(visa, photo), form)
    return _typeset("sticker.typ", _sticker(visa, photo), form)


def _sticker(visa: Visa, photo: bytes) -> dict[str, Any]:
    width, height = SIZES[ZoneFormat(visa.zone_format)]
    right, down = settings.SAFAR_STICKER_OFFSET_MM
    matrix = barcode.matrix(bytes(visa.seal))
    side = (len(matrix) + 4) * MODULE_MM  # two modules of white on either side
    return {
        **_said(visa, photo),
        "width": width,
        "height": height,
        "right": right,
        "down": down,
        "zone": visa.zone.split("\n"),
        "zone_font": zone_font(),
        "code": barcode.svg(matrix, module_mm=MODULE_MM),
        "code_mm": side,
    }


def _sheet(visa: Visa, photo: bytes) -> dict[str, Any]:
    matrix = barcode.matrix(bytes(visa.seal), "qr")
    return {
        **_said(visa, photo),
        "code": barcode.svg(matrix, "qr", module_mm=MODULE_MM),
        "code_mm": (len(matrix) + 8) * MODULE_MM,
        "hint": _(
            "Print this page or keep it on your phone. The officer at the border reads the code."
        ),
    }


def _said(visa: Visa, photo: bytes) -> dict[str, Any]:
    entries = _("many") if visa.entries == NO_LIMIT else str(visa.entries)
    rows = [
        (_("Valid from"), _day(visa.valid_from)),
        (_("until"), _day(visa.valid_until)),
        (_("Entries"), entries),
        (_("Days of stay"), str(visa.stay_days)),
        (_("Passport"), f"{visa.document_issuer} {visa.document_number}"),
        (_("Surname"), visa.surname[:LONGEST_NAME]),
        (_("Given names"), visa.given_names[:LONGEST_NAME]),
        (_("Born"), str(visa.birth or "–")),
        (_("Citizen of"), visa.nationality),
        (
            _("Issued"),
            f"{visa.consulate_id or ''} {_day(timezone.localdate(visa.issued_at))}".strip(),
        ),
    ]
    return {
        "title": _("VISA"),
        "state": reference.country_name(node.country()),
        "number": visa.number,
        "kind": visa.kind.name,
        "rows": rows,
        "photo": list(_small(photo)) if photo else [],
    }


def _day(day: Any) -> str:
    """As on documents: 22.11.2026 is read alike in every language of the region."""
    return f"{day:%d.%m.%Y}"


def _small(photo: bytes) -> bytes:
    """The photo in the size of its place. It was checked when it was handed in."""
    out = BytesIO()
    with Image.open(BytesIO(photo), formats=("JPEG", "PNG")) as opened:
        opened.draft("RGB", PHOTO)
        opened.convert("RGB").resize(PHOTO).save(out, "JPEG", quality=85)
    return out.getvalue()


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


def _typeset(template: str, data: dict[str, Any], form: Format) -> bytes:
    folder = settings.SAFAR_FONT_FOLDER
    made: bytes = typst.compile(  # type: ignore[misc]
        (TEMPLATES / template).read_bytes(),
        format=form,
        ppi=300.0 if form == "png" else None,
        sys_inputs={"data": json.dumps(data)},
        font_paths=[folder] if folder else [],
        ignore_system_fonts=True,
    )
    return made
