"""How may a name be spelt in a passport? Several tables are in use, often within one family.

ICAO Doc 9303-3 §6 (Russia since 2014, Kazakhstan); GOST R 52535.1-2006 (Russia 2010 to 2013);
order 310 of the Russian Ministry of the Interior (1997 to 2010); the French way of Soviet
passports; the habits of Kyrgyz, Kazakh, Uzbek, Tajik, Ukrainian and Belarusian passports.
"""

import unicodedata
from functools import cache
from typing import Final

from safar.lib.names.letters import APOSTROPHES, CYRILLIC, SEPARATORS, mrz_form, one_script

# What each table writes otherwise than CYRILLIC (ICAO); `=` alone: the letter is left out.
TABLES: Final[dict[str, str]] = {
    "icao": "",
    "gost-2006": "ц=tc ъ=",
    "order-310": "й=y ъ= ю=yu я=ya",
    "french": "ж=j у=ou ч=tch ш=ch щ=chtch ъ= ю=iou я=ia",
    "english": "ё=yo й=y ъ= ю=yu я=ya",
    "kyrgyz": "ж=j й=i ъ= ю=yu я=ya ң=n ө=o ү=u",
    "kyrgyz-dj": "ж=dj й=y ъ= ю=yu я=ya ң=ng ө=o ү=u",
    "kazakh": "й=y ъ= ю=yu я=ya қ=k ғ=g ә=a ө=o ү=u ұ=u ң=n һ=h",
    "uzbek": "ж=j й=y ъ= ё=yo ю=yu я=ya х=x ҳ=h қ=q ғ=g ў=o",
    "uzbek-kh": "ж=j й=y ъ= ё=yo ю=yu я=ya х=kh ҳ=kh қ=k ғ=g ў=u",
    "tajik": "й=i ъ= ё=yo ю=yu я=ya ҳ=h ҷ=j қ=q ғ=gh ӣ=i ӯ=u",
    "tajik-dzh": "й=y ъ= ё=e ю=yu я=ya ҳ=kh ҷ=dzh қ=k ғ=g ӣ=i ӯ=u",
    "ukrainian": "г=h и=y й=i щ=shch ь= ю=iu я=ia є=ie ї=i ґ=g",
    "belarusian": "г=h ў=u і=i ы=y ь=",
}
HEARS_YE: Final = frozenset({"english", "uzbek", "uzbek-kh"})
# Met in passports beside the tables, letter by letter.
HABITS: Final[dict[str, str]] = {
    "е": "ye ie", "ё": "yo io jo o", "ж": "zh j dj dzh", "й": "y j", "и": "y", "к": "c",
    "у": "u ou", "х": "h x", "ц": "ts tc c tz", "ч": "c tch", "ш": "sh ch", "щ": "sch shh sh",
    "ъ": " y", "ы": "i", "ь": " i y", "э": "e", "ю": "ju u", "я": "ja a", "ң": "ng", "ө": "oe",
    "ү": "ue", "ә": "ae e", "ҷ": "dj", "ҳ": "h x", "қ": "k", "ғ": "gh", "в": "w", "һ": "kh",
}  # fmt: skip
PAIRS: Final[dict[str, str]] = {
    "дж": "j dj", "ий": "y i ii iy", "ый": "y", "кс": "x", "ия": "ia iya iia", "ье": "ie ye",
    "ьё": "yo io", "ью": "iu yu", "ья": "ia ya",
}  # fmt: skip
# Doc 9303-3 §6 A, where it allows more than one, and what the region's passports do.
LATIN: Final[dict[str, str]] = {
    "ä": "ae a", "ö": "oe o", "ü": "ue u uxx", "å": "aa a", "ñ": "n nxx", "ø": "oe o", "æ": "ae",
    "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "đ": "d", "ł": "l", "ı": "i", "ə": "e a", "ş": "s sh",
    "ș": "s", "ç": "c ch", "ğ": "g", "č": "c ch", "š": "s sh", "ž": "z zh", "ý": "y", "ň": "n",
}  # fmt: skip
_VOWELS: Final = frozenset("аеёиоуыэюяәөүұўіӣӯ")
LONGEST: Final = 200  # letters of a name that are looked at


@cache
def _tables() -> dict[str, dict[str, str]]:
    changes = {
        name: dict(part.split("=") for part in text.split()) for name, text in TABLES.items()
    }
    return {name: CYRILLIC | changed for name, changed in changes.items()}


@cache
def _ways() -> dict[str, frozenset[str]]:
    """Letter, or pair of letters → everything that may stand for it in a zone, in small letters."""
    found: dict[str, set[str]] = {}
    for table in _tables().values():
        for letter, written in table.items():
            found.setdefault(letter, set()).add(written)
    for more in (HABITS, PAIRS, LATIN):
        for letter, text in more.items():
            found.setdefault(letter, set()).update(text.split(" "))
    return {letter: frozenset(ways) for letter, ways in found.items()}


def spellings(name_cyrillic: str) -> frozenset[str]:
    """Every spelling of a name by one table throughout, as a zone shows it: A-Z, single spaces.

    `Юлия` → {"IULIIA", "YULIYA", "IOULIIA", …}. A name without Cyrillic letters has its zone form
    alone. What mixes tables is a spelling too: ask `is_spelling`.
    """
    lower = _small(name_cyrillic)
    return frozenset(
        spelt for name, table in _tables().items() if (spelt := mrz_form(_by(table, name, lower)))
    )


def is_spelling(latin: str, written: str, *, cut: bool = False) -> bool | None:
    """Whether the Latin word or name in a zone may stand for a written one.

    Letter by letter any table may hold, because passports of one family differ. `cut`: the zone's
    name may be cut short (ICAO Doc 9303-3 §4.6), so that a beginning is enough.

    Returns:
        None where the written name has letters of a script that no table here covers.
    """
    target = mrz_form(latin).replace(" ", "").lower()[:LONGEST]
    source = SEPARATORS.sub("", _small(written))
    if not covers(written):
        return None
    return bool(target) and _fits(target, source, cut)


def covers(written: str) -> bool:
    """Whether the tables know every letter of a written name, and there is one."""
    letters = SEPARATORS.sub("", _small(written))
    return bool(letters) and all(_written(letter) is not None for letter in letters)


def _fits(target: str, source: str, cut: bool) -> bool:
    """Walk the written letters, holding every place in the zone's name that they may reach."""
    reached: list[set[int]] = [set() for _ in range(len(source) + 1)]
    reached[0].add(0)
    for at in range(len(source)):
        for long in (1, 2):
            ways = _written(source[at : at + long]) if at + long <= len(source) else None
            for way in ways or ():
                ends = {p + len(way) for p in reached[at] if target.startswith(way, p)}
                reached[at + long] |= ends
        if cut and len(target) in reached[at] and at:
            return True
    return len(target) in reached[-1]


def _written(letters: str) -> frozenset[str] | None:
    if len(letters) == 1 and "a" <= letters <= "z":
        return frozenset({letters})
    return _ways().get(letters)


def _small(name: str) -> str:
    text = unicodedata.normalize("NFC", name)[:LONGEST].replace("İ", "i").lower()
    words = (one_script(word) for word in text.split())
    return " ".join(words).translate({ord(sign): None for sign in APOSTROPHES})


def _by(table: dict[str, str], name: str, lower: str) -> str:
    return "".join(
        ("y" if name in HEARS_YE and sign == "е" and _opens(lower, at) else "")
        + table.get(sign, sign)
        for at, sign in enumerate(lower)
    )


def _opens(lower: str, at: int) -> bool:
    """Whether the letter at a place begins a word or follows a vowel: е is heard as ye there."""
    return at == 0 or lower[at - 1] in _VOWELS or not lower[at - 1].isalpha()
