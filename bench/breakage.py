"""What else happens to a name on its way into a document, and who says so?"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.romanisations import Writing, mrz

TD1_NAME = 30  # ICAO Doc 9303-5 §4.2.2: the third line of a card
SLIPS = 4
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
LOOK_ALIKE = dict(zip("AaBCcEeHKMOoPpTXxy", "АаВСсЕеНКМОоРрТХху", strict=True))
UULU = {"KGZ": ("UULU", "KYZY"), "KAZ": ("ULY", "KYZY"), "UZB": ("UGLI", "KIZI")}

Apply = Callable[[random.Random, Writing, Any], str]


@dataclass(frozen=True)
class Breakage:
    """One kind of break: how often it is drawn, what it does."""

    weight: float
    apply: Apply


def _whole(writing: Writing, person: Any) -> list[str]:
    father = writing.patronymic if person.with_patronymic else ""
    return [part for part in map(mrz, (writing.surname, writing.given, father)) if part]


def _left_out(_rng: random.Random, writing: Writing, person: Any) -> str:
    if not person.with_patronymic:
        return ""
    return f"{mrz(writing.surname)} {mrz(writing.given)}"


def _added(_rng: random.Random, writing: Writing, person: Any) -> str:
    if person.with_patronymic or not writing.patronymic:
        return ""
    return " ".join(map(mrz, writing.parts))


def _swapped(_rng: random.Random, writing: Writing, person: Any) -> str:
    parts = _whole(writing, person)
    return " ".join([*parts[1:], parts[0]])


def _merged(_rng: random.Random, writing: Writing, person: Any) -> str:
    parts = _whole(writing, person)
    return "".join(parts[:2]).replace(" ", "")


def _kin_joined(_rng: random.Random, writing: Writing, person: Any) -> str:
    text = " ".join(_whole(writing, person))
    for kin in ("UULU", "OULOU", "KYZY", "UGLI", "OGLI", "QIZI", "KIZI"):
        if f" {kin}" in text:
            return text.replace(f" {kin}", kin)
    for kin in ("ULY", "KYZY", "QYZY"):
        if kin in text and not text.startswith(kin):
            return text.replace(kin, f" {kin}")
    return ""


def _kin_first(_rng: random.Random, writing: Writing, person: Any) -> str:
    """Toktogul uulu Bakyt Asanov for Asanov Bakyt Toktogulovich (Kyrgyz civil registers)."""
    if person.nation not in UULU or not person.with_patronymic:
        return ""
    father = mrz(writing.patronymic)
    for ending in ("OVICH", "EVICH", "OVNA", "EVNA", "OVITCH"):
        if father.endswith(ending):
            stem = father.removesuffix(ending)
            kin = UULU[person.nation][person.sex == "F"]
            return f"{stem} {kin} {mrz(writing.given)} {mrz(writing.surname)}"
    return ""


def _truncated(_rng: random.Random, writing: Writing, person: Any) -> str:
    surname, *others = _whole(writing, person)
    if writing.patronymic and not person.with_patronymic:
        others.append(mrz(writing.patronymic))
    zone = f"{surname}<<{'<'.join(others)}".replace(" ", "<")
    if len(zone) <= TD1_NAME:
        return ""
    return " ".join(zone[:TD1_NAME].replace("<", " ").split())


def _slip(rng: random.Random, writing: Writing, person: Any) -> str:
    parts = " ".join(_whole(writing, person)).split()
    long = [number for number, part in enumerate(parts) if len(part) >= 5]
    if not long:
        return ""
    number = rng.choice(long)
    parts[number] = slip(rng, parts[number])
    return " ".join(parts)


def slip(rng: random.Random, word: str) -> str:
    """`word` (capitals) with one slip of the keyboard: a neighbour, a loss, a double, a swap."""
    at = rng.randrange(1, len(word) - 1)
    way = rng.randrange(SLIPS)
    if way == 0:
        row = next((keys for keys in KEYS if word[at].lower() in keys), "")
        place = row.find(word[at].lower())
        near = [row[i] for i in (place - 1, place + 1) if row and 0 <= i < len(row)] or ["e"]
        return word[:at] + rng.choice(near).upper() + word[at + 1 :]
    if way == 1:
        return word[:at] + word[at + 1 :]
    if way == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _look_alike(rng: random.Random, writing: Writing, person: Any) -> str:
    text = " ".join(_whole(writing, person))
    places = [at for at, sign in enumerate(text) if sign in LOOK_ALIKE]
    if not places:
        return ""
    chosen = set(rng.sample(places, min(len(places), rng.randint(1, 4))))
    return "".join(LOOK_ALIKE[sign] if at in chosen else sign for at, sign in enumerate(text))


BREAKAGES = {
    "patronymic_left_out": Breakage(1.5, _left_out),
    "patronymic_added": Breakage(1.2, _added),
    "swapped": Breakage(1.0, _swapped),
    "merged": Breakage(0.7, _merged),
    "kin_joined_or_split": Breakage(8.0, _kin_joined),
    "kin_first": Breakage(2.5, _kin_first),
    "truncated": Breakage(2.0, _truncated),
    "slip": Breakage(1.0, _slip),
    "look_alike": Breakage(0.8, _look_alike),
}
