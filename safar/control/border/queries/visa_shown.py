"""Which visa was shown with a document, at the booth or in second line, and what is found of it?"""

from datetime import date, datetime
from typing import Any

from safar.control.border.choices import Line
from safar.control.border.models import Inspection, VisaLook
from safar.control.border.queries.facts import Shown, held_to_be, movements_of, seen_of
from safar.control.travellers.queries import recognition
from safar.control.travellers.read_document import ReadDocument
from safar.control.visas.models import Paper
from safar.control.visas.queries.printed_photo import printed_photo
from safar.control.visas.rules.visa_facts import VisaSeen
from safar.core.permissions import Actor
from safar.core.record import RecordQuerySet
from safar.reference import queries as reference


def last_shown(inspection: Inspection) -> dict[str, Any] | None:
    """The visa that was looked at last; the booth's, where second line has looked at none."""
    looked = VisaLook.objects.filter(inspection=inspection).values_list("visa", flat=True)
    shown: dict[str, Any] | None = looked.order_by("-looked_at").first() or inspection.visa
    return shown


def shown_to_use(inspection: Inspection, *, line: str = Line.SECOND) -> dict[str, Any] | None:
    """The visa with which an admission on this line is given: the last of which a number was read.

    A code that second line could not read undoes nothing of what the booth has read.
    """
    booth: dict[str, Any] | None = inspection.visa
    if line != Line.SECOND:
        return booth
    looks = VisaLook.objects.filter(inspection=inspection).exclude(visa__number="")
    looked: dict[str, Any] | None = (
        looks.values_list("visa", flat=True).order_by("-looked_at").first()
    )
    return looked or booth


def photo_on_visa(inspection: Inspection) -> Paper | None:
    """The photo that was printed on the visa that was looked at last, as the register has it."""
    visa = last_shown(inspection) or {}
    return printed_photo(visa.get("number", ""), bytes.fromhex(visa.get("seal", "")))


def visa_until(inspection: Inspection) -> date | None:
    """Until when a sound visa that second line has looked at lets her stay."""
    visa = shown_to_use(inspection) or {}
    until = visa.get("until", "") if visa.get("sound") else ""
    return date.fromisoformat(until) if until else None


def visa_seen(
    inspection: Inspection, *, seal: bytes, zone: tuple[str, ...], now: datetime
) -> VisaSeen:
    """What is found of a visa that is shown with the document of an inspection, at this moment.

    One of `seal` and `zone` at least is there.
    """
    document = ReadDocument.from_json(inspection.document)
    who = held_to_be(recognition(document), inspection.traveller_id)
    seen = seen_of(
        Shown(document, seal=seal, visa_zone=zone),
        movements_of(who, now, inspection.direction),
        now.astimezone(reference.time_zone(inspection.post_id)).date(),
        inspection.direction,
    )
    assert seen is not None  # noqa: S101 - one of the two is there
    return seen


def visa_looks(actor: Actor, inspection: Inspection) -> RecordQuerySet[VisaLook]:
    """Every look at a visa in second line, the newest first."""
    rows = VisaLook.objects.visible_to(actor).filter(inspection=inspection)
    return rows.select_related("looked_by")
