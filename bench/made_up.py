"""Who else is on the list, and who only passes by? Padding and clean travellers, by seed.

Padding: half is the list's own words put together anew with spelling noise (as in the research
before), half are people of the region and of the world. Travellers: people of the region by how
frequent their names are, spelt as their passports spell them.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from bench.breakage import slip
from bench.golden import CITIZENSHIP, birth_date
from bench.listed import Listed
from bench.romanisations import Writing, mrz, writings
from bench.stocks import drawn, female, grow, patronymic, stock

WORLD = Path(__file__).with_name("data") / "world_names.csv"
NOISE = 0.3  # of the recombined words
RECOMBINED = 0.5  # of the padding; two fifths of the rest are of the region
REGION = 0.4
YEAR_ONLY = 0.1
LISTED_BY = {"KGZ": 14, "KAZ": 9, "UZB": 14, "TJK": 12, "TKM": 4, "UIG": 5, "RUS": 14, "NCA": 10,
             "UKR": 4, "TUR": 5, "IRN": 5, "AFG": 7, "ARA": 9, "CHN": 4, "AZE": 3}  # fmt: skip
TRAVELLERS = {"KGZ": 46, "KAZ": 17, "UZB": 15, "RUS": 9, "TJK": 5, "TUR": 2, "CHN": 2, "NCA": 1,
              "UIG": 1, "TKM": 1, "UKR": 1, "IRN": 0.5, "AFG": 0.5, "ARA": 0.5, "DNG": 0.5,
              "AZE": 0.5, "world": 3}  # fmt: skip
# The share of names that are put together of a root and an ending: Нур-лан, Темир-бек, Ай-гүл.
COMPOSED = {"KGZ": 0.45, "KAZ": 0.45, "UZB": 0.4, "TJK": 0.3, "TKM": 0.3}


@dataclass(frozen=True)
class Named:
    """A made-up person by the name at home, which tells homonyms whatever the spelling."""

    nation: str
    sex: str
    home: str
    ways: dict[str, Writing]


@dataclass(frozen=True)
class Clean:
    """A traveller whom no list knows."""

    id: str
    name: str
    birth: str
    sex: str
    citizenship: str


Homonyms = dict[str, list[str]]  # name at home -> births of its bearers on the list


def _given(rng: random.Random, nation: str, sex: str) -> str:
    if rng.random() < COMPOSED.get(nation, 0):
        roots, endings = stock(nation, "root", "-"), stock(nation, "ending", sex)
        return rng.choice(roots[0]) + rng.choice(endings[0])
    return drawn(rng, nation, "given", sex)


def _surname(rng: random.Random, nation: str) -> str:
    if rng.random() < COMPOSED.get(nation, 0):
        return grow(_given(rng, nation, "M"))
    return drawn(rng, nation, "surname", "-")


def person(rng: random.Random, nation: str) -> Named:
    """Somebody of a nation of the region."""
    sex = "F" if rng.random() < 0.42 else "M"
    surname, given = _surname(rng, nation), _given(rng, nation, sex)
    father = patronymic(rng, nation, _given(rng, nation, "M"), sex)
    if sex == "F":
        surname = female(nation, surname)
    if " " in surname and "|" not in surname:
        father = ""
    ways = writings(rng, nation, (surname, given, father))
    home = ways["home"]
    return Named(nation, sex, f"{home.surname} {home.given}".casefold(), ways)


@cache
def _world() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    with WORLD.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault((row["nation"], row["sex"]), []).append(row["name"])
    return found


def _foreigner(rng: random.Random) -> tuple[str, str, str]:
    """Name, sex, citizenship."""
    nation = rng.choice(sorted({key[0] for key in _world()}))
    sexes = [sex for sex in "MF" if (nation, sex) in _world()]
    sex = rng.choice(sexes)
    parts = [rng.choice(_world()[nation, ""]), rng.choice(_world()[nation, sex])]
    if rng.random() < 0.35:
        parts.append(rng.choice(_world()[nation, sex]))
    return " ".join(parts), sex, nation


def padding(
    count: int, people: Sequence[Listed], recombined: float = RECOMBINED, seed: int = 1
) -> Iterator[tuple[Listed, str]]:
    """`count` made-up entries, each with its name at home ('' where it has none)."""
    rng = random.Random(f"padding {seed}")
    firsts, lasts, shapes = _words(people)
    nations, weights = list(LISTED_BY), list(accumulate(LISTED_BY.values()))
    for number in range(count):
        birth = birth_date(rng)
        born = str(birth.year) if rng.random() < YEAR_ONLY else birth.isoformat()
        chance, home = rng.random(), ""
        if chance < recombined:
            name, nation = _recombined(rng, firsts, lasts, shapes), ""
            sex = rng.choices(["M", "F", ""], [6, 1, 3])[0]
        elif chance < recombined + (1 - recombined) * REGION:
            who = person(rng, rng.choices(nations, cum_weights=weights)[0])
            name, sex, home = _as_listed(rng, who), who.sex, who.home
            nation = CITIZENSHIP.get(who.nation, who.nation)
        else:
            name, sex, nation = _foreigner(rng)
        yield Listed(f"pad-{number:07}", name, (born,), sex, nation), home


def _words(people: Sequence[Listed]) -> tuple[list[str], list[str], list[tuple[int, int]]]:
    firsts, lasts, shapes = [], [], []
    for one in people:
        last, _, first = one.name.partition(",")
        lasts += last.split()
        firsts += first.split()
        shapes.append((len(last.split()), len(first.split())))
    return firsts or lasts, lasts, shapes


def _recombined(
    rng: random.Random, firsts: list[str], lasts: list[str], shapes: list[tuple[int, int]]
) -> str:
    many_last, many_first = rng.choice(shapes)
    last = " ".join(_noisy(rng, rng.choice(lasts)) for _ in range(many_last))
    first = " ".join(_noisy(rng, rng.choice(firsts)) for _ in range(many_first))
    return f"{last}, {first}" if first else last


def _noisy(rng: random.Random, word: str) -> str:
    if rng.random() >= NOISE or len(word) < 4:
        return word
    vowels = [at for at, sign in enumerate(word) if at and sign.lower() in "aeiou"]
    if vowels and rng.random() < 0.5:
        at, vowel = rng.choice(vowels), rng.choice("aeiou")
        return word[:at] + (vowel.upper() if word[1:].isupper() else vowel) + word[at + 1 :]
    return slip(rng, word.upper()) if word.isupper() else slip(rng, word.upper()).title()


def _as_listed(rng: random.Random, who: Named) -> str:
    writing = who.ways["home"]
    if rng.random() < 0.7:
        writing = rng.choice([way for way in who.ways.values() if way.listable])
    father = writing.patronymic if rng.random() < 0.4 else ""
    surname = f"{writing.surname.upper()}," if rng.random() < 0.4 else writing.surname
    return f"{surname} {writing.given} {father}".strip()


def homonyms(entries: Sequence[tuple[Listed, str]]) -> Homonyms:
    """The births of those on the list by their name at home."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for entry, home in entries:
        if home:
            found[home] += entry.births
    return found


def travellers(count: int, listed: Homonyms, seed: int = 1) -> Iterator[Clean]:
    """`count` clean travellers.

    None shares the whole name at home with an entry whose birth date, as far as it is known,
    is theirs: such a traveller is that person for all that anybody could tell.
    """
    rng = random.Random(f"travellers {seed}")
    nations, weights = list(TRAVELLERS), list(accumulate(TRAVELLERS.values()))
    number = 0
    while number < count:
        nation = rng.choices(nations, cum_weights=weights)[0]
        born = birth_date(rng).isoformat()
        if nation == "world":
            name, sex, citizenship = _foreigner(rng)
            home = ""
        else:
            who = person(rng, nation)
            name, sex, home = _as_travelling(rng, who), who.sex, who.home
            citizenship = CITIZENSHIP.get(nation, nation)
        if any(born.startswith(birth) for birth in listed.get(home, ())):
            continue
        number += 1
        yield Clean(f"clean-{number:06}", mrz(name), born, sex, citizenship)


def _as_travelling(rng: random.Random, who: Named) -> str:
    usual = [way for way in who.ways.values() if way.usual and "french" not in way.source]
    writing = rng.choice(usual)
    father = writing.patronymic if rng.random() < 0.12 else ""
    return f"{writing.surname} {writing.given} {father}".strip()
