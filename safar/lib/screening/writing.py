"""How is a name read into words of one script each, whatever was typed or scanned?"""

import unicodedata
from functools import lru_cache
from typing import Final

from safar.lib.names.letters import APOSTROPHES, SEPARATORS, one_script

LONGEST: Final = 400  # characters of a name that are read; ICAO allows 39, no register 400
_FILLERS: Final = str.maketrans(
    {"<": " ", "-": " ", "_": " ", ".": " ", ";": " ", ":": " ", "/": " ", "\\": " ",
     "(": " ", ")": " ", "|": " ", ",": " "} | dict.fromkeys(APOSTROPHES)
)  # fmt: skip
# Letters of the Uyghur alphabet that Arabic, Persian and Urdu do not use; its vowels are written.
_ONLY_UYGHUR: Final = frozenset("ەۆۈۇڭۋ")
# Uyghur Latin alphabet (Xinjiang University, 2001-2008), as passports spell it: x is kh.
UYGHUR: Final = str.maketrans(
    {"ئ": "", "ا": "a", "ە": "a", "ب": "b", "پ": "p", "ت": "t", "ج": "j", "چ": "ch", "خ": "kh",
     "د": "d", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "غ": "gh", "ف": "f", "ق": "q",
     "ك": "k", "ک": "k", "گ": "g", "ڭ": "ng", "ل": "l", "م": "m", "ن": "n", "ھ": "h", "ه": "h",
     "و": "o", "ۇ": "u", "ۆ": "o", "ۈ": "u", "ۋ": "w", "ې": "e", "ى": "i", "ی": "i", "ي": "y"}
)  # fmt: skip


def split_surname(name: str) -> tuple[str, str, bool]:
    """The text before and after the mark that ends a surname, and whether there was one."""
    name = name[:LONGEST]
    comma, filler = name.find(","), name.find("<<")
    if comma < 0 and filler < 0:
        return name, "", False
    at = min(place for place in (comma, filler) if place >= 0)
    surname, rest = name[:at], name[at + 1 :]
    return surname, rest, bool(surname.strip(" <,"))


def words(text: str) -> list[str]:
    """The words of a text in lower case, each in one script, marks of Arabic writing removed."""
    if text.isascii():
        return text.lower().translate(_FILLERS).split()
    text = unicodedata.normalize("NFKC", _without_surrogates(text))
    # Look-alike letters are told in the case that was typed: Н is like H, н like no h.
    found = [one_script(word).lower() for word in SEPARATORS.split(_bare(text)) if word]
    found = [word.replace("i̇", "i") for word in found]
    if not _is_uyghur(text):
        return found
    return [word.translate(UYGHUR) for word in found]


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "ignore").decode()


@lru_cache(maxsize=4096)
def _is_dropped(letter: str) -> bool:
    """Vowel signs and tatweel of Arabic, direction marks, apostrophes, the dot of a Turkish i."""
    if letter in APOSTROPHES or letter in "ـ̇":
        return True
    return unicodedata.category(letter) in {"Mn", "Cf", "Cc", "Me"} and not letter.isspace()


def _bare(text: str) -> str:
    return "".join(c for c in text if not _is_dropped(c))


def _is_uyghur(text: str) -> bool:
    return any(c in _ONLY_UYGHUR for c in text) or text.lstrip().startswith("ئ")
