"""Whether a document belongs to somebody who was here before. It proposes; an officer judges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from safar.lib.names import likeness
from safar.lib.partial_dates import PartialDate

NAME_FLOOR = 0.8  # below, one document number with two names is taken for two people


@dataclass(frozen=True)
class SeenDocument:
    """A document that was seen before, as far as recognising its holder needs it."""

    document_id: UUID
    traveller_id: UUID
    issuer: str
    number: str
    name: str
    birth: PartialDate | None
    personal_number: str
    kind: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class Recognition:
    """Who the holder is: known by this very document, perhaps somebody known, or new.

    `contradicts` is set where this document number was shown before by somebody else. `others`:
    further documents that are certainly hers, with another number.
    """

    traveller_id: UUID | None = None
    document_id: UUID | None = None
    possible: tuple[UUID, ...] = ()
    by_personal_number: bool = False
    contradicts: UUID | None = None
    others: tuple[SeenDocument, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.traveller_id is not None


def recognise(shown: SeenDocument, seen: Sequence[SeenDocument]) -> Recognition:
    """Compare the document shown with those seen before.

    The same issuer, number, birth and name make a known traveller. The same personal number,
    or the same name and full date of birth on another document, make a possible one.
    """
    same_number = [d for d in seen if (d.issuer, d.number) == (shown.issuer, shown.number)]
    agreeing = [d for d in same_number if _one_person(shown, d)]
    others = [d for d in seen if d not in same_number]
    by_number = [d for d in others if shown.personal_number and _same_personal_number(shown, d)]
    if agreeing:
        key = agreeing[0].traveller_id
        hers = [d for d in others if d.traveller_id == key or d in by_number]
        return Recognition(key, agreeing[0].document_id, others=tuple(hers))
    possible = by_number or [d for d in others if _full(shown.birth) and d.birth == shown.birth]
    return Recognition(
        possible=tuple(dict.fromkeys(d.traveller_id for d in possible)),
        by_personal_number=bool(by_number),
        contradicts=same_number[0].traveller_id if same_number else None,
        others=tuple(by_number),
    )


def _one_person(shown: SeenDocument, seen: SeenDocument) -> bool:
    births = shown.birth is None or seen.birth is None or shown.birth.agrees(seen.birth)
    return births and (
        shown.name == seen.name or likeness(shown.name, seen.name).score >= NAME_FLOOR
    )


def _same_personal_number(shown: SeenDocument, seen: SeenDocument) -> bool:
    return shown.issuer == seen.issuer and shown.personal_number == seen.personal_number


def _full(birth: PartialDate | None) -> bool:
    return birth is not None and birth.is_full
