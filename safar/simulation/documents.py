"""Which passports and identity cards does a made-up traveller carry?"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from safar.simulation.names import Name, passport_names
from safar.simulation.personal_numbers import personal_number
from safar.simulation.profiles import Profile
from safar.simulation.world import Scale, Wheel, table

_LETTERS = "ABCEHKLMPTVX"
_MULTIPLIER = 7_368_787  # odd and no multiple of 5: n -> n * m mod 10**k never repeats
CARD_USERS = frozenset({"commuter"})


@dataclass(slots=True)
class Document:
    """A travel document, with what its machine readable zone needs.

    `kind` is P (TD3 passport) or I (TD1 card), `code` the document code of the zone. `birth` is
    ISO with unknown parts left off. `status` is '', 'lost', 'stolen' or 'void', as reported on
    `reported`.
    """

    traveller: int
    ordinal: int
    kind: str
    code: str
    issuer: str
    nationality: str
    number: str
    surname: str
    given_names: str
    sex: str
    birth: str
    issued: date
    expires: date
    personal_number: str
    status: str = ""
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A number series of a state: pattern (`#` digit, `@` letter), years of issue, term."""

    code: str
    pattern: str
    first_year: int
    last_year: int
    term_years: int
    share: float


@cache
def series(issuer: str, kind: str) -> tuple[Series, ...]:
    """The series of a state for P or I; empty where it has none."""
    return tuple(
        Series(
            row["code"],
            row["pattern"],
            int(row["first_year"]),
            int(row["last_year"] or 9999),
            int(row["term_years"]),
            float(row["share"]),
        )
        for row in table("document_series")
        if row["issuer"] == issuer and row["kind"] == kind
    )


@cache
def _open_series(issuer: str, kind: str, year: int) -> Wheel[Series]:
    every = series(issuer, kind)
    return Wheel((one, one.share) for one in every if one.first_year <= year <= one.last_year)


def number(pattern: str, serial: int) -> str:
    """The document number of a series at a place in it; no two places share a number."""
    digits, letters = pattern.count("#"), pattern.count("@")
    mixed = serial * _MULTIPLIER % (10**digits * len(_LETTERS) ** letters)
    signs = []
    for sign in reversed(pattern):
        if sign == "#":
            mixed, digit = divmod(mixed, 10)
            signs.append(str(digit))
        elif sign == "@":
            mixed, place = divmod(mixed, len(_LETTERS))
            signs.append(_LETTERS[place])
        else:
            signs.append(sign)
    return "".join(reversed(signs))


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _one(
    rng: random.Random, who: Profile, named: Name, ordinal: int, kind: str, issued: date
) -> Document:
    chosen = _open_series(who.nationality, kind, issued.year).spin(rng.random())
    surname, given = passport_names(rng, named, who.sex)
    minor = issued < _years_on(who.born, 16)
    term = min(chosen.term_years, 5) if minor else chosen.term_years
    full = who.born if len(who.born_known) == 10 else None
    return Document(
        traveller=who.index,
        ordinal=ordinal,
        kind=kind,
        code=chosen.code,
        issuer=who.nationality,
        nationality=who.nationality,
        number=number(chosen.pattern, who.index * 2 + ordinal + 1),
        surname=surname,
        given_names=given,
        sex=who.sex,
        birth=who.born_known,
        issued=issued,
        expires=_years_on(issued, term) - timedelta(days=1),
        personal_number=personal_number(who.nationality, full, who.sex, who.index * 7919),
    )


def _issue_day(rng: random.Random, scale: Scale, who: Profile, kind: str) -> date:
    """A day of issue after birth, in a year with an open series, still valid at the end."""
    minor = scale.last_day < _years_on(who.born, 18)
    term = 5 if minor else min(one.term_years for one in series(who.nationality, kind))
    begun = date(min(one.first_year for one in series(who.nationality, kind)), 1, 1)
    held_from = who.born if minor else _years_on(who.born, 16)
    latest = scale.first_day - timedelta(days=4)
    earliest = max(
        _years_on(scale.last_day, -term) + timedelta(days=200),
        held_from + timedelta(days=20),
        begun,
    )
    room = max(0, (latest - earliest).days)
    return min(latest, earliest + timedelta(days=int(rng.random() * (room + 1))))


def _expired(rng: random.Random, scale: Scale, document: Document) -> Document:
    gone = scale.first_day - timedelta(days=1 + int(rng.random() * 60))
    term = document.expires.year - document.issued.year
    document.expires = gone
    document.issued = _years_on(gone + timedelta(days=1), -term)
    return document


def documents(rng: random.Random, scale: Scale, who: Profile, named: Name) -> list[Document]:
    """The one or two documents of a traveller, oldest first, at the index crossings use."""
    card = who.flow in CARD_USERS and series(who.nationality, "I") and rng.random() < 0.7
    kind = "I" if card and who.role == "adult" else "P"
    if who.renewal_day >= 0:
        return _renewed(rng, scale, who, named)
    first = _one(rng, who, named, 0, kind, _issue_day(rng, scale, who, kind))
    if who.oddity == "expired":
        return [_expired(rng, scale, first)]
    if who.oddity in {"lost", "stolen"}:
        first.status = who.oddity
        first.reported = scale.first_day - timedelta(days=1 + int(rng.random() * 200))
        first.reported = max(first.reported, first.issued)
    return [first]


def _renewed(rng: random.Random, scale: Scale, who: Profile, named: Name) -> list[Document]:
    renewed_on = scale.first_day + timedelta(days=who.renewal_day)
    old = _one(rng, who, named, 0, "P", _issue_day(rng, scale, who, "P"))
    new = _one(rng, who, named, 1, "P", renewed_on)
    old.status, old.reported = "void", renewed_on
    return [old, new]
