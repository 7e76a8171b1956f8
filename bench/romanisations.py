"""How is a name written by each published table? The tables stand in `data/romanisations.csv`."""

import csv
import random
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

PATH = Path(__file__).with_name("data") / "romanisations.csv"
CYRILLIC_VOWELS = "аәеёиіїоөуұүыэюяєӣӯў"
VOWELS = CYRILLIC_VOWELS + "aeiouyəıöüé"
NO_LETTER = str.maketrans(
    {"ʻ": "", "ʼ": "", "’": "", "'": "", "ı": "i", "İ": "I", "ə": "e", "Ə": "E", "ß": "ss"}
)
UNUSUAL = {"icao-arabic", "uzbek-1993", "kazakh-2018", "bgn-tajik"}  # seldom in a passport


@dataclass(frozen=True)
class Writing:
    """One name in one way of writing."""

    surname: str
    given: str
    patronymic: str
    source: str
    latin: bool
    listable: bool = True  # lists write so
    usual: bool = True  # passports write so, in Latin letters

    @property
    def parts(self) -> tuple[str, str, str]:
        return self.surname, self.given, self.patronymic


@dataclass(frozen=True, eq=False)
class Table:
    """Letters with their places: `^` begins a word, `$` ends it, `+` after and `~` between vowels."""

    nations: frozenset[str]
    source: str
    letters: Mapping[str, str]
    longest: int
    known: dict[str, str] = field(default_factory=dict)  # words written before

    def write(self, text: str) -> str:
        return " ".join(
            "-".join(self._once(part) for part in word.split("-")) for word in text.split()
        )

    def _once(self, word: str) -> str:
        if word not in self.known:
            self.known[word] = self._word(word)
        return self.known[word]

    def _word(self, word: str) -> str:
        low, out, at = word.lower().replace("i̇", "i"), "", 0
        while at < len(low):
            for size in range(min(self.longest, len(low) - at), 0, -1):
                if (found := self._letters(low, at, size)) is not None:
                    out += found
                    at += size
                    break
            else:
                out += low[at]
                at += 1
        return out[:1].upper() + out[1:] if word[:1].isupper() else out

    def _letters(self, low: str, at: int, size: int) -> str | None:
        piece, before = low[at : at + size], low[at - 1] if at else ""
        after = low[at + size : at + size + 1]
        places = [
            ("^" + piece, not before),
            (piece + "$", not after),
            ("+" + piece, bool(before) and before in VOWELS + "ьъ"),
            ("~" + piece, bool(before and after) and before in VOWELS and after in VOWELS),
            (piece, True),
        ]
        fits = (key for key, here in places if here and key in self.letters)
        return self.letters.get(next(fits, ""))


@cache
def tables() -> dict[str, Table]:
    """Every table by the name of its system."""
    found: dict[str, Table] = {}
    with PATH.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            own = dict(part.split("=") for part in row["letters"].split())
            letters = {**(found[row["like"]].letters if row["like"] else {}), **own}
            longest = max(len(key.strip("^$+~")) for key in letters)
            nations = frozenset(row["nations"].split())
            found[row["system"]] = Table(nations, row["source"], letters, longest)
    return found


def writings(rng: random.Random, nation: str, parts: tuple[str, str, str]) -> dict[str, Writing]:
    """Every way of writing one name, by system; `home` is one of them."""
    if "|" in parts[0]:
        return _spelt(rng, nation, parts)
    latin = is_latin(parts[0])
    ways: dict[str, Writing] = {"home": Writing(*parts, "home", latin, usual=latin)}
    for system, table in tables().items():
        if nation in table.nations:
            ways[system] = _by(table, parts, system)
            if not ways[system].latin and not is_arabic(ways[system].given):
                again = _by(tables()["icao"], ways[system].parts, "icao")
                ways[f"{system} icao"] = replace(again, source=f"{system} icao")
    return ways


def _by(table: Table, parts: tuple[str, str, str], system: str) -> Writing:
    surname, given, father = (table.write(part) for part in parts)
    latin = is_latin(given)
    usual = latin and system not in UNUSUAL
    return Writing(surname, given, father, system, latin, system != "icao-arabic", usual)


def _spelt(rng: random.Random, nation: str, parts: tuple[str, str, str]) -> dict[str, Writing]:
    """Names whose spellings the stock holds: home letters, Latin spellings, Cyrillic."""
    home, latin, cyrillic = (tuple(part.split("|")[i] for part in parts[:2]) for i in range(3))
    roman = is_latin(home[0])
    ways = {"home": Writing(home[0], home[1], "", "home", roman, usual=roman)}
    source = "usage" if nation != "CHN" else "wade-giles"
    for number in range(3):
        surname, given = (rng.choice(spellings.split("/")) for spellings in latin)
        usual = nation != "CHN"
        ways[f"spelt {number}"] = Writing(surname, given, "", source, latin=True, usual=usual)
    russian = "practical-cyrillic" if nation != "CHN" else "palladius"
    ways["cyrillic"] = Writing(cyrillic[0], cyrillic[1], "", russian, False, usual=False)
    back = _by(tables()["icao"], (cyrillic[0], cyrillic[1], ""), "icao")
    ways["cyrillic icao"] = replace(back, source=f"{russian} icao")
    if nation != "CHN":
        ways["icao-arabic"] = _by(tables()["icao-arabic"], (home[0], home[1], ""), "icao-arabic")
    return ways


@lru_cache(maxsize=200_000)
def is_latin(text: str) -> bool:
    return next((sign < "Ͱ" for sign in text if sign.isalpha()), True)


def is_arabic(text: str) -> bool:
    return any("؀" <= sign <= "ۿ" for sign in text)


@lru_cache(maxsize=200_000)
def mrz(text: str) -> str:
    """Latin letters as the zone has them: A to Z and blanks. Other scripts stay, in capitals."""
    if not is_latin(text):
        return text.upper()
    flat = unicodedata.normalize("NFKD", text.translate(NO_LETTER))
    kept = "".join(sign for sign in flat if not unicodedata.combining(sign))
    letters = (sign if sign.isascii() and sign.isalpha() else " " for sign in kept.upper())
    return " ".join("".join(letters).split())
