"""Does the zone say what the page, the chip or the booking says?"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Self

from safar.control.documents.rules.catalogue import Remark
from safar.control.documents.rules.people import agree
from safar.control.documents.rules.reports import in_standard_form
from safar.control.travellers.read_document import ReadDocument
from safar.lib.names import mrz_form
from safar.lib.partial_dates import PartialDate

SOURCES: Final = ("page", "chip", "booking")
FIELDS: Final = (
    "number", "name", "birth", "sex", "nationality", "expires_on", "personal_number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OtherSource:
    """What something beside the zone says of the same document; empty: it does not say.

    `source`: one of SOURCES. `name` as it stands there: surname and given names, in any script.
    """

    source: str
    number: str = ""
    name: str = ""
    birth: PartialDate | None = None
    sex: str = ""
    nationality: str = ""
    expires_on: date | None = None
    personal_number: str = ""

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        day = values["expires_on"]
        given = {
            "birth": PartialDate.parse(values["birth"]),
            "expires_on": date.fromisoformat(day) if day else None,
        }
        return cls(**{**values, **given})

    def to_json(self) -> dict[str, Any]:
        day = self.expires_on.isoformat() if self.expires_on else None
        return {**asdict(self), "birth": str(self.birth or ""), "expires_on": day}


def of_sources(
    document: ReadDocument, others: tuple[OtherSource, ...], *, cut: bool
) -> Iterator[Remark]:
    """Say each field in which another source contradicts the zone.

    What one of them leaves out contradicts nothing; dates are compared as far as they are known;
    names by their spellings, and by their beginnings where the zone's may be cut (`cut`).
    """
    for other in others:
        for field in FIELDS:
            zone, there = _said(document, field), _said(other, field)
            if zone and there and not _agree(document, other, field, cut=cut):
                params = {"field": field, "source": other.source, "zone": zone, "other": there}
                yield Remark("document.sources_differ", params)


def _agree(document: ReadDocument, other: OtherSource, field: str, *, cut: bool) -> bool:
    if field == "birth":
        return document.birth is None or other.birth is None or document.birth.agrees(other.birth)
    if field == "name":
        return _names_agree(document.name, other.name, cut=cut)
    return _said(document, field) == _said(other, field)


def _names_agree(zone: str, other: str, *, cut: bool) -> bool:
    return mrz_form(zone) == mrz_form(other) or agree(zone, other, cut=cut) is not False


def _said(said: ReadDocument | OtherSource, field: str) -> str:
    value = getattr(said, field)
    if field in ("number", "personal_number"):
        return in_standard_form(value)
    if field == "expires_on":
        return value.isoformat() if value else ""
    return str(value or "")
