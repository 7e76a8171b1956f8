"""May these two be one person under two names? Names, birth, numbers and photo, with the reasons.

Somebody else who bears the same name and was born on another day is let alone: a name tells
nothing without the birth, and the birth nothing without a name.
"""

import dataclasses
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from safar.lib.names import fold, fold_tokens, likeness
from safar.lib.partial_dates import PartialDate

ALIKE: Final = 0.75
"""Likeness of two whole names from which the same birth makes a candidate."""
CERTAIN: Final = 0.9
"""That which given names alone, or a birth with day and month changed about, must have."""
SURE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Someone:
    """An applicant or holder: every name she is known by, the surname first with a comma."""

    names: tuple[str, ...]
    given_names: tuple[str, ...] = ()
    birth: PartialDate | None = None
    birth_place: str = ""
    sex: str = ""
    personal_number: str = ""
    documents: frozenset[tuple[str, str]] = frozenset()
    photos: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against: see `wording.identity`."""

    code: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": self.params}


@dataclass(frozen=True, slots=True)
class Alike:
    """A pair that a person has to judge: `score` from 0 to 1, and why."""

    score: float
    reasons: tuple[Reason, ...]


def compare(one: Someone, other: Someone) -> Alike | None:
    """Return what makes the two a pair to be judged, or None where nothing does."""
    best = max(
        (likeness(a, b) for a, b in product(one.names, other.names)),
        key=lambda found: found.score,
    )
    born = births(one.birth, other.birth)
    hard = tuple(_hard(one, other))
    if not hard and not _names_and_birth(one, other, best.score, born):
        return None
    names = tuple(Reason(f"name.{said.code}", said.params) for said in best.reasons)
    against = tuple(_against(one, other))
    score = SURE if hard else best.score * (1.0 if born == "same" else 0.9)
    reasons = (*hard, *names, Reason(f"birth.{born}"), *_beside(one, other), *against)
    return Alike(round(score, 4), reasons)


def births(one: PartialDate | None, other: PartialDate | None) -> str:
    """How two births stand to each other: same, partly, swapped, other or unknown."""
    if one is None or other is None:
        return "unknown"
    if one == other and one.is_full:
        return "same"
    if one.agrees(other):
        return "partly"
    about = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    return "swapped" if about else "other"


def _names_and_birth(one: Someone, other: Someone, score: float, born: str) -> bool:
    if born in ("same", "partly") and score >= ALIKE:
        return True
    if born == "swapped" and score >= CERTAIN:
        return True
    return born == "same" and _another_surname(one, other)


def _another_surname(one: Someone, other: Someone) -> bool:
    """The same given names and the same birthplace: she may have married, or changed her name."""
    place = fold(one.birth_place)
    if (
        not place
        or place != fold(other.birth_place)
        or (one.sex and other.sex and one.sex != other.sex)
    ):
        return False
    pairs = product(one.given_names, other.given_names)
    return any(likeness(a, b).score >= CERTAIN for a, b in pairs if a and b)


def _hard(one: Someone, other: Someone) -> Iterator[Reason]:
    """What two people never share."""
    if one.personal_number and one.personal_number == other.personal_number:
        yield Reason("personal_number", {"number": one.personal_number})
    for issuer, number in sorted(one.documents & other.documents):
        yield Reason("document", {"issuer": issuer, "number": number})
    if one.photos & other.photos:
        yield Reason("photo")


def _beside(one: Someone, other: Someone) -> Iterator[Reason]:
    place = fold(one.birth_place)
    if place and place == fold(other.birth_place):
        yield Reason("place", {"place": one.birth_place})


def _against(one: Someone, other: Someone) -> Iterator[Reason]:
    numbers = {one.personal_number, other.personal_number}
    if "" not in numbers and len(numbers) == 2:
        yield Reason("personal_number_differs")
    if one.sex and other.sex and one.sex != other.sex:
        yield Reason("sex_differs")


def birth_keys(birth: PartialDate) -> list[str]:
    """Every birth as it is kept that agrees with this one, and the one with day and month about."""
    whole = [PartialDate(birth.year), birth]
    if birth.month:
        whole.append(PartialDate(birth.year, birth.month))
    found = {str(one) for one in whole} | set(_days_of(birth))
    if birth.is_full and birth.day and birth.day <= 12:
        found.add(str(PartialDate(birth.year, birth.day, birth.month)))
    return sorted(found)


def _days_of(birth: PartialDate) -> Iterator[str]:
    """All full dates of a month or a year that is known alone."""
    if birth.is_full:
        return
    for month in [birth.month] if birth.month else range(1, 13):
        yield f"{birth.year:04}-{month:02}"
        yield from (f"{birth.year:04}-{month:02}-{day:02}" for day in range(1, 32))


def name_keys(names: Collection[str]) -> list[str]:
    """The parts of all her names as they sound, for looking up."""
    return sorted({token[:60] for name in names for token in fold_tokens(name)})
