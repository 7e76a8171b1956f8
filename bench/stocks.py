"""What are people of the region called, and how often? The stocks in `data/stocks.txt`."""

import random
from functools import cache
from itertools import accumulate
from pathlib import Path

PATH = Path(__file__).with_name("data") / "stocks.txt"
FLATTENING = 12  # how slowly frequency falls with rank: 1 / (rank + 12)
INFLECTED = {"KGZ", "KAZ", "UZB", "TJK", "TKM", "RUS", "NCA", "DNG"}
GROWN_FROM_GIVEN = {"KGZ", "KAZ", "UZB", "TJK", "TKM", "NCA", "DNG"}
BARE_SURNAME = {"KGZ": 0.06, "KAZ": 0.2, "TJK": 0.1, "UZB": 0.03}
ZODA = {"TJK": 0.12}
KIN = {"KAZ": ("ұлы", "қызы"), "UZB": (" ўғли", " қизи"), "KGZ": (" уулу", " кызы")}
OWN_WAY = {"KAZ": 0.5, "UZB": 0.55, "KGZ": 0.25}  # in place of -ович
KIN_SURNAME = {"KGZ": 0.2}
VOWELS = "аәеёиоөуұүыіэюяӣӯў"


@cache
def stock(nation: str, kind: str, sex: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Names with their accumulated weights."""
    wanted = f"{nation} {kind} {sex}:"
    lines = PATH.read_text(encoding="utf-8").splitlines()
    line = next(row for row in lines if row.startswith(wanted))
    names = _words(line.removeprefix(wanted))
    if kind == "surname" and nation in GROWN_FROM_GIVEN:
        grown = [grow(name) for name in stock(nation, "given", "M")[0] if "-" not in name]
        names += [name for name in dict.fromkeys(grown) if name not in set(names)]
    return tuple(names), tuple(accumulate(1 / (rank + FLATTENING) for rank in range(len(names))))


def _words(text: str) -> list[str]:
    """Words; the spelt ones hold blanks, so a word ends where its last bar part ends."""
    if "|" not in text:
        return text.split()
    words: list[str] = []
    for chunk in text.split():
        if words and words[-1].count("|") < 2:
            words[-1] += f" {chunk}"
        else:
            words.append(chunk)
    return words


def grow(given: str) -> str:
    """A surname in -ов or -ев out of a man's name."""
    last = given[-1].lower()
    if last in "йь":
        return f"{given[:-1]}ев"
    if last in "ыи":
        return f"{given[:-1]}иев"
    if last == "ӣ":
        return f"{given[:-1]}иев"
    return f"{given}ев" if last in "ашчжяеэ" else f"{given}{'в' if last in 'оу' else 'ов'}"


def drawn(rng: random.Random, nation: str, kind: str, sex: str) -> str:
    """A name by its frequency, with what the nation makes of a surname."""
    names, weights = stock(nation, kind, sex)
    if kind == "given":
        return rng.choices(names, cum_weights=weights)[0]
    chance = rng.random()
    father = drawn(rng, nation, "given", "M")
    if chance < KIN_SURNAME.get(nation, 0):
        return f"{father} уулу"
    chance = rng.random()
    if chance < BARE_SURNAME.get(nation, 0):
        return father
    if chance < BARE_SURNAME.get(nation, 0) + ZODA.get(nation, 0):
        return f"{father.removesuffix('ӣ').removesuffix('а')}зода"
    return rng.choices(names, cum_weights=weights)[0]


def female(nation: str, surname: str) -> str:
    """The surname as a woman bears it."""
    if surname.endswith(" уулу"):
        return surname.replace(" уулу", " кызы")
    if nation == "AZE" and surname.endswith(("ov", "yev")):
        return f"{surname}a"
    if nation not in INFLECTED:
        return surname
    if surname.endswith("ский"):
        return f"{surname[:-2]}ая"
    return f"{surname}а" if surname.endswith(("ов", "ев", "ёв", "ин", "ын")) else surname


def patronymic(rng: random.Random, nation: str, father: str, sex: str) -> str:
    """The father's name as the nation writes it; '' where it writes none."""
    if nation == "UKR":
        return _ukrainian(father, sex)
    if nation not in INFLECTED or nation == "DNG":
        return ""
    if rng.random() < OWN_WAY.get(nation, 0):
        return f"{father}{KIN[nation][sex == 'F']}"
    special = {"Илья": "Ильи", "Пётр": "Петр", "Павел": "Павл", "Лев": "Льв"}
    stem = special.get(father, father)
    if stem == "Ильи":
        return "Ильич" if sex == "M" else "Ильинична"
    if nation != "RUS" and stem[-1] in "аяоыиӣуе":  # Мусаевич, Алиевич, Гурбангулыевич
        stem = f"{stem[:-1]}и" if stem[-1] in "ыӣ" else stem
        return f"{stem}{'евич' if sex == 'M' else 'евна'}"
    soft = stem[-1] in "йьяеэ" or stem.endswith("и")
    stem = stem[:-1] if stem[-1] in "йьаяо" else stem
    if nation == "RUS" and father.endswith("ий"):
        stem = f"{stem.removesuffix('и')}ь"
    return stem + {"M": "евич" if soft else "ович", "F": "евна" if soft else "овна"}[sex]


def _ukrainian(father: str, sex: str) -> str:
    stem = father.removesuffix("о").removesuffix("а")
    if stem[-1] == "й":
        return f"{stem[:-1]}{'йович' if sex == 'M' else 'ївна'}"
    stem = stem.removesuffix("ь")
    return f"{stem}{'ович' if sex == 'M' else 'івна'}"
