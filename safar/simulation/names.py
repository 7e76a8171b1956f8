"""What are people of a nation called, and how is each name spelt in Latin letters?"""

import random
from dataclasses import dataclass, replace
from functools import cache

from safar.simulation.spellings import (
    female,
    female_latin,
    is_spelt_by_rule,
    latin,
    spellings,
)
from safar.simulation.world import Wheel, table

_COMPOUND = {"KGZ": 0.10}  # -uulu and -kyzy in place of a surname
_SINGLE = {"AFG": 0.22, "IDN": 0.45, "IND": 0.10, "PAK": 0.06}  # no surname
_INFLECTED = frozenset({"KGZ", "UZB", "KAZ", "TJK", "TKM", "RUS", "AZE", "BLR"})
_PATRONYMIC = frozenset({"KGZ", "UZB", "KAZ", "TJK", "RUS"})
_OGLI = {"M": ("ўғли", ("UGLI", "OGLI", "O GLI")), "F": ("қизи", ("KIZI", "QIZI", "KIZI"))}
_FATHERS = {"Пётр": "Иван", "Илья": "Сергей"}  # their patronymics follow no rule
_UULU = {"M": ("уулу", "UULU"), "F": ("кызы", "KYZY")}


@dataclass(frozen=True, slots=True)
class Name:
    """A name as its bearer writes it, in Cyrillic letters; '' where there is none."""

    nation: str
    surname: str
    given: str
    patronymic: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    cyrillic: str
    latin: Wheel[str]


@cache
def _lists() -> dict[tuple[str, str, str], Wheel[_Entry]]:
    found: dict[tuple[str, str, str], list[tuple[_Entry, float]]] = {}
    for row in table("names"):
        entry = _Entry(row["cyrillic"], Wheel(_written(row)))
        key = (row["nation"], row["kind"], row["sex"])
        found.setdefault(key, []).append((entry, float(row["weight"])))
    return {key: Wheel(entries) for key, entries in found.items()}


def _written(row: dict[str, str]) -> list[tuple[str, float]]:
    if not row["latin"]:
        return [(word, float(weight)) for word, weight in spellings(row["cyrillic"], row["nation"])]
    parts = [part.partition(":") for part in row["latin"].split("|")]
    return [(word, float(weight or 1)) for word, _, weight in parts]


@cache
def _by_cyrillic() -> dict[tuple[str, str], Wheel[str]]:
    wheels: dict[tuple[str, str], Wheel[str]] = {}
    for row in table("names"):
        wheels.setdefault((row["nation"], row["cyrillic"]), Wheel(_written(row)))
    return wheels


def known_words(nation: str) -> frozenset[str]:
    """Every Cyrillic name word on the lists of a nation, as a man bears it."""
    return frozenset(row["cyrillic"] for row in table("names") if row["nation"] == nation)


def name(rng: random.Random, nation: str, sex: str) -> Name:
    """A name by the customs of the nation. `sex` is M or F."""
    lists = _lists()
    single = lists.get((nation, "single", sex))
    if single and rng.random() < _SINGLE.get(nation, 0):
        return Name(nation, "", single.spin(rng.random()).cyrillic)
    given = lists[nation, "given", sex].spin(rng.random()).cyrillic
    father = lists[nation, "given", "M"].spin(rng.random()).cyrillic
    father = _FATHERS.get(father, father)
    if rng.random() < _COMPOUND.get(nation, 0):
        return Name(nation, f"{father} {_UULU[sex][0]}", given)
    surname = lists[nation, "surname", ""].spin(rng.random()).cyrillic
    if sex == "F" and nation in _INFLECTED:
        surname = female(surname)
    return Name(nation, surname, given, _patronymic(nation, father, sex))


def twins_name(rng: random.Random, other: Name, sex: str) -> Name:
    """The name of a twin: everything the same but the given name."""
    while True:
        drawn = name(rng, other.nation, sex)
        if drawn.given != other.given:  # names without a surname are few: one with it will do
            return replace(drawn, surname=other.surname, patronymic=other.patronymic)


def childs_name(rng: random.Random, parent: Name, parent_sex: str, sex: str) -> Name:
    """The name of a child who travels with a parent, by the nation's customs."""
    drawn = name(rng, parent.nation, sex)
    if not parent.surname or not drawn.surname or " " in parent.surname:
        return drawn
    plain = parent.surname if parent_sex == "M" else _male(parent.nation, parent.surname)
    surname = female(plain) if sex == "F" and parent.nation in _INFLECTED else plain
    if " " in drawn.surname:  # drawn as -uulu, which the parent is not
        drawn = replace(drawn, patronymic="")
    patronymic = drawn.patronymic
    if parent_sex == "M":
        patronymic = _patronymic(parent.nation, _FATHERS.get(parent.given, parent.given), sex)
    return replace(drawn, surname=surname, patronymic=patronymic)


def _patronymic(nation: str, father: str, sex: str) -> str:
    if nation not in _PATRONYMIC:
        return ""
    if nation == "UZB":
        return f"{father} {_OGLI[sex][0]}"
    stem = father[:-1] if father[-1] in "йьаяо" else father
    soft = father[-1] in "йья"
    return stem + {"M": "евич" if soft else "ович", "F": "евна" if soft else "овна"}[sex]


def passport_names(rng: random.Random, who: Name, sex: str) -> tuple[str, str]:
    """Surname and given names in capital Latin letters, as one passport spells them.

    Two passports of one person may differ: every call spells afresh.
    """
    return _surname(rng, who, sex), _given(rng, who, sex)


def _surname(rng: random.Random, who: Name, sex: str) -> str:
    if not who.surname:
        return ""
    father, _, kin = who.surname.partition(" ")
    if kin in {"уулу", "кызы"}:
        return f"{_spelt(rng, who.nation, father)} {_UULU[sex][1]}"
    if (who.nation, who.surname) in _by_cyrillic():
        return _spelt(rng, who.nation, who.surname)
    return female_latin(_spelt(rng, who.nation, _male(who.nation, who.surname)))


@cache
def _male(nation: str, surname: str) -> str:
    if (nation, surname) in _by_cyrillic():
        return surname
    return next(word for word in sorted(known_words(nation)) if female(word) == surname)


def _given(rng: random.Random, who: Name, sex: str) -> str:
    given = _spelt(rng, who.nation, who.given)
    father, _, kin = who.patronymic.partition(" ")
    if kin and rng.random() < 0.5:  # half of Uzbek passports print the father's name too
        chosen = _OGLI[sex][1][int(rng.random() * 3)]
        return f"{given} {_spelt(rng, who.nation, father)} {chosen}"
    return given


def _spelt(rng: random.Random, nation: str, word: str) -> str:
    return _by_cyrillic()[nation, word].spin(rng.random())


def usual_latin(who: Name) -> str:
    """The patronymic in today's Latin letters, for a migration card; '' where there is none."""
    way = {"KGZ": "icao", "UZB": "uzbek-kh", "KAZ": "kazakh", "TJK": "tajik"}.get(who.nation)
    if not is_spelt_by_rule(who.nation):
        return ""
    return latin(who.patronymic, way or "icao")
