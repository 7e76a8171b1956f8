"""How is the golden set of spelling variants made? Published tables applied to made-up people.

Nothing here comes from `safar.lib`: the tables stand in `data/romanisations.csv`, each with its
source, pairs that documents show stand in `data/written_pairs.csv`, the names in
`data/stocks.txt`. `python -m bench.golden` writes `data/variants.csv`.
"""

import csv
import hashlib
import random
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from bench.breakage import BREAKAGES
from bench.romanisations import Writing, mrz, writings
from bench.stocks import drawn, female, patronymic

DATA = Path(__file__).with_name("data")
COLUMNS = (
    "person_id", "name", "listed_birth_date", "variant", "birth_date", "sex", "citizenship",
    "kind", "source",
)  # fmt: skip
PEOPLE = {
    "KGZ": 125, "KAZ": 85, "UZB": 90, "TJK": 75, "TKM": 45, "UIG": 45, "DNG": 18, "RUS": 45,
    "UKR": 25, "NCA": 35, "TUR": 25, "AZE": 15, "IRN": 25, "AFG": 35, "ARA": 30, "CHN": 20,
}  # fmt: skip
CITIZENSHIP = {"DNG": "KGZ", "NCA": "RUS", "UIG": "CHN", "ARA": "SYR"}
SEED = "safar golden set 1"
SPELLINGS, BROKEN = 3, 2  # variants of each kind a person
OLDEST = 85
YEAR_ONLY = 0.1
PATRONYMIC_LISTED = 0.45


@dataclass(frozen=True)
class Person:
    """Somebody made up, as the list knows them."""

    id: str
    nation: str
    sex: str
    birth: date
    listed_birth: str
    name: str
    way: str
    with_patronymic: bool
    ways: Mapping[str, Writing]


def main() -> None:
    """Write the golden set; the same on every machine."""
    rows = made()
    with (DATA / "variants.csv").open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out, lineterminator="\n")
        sheet.writerow(COLUMNS)
        sheet.writerows(rows)
    sys.stdout.write(f"{len(rows)} variants of {len({row[0] for row in rows})} people\n")


def made() -> list[tuple[str, ...]]:
    """Every row of the set. What a zone would write as the list does is swapped instead."""
    rng = random.Random(SEED)
    rows = [row for person in people(rng) for row in variants(rng, person)]
    rows += written(rng)
    return [_turned(row) if row[3] == mrz(row[1]) else row for row in rows]


def _turned(row: tuple[str, ...]) -> tuple[str, ...]:
    first, _, others = row[3].partition(" ")
    return (*row[:3], f"{others} {first}", *row[4:7], "swapped", row[8])


def people(rng: random.Random) -> list[Person]:
    return [
        _person(rng, nation, f"{nation}-{number:03}")
        for nation, count in PEOPLE.items()
        for number in range(1, count + 1)
    ]


def _person(rng: random.Random, nation: str, identity: str) -> Person:
    sex = "F" if rng.random() < 0.3 else "M"
    surname = drawn(rng, nation, "surname", "-")
    given = drawn(rng, nation, "given", sex)
    father = patronymic(rng, nation, drawn(rng, nation, "given", "M"), sex)
    if sex == "F":
        surname = female(nation, surname)
    if " " in surname and "|" not in surname:  # uulu and kyzy name the father already
        father = ""
    ways = writings(rng, nation, (surname, given, father))
    way = _listed_way(rng, ways)
    with_patronymic = bool(ways[way].patronymic) and rng.random() < PATRONYMIC_LISTED
    birth = birth_date(rng)
    listed = str(birth.year) if rng.random() < YEAR_ONLY else birth.isoformat()
    name = _listed(rng, ways[way], with_patronymic)
    return Person(identity, nation, sex, birth, listed, name, way, with_patronymic, ways)


def birth_date(rng: random.Random) -> date:
    """Of adults in 2026, the young more often."""
    age = 17 + rng.gammavariate(2.2, 10)
    if age > OLDEST:
        age = OLDEST - (age - OLDEST) % 50
    return date(2026, 11, 1) - timedelta(days=int(age * 365.25))


def _listed_way(rng: random.Random, ways: Mapping[str, Writing]) -> str:
    """Half of the lists write the home script, the others one of the Latin ways."""
    if rng.random() < 0.45:
        return "home"
    return rng.choice([way for way, writing in ways.items() if writing.listable])


def _listed(rng: random.Random, writing: Writing, with_patronymic: bool) -> str:
    surname, given, father = writing.parts
    if not with_patronymic:
        father = ""
    order = rng.random()
    if order < 0.35:
        text = f"{surname.upper()}, {given} {father}"
    elif order < 0.85:
        text = f"{surname} {given} {father}"
    else:
        text = f"{given} {father} {surname}".replace("  ", " ")
    return text.strip()


def variants(rng: random.Random, person: Person) -> list[tuple[str, ...]]:
    """Rows of one person: other spellings of the whole name, then spellings with a break."""
    seen = {_plain(person.name)}
    rows = []
    ways = [way for way in person.ways if way != person.way]
    rng.shuffle(ways)
    for way in ways:
        writing = person.ways[way]
        text = _asked(writing, person.with_patronymic)
        if _plain(text) in seen:
            continue
        seen.add(_plain(text))
        kind = "spelling" if writing.latin == person.ways[person.way].latin else "script"
        rows.append(_row(person, text, kind, writing.source))
        if len(rows) == SPELLINGS:
            break
    return rows + _broken(rng, person, seen)


def _broken(rng: random.Random, person: Person, seen: set[str]) -> list[tuple[str, ...]]:
    rows = []
    kinds = list(BREAKAGES)
    rng.shuffle(kinds)
    for kind in sorted(kinds, key=lambda kind: rng.random() / BREAKAGES[kind].weight):
        latin = [way for way, writing in person.ways.items() if writing.usual]
        writing = person.ways[rng.choice(latin)]
        broken = BREAKAGES[kind].apply(rng, writing, person)
        if not broken or _plain(broken) in seen:
            continue
        seen.add(_plain(broken))
        rows.append(_row(person, broken, kind, writing.source))
        if len(rows) == BROKEN:
            break
    return rows


def _asked(writing: Writing, with_patronymic: bool) -> str:
    kept = writing if with_patronymic else replace(writing, patronymic="")
    return mrz(" ".join(filter(None, kept.parts)))


def _plain(text: str) -> str:
    letters = (sign for sign in unicodedata.normalize("NFKD", text.upper()) if sign.isalpha())
    return "".join(letters)


def _row(person: Person, variant: str, kind: str, source: str) -> tuple[str, ...]:
    nation = CITIZENSHIP.get(person.nation, person.nation)
    return (
        person.id, person.name, person.listed_birth, variant, person.birth.isoformat(),
        person.sex, nation, kind, source,
    )  # fmt: skip


def written(rng: random.Random) -> list[tuple[str, ...]]:
    """The pairs written by hand. Rows with one name are one person."""
    rows: list[tuple[str, ...]] = []
    known: dict[str, tuple[str, date, str]] = {}
    with (DATA / "written_pairs.csv").open(encoding="utf-8", newline="") as lines:
        for pair in csv.DictReader(lines):
            if pair["name"] not in known:
                birth = birth_date(rng)
                listed = str(birth.year) if rng.random() < YEAR_ONLY else birth.isoformat()
                known[pair["name"]] = (f"written-{len(known) + 1:03}", birth, listed)
            identity, birth, listed = known[pair["name"]]
            rows.append((
                identity, pair["name"], listed, pair["variant"], birth.isoformat(), pair["sex"],
                CITIZENSHIP.get(pair["nation"], pair["nation"]), pair["kind"], pair["source"],
            ))  # fmt: skip
    return rows


def homes() -> dict[str, str]:
    """The name at home of each made-up person of the set, which tells their homonyms."""
    found = people(random.Random(SEED))
    ways = {one.id: one.ways["home"] for one in found}
    return {key: f"{way.surname} {way.given}".casefold() for key, way in ways.items()}


def held_out(person_id: str) -> bool:
    """Whether nobody looks at this person while tuning."""
    return hashlib.sha1(person_id.encode()).hexdigest()[0] in "012"


def golden() -> Sequence[Mapping[str, str]]:
    """The rows of the committed file."""
    with (DATA / "variants.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


if __name__ == "__main__":
    main()
