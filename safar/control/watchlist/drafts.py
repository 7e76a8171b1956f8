"""An entry as its proposer writes it: kept, shown beside the entry in force, written into it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.choices import DocumentKind, Instruction, Sex
from safar.control.watchlist.first_line import SILENT
from safar.control.watchlist.models import ListEntry
from safar.control.watchlist.sources.parsed import ParsedEntry
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import Birth

DETAIN, REFUSE_ENTRY = Instruction.DETAIN, Instruction.REFUSE_ENTRY
ID: Final = "id:"  # before a number that is an identity card's, or a personal number
DATES: Final = ("in_force_from", "in_force_until", "review_due")
LABELS: Final = {
    "names": _("Names"),
    "births": _("Dates of birth"),
    "sex": _("Sex"),
    "citizenships": _("Citizenships"),
    "documents": _("Documents"),
    "birth_place": _("Place of birth"),
    "address": _("Address"),
    "phone": _("Telephone"),
    "instruction": _("What the post does"),
    "discreet": _("Discreet"),
    "legal_ground": _("Legal ground"),
    "contact": _("Who to call"),
    "in_force_from": _("In force from"),
    "in_force_until": _("In force until"),
    "review_due": _("Review due"),
    "remarks": _("Remarks"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as its proposer writes it; `person` holds the identities (its key is ignored)."""

    person: ParsedEntry
    instruction: str
    legal_ground: str
    in_force_from: date
    in_force_until: date
    contact: str = ""
    discreet: bool = False
    review_due: date | None = None
    birth_place: str = ""
    address: str = ""
    phone: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; `from_json` gives the draft back."""
        values = asdict(self)
        for name in DATES:
            values[name] = values[name].isoformat() if values[name] else None
        values["person"]["births"] = [
            [str(birth.date), birth.year_to, birth.approximate] for birth in self.person.births
        ]
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Draft":
        person = dict(values["person"])
        person["births"] = tuple(_births(person["births"]))
        for name in ("names", "documents"):
            person[name] = tuple(tuple(row) for row in person[name])
        person["citizenships"] = tuple(person["citizenships"])
        days = {name: _day(values[name]) for name in DATES}
        return cls(**{**values, **days, "person": ParsedEntry(**person)})


class Difference(NamedTuple):
    """A field that would read otherwise, as lines of text."""

    label: Any
    before: list[str]
    after: list[str]


def of_entry(entry: ListEntry) -> Draft:
    """Return what an entry says now."""
    names = entry.names.order_by("-is_primary", "text")
    person = ParsedEntry(
        key="",
        names=tuple((name.text, name.is_weak) for name in names),
        births=tuple(Birth(b.date, b.year_to, b.approximate) for b in entry.births.all()),
        sex=entry.sex,
        citizenships=tuple(entry.citizenships),
        documents=tuple((d.kind, d.issuer, d.number) for d in entry.documents.all()),
        remarks=entry.remarks,
    )
    plain = ("instruction", "legal_ground", "contact", "discreet", "birth_place", "address")
    copied = {name: getattr(entry, name) for name in (*plain, "phone", *DATES)}
    return Draft(person, **copied)


def lines(draft: Draft) -> dict[str, list[str]]:
    """Every field as lines of text: for the form, and to lay two drafts beside each other.

    A nickname has `~` before it, as an approximate birth date has.
    """
    person = draft.person
    return {
        "names": [f"~{text}" if weak else text for text, weak in person.names],
        "births": [birth_line(birth) for birth in person.births],
        "sex": [str(Sex(person.sex).label)] if person.sex else [],
        "citizenships": [" ".join(person.citizenships)] if person.citizenships else [],
        "documents": [document_line(*row) for row in person.documents],
        "birth_place": _text(draft.birth_place),
        "address": _text(draft.address),
        "phone": _text(draft.phone),
        "instruction": [str(Instruction(draft.instruction).label)],
        "discreet": [str(_("Yes") if draft.discreet else _("No"))],
        "legal_ground": _text(draft.legal_ground),
        "contact": _text(draft.contact),
        **{name: _text(getattr(draft, name)) for name in DATES},
        "remarks": _text(person.remarks),
    }


def differences(before: Draft, after: Draft) -> list[Difference]:
    """Return the fields that would read otherwise."""
    one, other = lines(before), lines(after)
    return [
        Difference(LABELS[name], one[name], other[name])
        for name in one
        if sorted(one[name]) != sorted(other[name]) or one[name][:1] != other[name][:1]
    ]


def takes_away(before: Draft, after: Draft) -> bool:
    """Whether a change would let somebody pass who is stopped today: a lifting by another name.

    The entry ends or falls out sooner or begins later; it loses a name (one that is only a
    nickname from now on counts less) or a document; what it says of birth, sex or citizenship
    is another, or is said where nothing was and now speaks against those who differ; or the
    booth is asked for less (`_asks_less`). One more name, document or birth date takes nothing.
    """
    one, other = before.person, after.person
    return (
        _sooner(after.in_force_until, before.in_force_until)
        or _sooner(after.review_due, before.review_due)
        or after.in_force_from > before.in_force_from
        or bool(set(one.names) - set(other.names) - {(text, True) for text, _ in other.names})
        or bool(set(one.documents) - set(other.documents))
        or one.sex != other.sex
        or _narrows(one.births, other.births)
        or _narrows(one.citizenships, other.citizenships)
        or _asks_less(before, after)
    )


def _narrows(before: Collection[Any], after: Collection[Any]) -> bool:
    """Whether one of the facts is gone, or facts stand where none spoke against anybody."""
    return bool(set(before) - set(after)) or bool(after and not before)


def _asks_less(before: Draft, after: Draft) -> bool:
    """Whether the booth shows less than it did, or need no longer hold or refuse the person."""
    if after.discreet and not before.discreet:
        return True
    was, will_be = Instruction(before.instruction), Instruction(after.instruction)
    if was == will_be:
        return False
    return will_be in SILENT or was == DETAIN or (was == REFUSE_ENTRY and will_be != DETAIN)


def _sooner(after: date | None, before: date | None) -> bool:
    return after is not None and (before is None or after < before)


def birth_line(birth: Birth) -> str:
    """`1984-05-17`, `~1984`, or a span of years `1984..1986`."""
    text = f"{birth.date}..{birth.year_to}" if birth.year_to else str(birth.date)
    return f"~{text}" if birth.approximate else text


def document_line(kind: str, issuer: str, number: str) -> str:
    mark = ID if kind == DocumentKind.IDENTITY else ""
    return f"{issuer} {mark}{number}".strip()


def _text(value: object) -> list[str]:
    return [str(value)] if value else []


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _births(rows: Iterable[list[Any]]) -> Iterator[Birth]:
    for text, year_to, approximate in rows:
        known = PartialDate.parse(text)
        if known is not None:
            yield Birth(known, year_to, approximate)
