"""Which facts of a traveller and an entry agree, and how do they move the score of a name?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from safar.control.watchlist.wording import matches as wording
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import Birth, document_number


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands at the booth, as far as her document says.

    `names` as read: `SURNAME<<GIVEN` or `SURNAME, Given` where the surname is known, in any
    script; `documents` are (ICAO code of the issuer or '', number).
    """

    names: tuple[str, ...]
    birth: PartialDate | None = None
    sex: str = ""
    citizenship: str = ""
    documents: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What an entry says besides names; `documents` normalised."""

    births: tuple[Birth, ...] = ()
    sex: str = ""
    citizenships: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against; `sentence` in the language of the reader."""

    code: str
    params: dict[str, str] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """agrees, as_known, differs, unknown; or part: a part of the name."""
        return wording.verdict(self.code)

    @property
    def judged(self) -> str:
        return str(wording.VERDICTS[self.verdict])

    @property
    def field(self) -> str:
        return str(wording.FIELDS.get(self.code.partition(".")[0], ""))

    @property
    def sentence(self) -> str:
        return wording.sentence(self.code, self.params)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": self.params}


def same_document(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two (issuer, normalised number) are one document; a missing issuer may be any."""
    return one[1] == other[1] and (not one[0] or not other[0] or one[0] == other[0])


def compare(person: Person, facts: Facts) -> tuple[Reason, ...]:
    """Every fact besides the name: agrees, agrees as far as known, differs, not known."""
    return (
        birth_reason(person.birth, facts.births),
        _sex_reason(person.sex, facts.sex),
        _citizenship_reason(person.citizenship, facts.citizenships),
        document_reason(person.documents, facts.documents),
    )


def birth_reason(birth: PartialDate | None, listed: Sequence[Birth]) -> Reason:
    """The best of the entry's birth dates against the traveller's.

    1 January stands for an unknown day in many registers and counts as the year alone.
    """
    if birth is None or not listed:
        return Reason("birth.unknown")
    order = ("birth.agrees", "birth.as_known", "birth.near", "birth.differs")
    code, best = min(((_birth_code(birth, b), b) for b in listed), key=lambda x: order.index(x[0]))
    shown = best if code != "birth.differs" else ", ".join(map(str, listed))
    return Reason(code, {"traveller": str(birth), "entry": str(shown)})


def _birth_code(birth: PartialDate, listed: Birth) -> str:
    mine, other = _without_dummy_day(birth), _without_dummy_day(listed.date)
    if mine.is_full and other.is_full and not listed.approximate:
        if mine == other:
            return "birth.agrees"
        return "birth.near" if _may_be_slip(mine, other) else "birth.differs"
    last = listed.year_to or other.year
    inside = other.year <= mine.year <= last
    if inside and (last != other.year or mine.agrees(other)):
        return "birth.as_known"
    distance = max(other.year - mine.year, mine.year - last)
    if inside and not listed.approximate:
        return "birth.differs"  # the same year, but known months contradict
    return "birth.near" if distance <= (2 if listed.approximate else 1) else "birth.differs"


def _without_dummy_day(date: PartialDate) -> PartialDate:
    return PartialDate(date.year) if (date.month, date.day) == (1, 1) else date


def _may_be_slip(one: PartialDate, other: PartialDate) -> bool:
    if one.year == other.year:
        return (one.month, one.day) == (other.day, other.month)  # day and month swapped
    return abs(one.year - other.year) == 1 and (one.month, one.day) == (other.month, other.day)


def _sex_reason(sex: str, listed: str) -> Reason:
    if sex not in ("F", "M") or listed not in ("F", "M"):
        return Reason("sex.unknown")
    return Reason(
        "sex.agrees" if sex == listed else "sex.differs", {"traveller": sex, "entry": listed}
    )


def _citizenship_reason(citizenship: str, listed: Sequence[str]) -> Reason:
    if not citizenship or not listed:
        return Reason("citizenship.unknown")
    code = "citizenship.agrees" if citizenship in listed else "citizenship.differs"
    return Reason(code, {"traveller": citizenship, "entry": ", ".join(listed)})


def document_reason(
    documents: Iterable[tuple[str, str]], listed: Sequence[tuple[str, str]]
) -> Reason:
    mine = [(issuer, document_number(number)) for issuer, number in documents]
    for document in mine:
        for other in listed:
            if same_document(document, other):
                known = bool(document[0] and other[0])
                code = "document.agrees" if known else "document.as_known"
                return Reason(code, {"traveller": document[1], "entry": " ".join(other).strip()})
    if not listed or not mine:
        return Reason("document.unknown")
    return Reason(
        "document.differs",
        {
            "traveller": ", ".join(number for _issuer, number in mine),
            "entry": ", ".join(" ".join(other).strip() for other in listed),
        },
    )
