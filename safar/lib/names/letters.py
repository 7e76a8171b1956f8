"""How is a name written in another script put into Latin letters, and into those of an MRZ?"""

import re
import unicodedata
from typing import Final

from anyascii import anyascii

# ICAO Doc 9303-3 §6 B (Cyrillic). The letters of Central Asia that the table leaves out follow
# national practice; those that the countries spell differently are in LANGUAGES.
_RUSSIAN: Final = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia"
CYRILLIC: Final = dict(
    zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _RUSSIAN.split(), strict=True)
) | {
    "ь": "",
    "ң": "n", "ө": "o", "ү": "u", "ә": "a", "ғ": "gh", "қ": "q", "ұ": "u", "һ": "h", "і": "i",
    "ӣ": "i", "ӯ": "u", "ҳ": "h", "ҷ": "j", "ў": "o", "җ": "j", "є": "ie", "ї": "i", "ґ": "g",
    "ђ": "d", "ѓ": "g", "ѕ": "dz", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ќ": "k", "џ": "dz",
    "ҥ": "n", "ҙ": "z", "ҫ": "s", "ӑ": "a", "ӗ": "e", "ӳ": "u", "ӱ": "u", "ӧ": "o",
}  # fmt: skip

LANGUAGES: Final[dict[str, dict[str, str]]] = {
    "kk": {"қ": "k", "ғ": "g"},
    "uz": {"ғ": "g", "ж": "j", "х": "x", "й": "y", "ё": "yo", "ю": "yu", "я": "ya"},
    "tg": {"й": "y", "ё": "yo", "ю": "yu", "я": "ya", "ж": "zh", "ъ": ""},
    "be": {"ў": "u"},
    "uk": {"г": "h", "и": "y", "й": "i"},
}

# ICAO Doc 9303-3 §6 A (Latin letters with marks); where it allows two, the first it names.
MRZ_LATIN: Final = {
    "Ä": "AE", "Å": "AA", "Æ": "AE", "Ö": "OE", "Ø": "OE", "Œ": "OE", "Ü": "UE", "ß": "SS",
    "ẞ": "SS", "Þ": "TH", "Ð": "D", "Đ": "D", "Ħ": "H", "Ł": "L", "Ŋ": "N", "Ŧ": "T", "ĸ": "Q",
    "ı": "I", "İ": "I", "Ĳ": "IJ", "Ə": "E", "Ñ": "N",
}  # fmt: skip

# Letters that look alike in print, so that a clerk's keyboard may have put either.
TO_CYRILLIC: Final = dict(
    zip("ABCEHKMOPTXYaceopxykiImthbʙΑΒΕΗΙΚΜΟΡΤΧο", "АВСЕНКМОРТХУасеорхукіІмтһьвАВЕНІКМОРТХо",
        strict=True)
)  # fmt: skip
TO_LATIN: Final = dict(
    zip("АВСЕНКМОРТХУІЈЅҮаеорсухіјѕүһԛԝΑΒΕΗΙΚΜΝΟΡΤΥΧΖο",
        "ABCEHKMOPTXYIJSYaeopcyxijsyhqwABEHIKMNOPTYXZo", strict=True)
)  # fmt: skip
APOSTROPHES: Final = "'`´ʹʻʼʽˈ‘’‛′‵ʾʿ\"“”״＇"
SEPARATORS: Final = re.compile(r"[\s\-‐‑‒–—_.,;:/\\<>()|·•]+")
_DROP_APOSTROPHES: Final = {ord(c): None for c in APOSTROPHES}


def _script(letter: str) -> str:
    if letter.isascii():
        return "latin" if letter.isalpha() else ""
    code = ord(letter)
    if 0x400 <= code <= 0x52F:
        return "cyrillic"
    if 0x370 <= code <= 0x3FF:
        return "greek"
    return "latin" if code < 0x2B0 or 0x1E00 <= code < 0x1F00 else "other"


def one_script(word: str) -> str:
    """The word with look-alike letters of a second script put back (AХМЕТОВ with a Latin A)."""
    scripts = [_script(c) for c in word if c.isalpha()]
    cyrillic, latin = scripts.count("cyrillic"), scripts.count("latin")
    if not cyrillic or cyrillic == len(scripts):
        if latin and "greek" in scripts:
            return "".join(TO_LATIN.get(c, c) for c in word)
        return word
    strange = [c for c in word if _script(c) in {"latin", "greek"}]
    native = [c for c in word if _script(c) == "cyrillic"]
    into_cyrillic = all(c in TO_CYRILLIC for c in strange)
    into_latin = all(c in TO_LATIN for c in native)
    if into_cyrillic and (cyrillic >= latin or not into_latin):
        return "".join(TO_CYRILLIC.get(c, c) for c in word)
    if into_latin:
        return "".join(TO_LATIN.get(c, c) for c in word)
    return word


def latin(name: str, language: str = "") -> str:
    """The name in Latin letters, case kept: Cyrillic by ICAO Doc 9303-3 §6, the rest by anyascii.

    Latin letters keep their marks. `language` (kk, uz, tg, be, uk) picks that country's own habit
    for the letters that neighbours spell differently.
    """
    table = CYRILLIC | LANGUAGES.get(language, {})
    words = re.split(r"(\s+)", unicodedata.normalize("NFC", name))
    return "".join(_latin_word(one_script(word), table) for word in words)


def _latin_word(word: str, table: dict[str, str]) -> str:
    if word.isascii():
        return word
    shouting = sum(c.isupper() for c in word) > 1 and not any(c.islower() for c in word)
    return "".join(_latin_letter(letter, table, shouting) for letter in word)


def _latin_letter(letter: str, table: dict[str, str], shouting: bool) -> str:
    if letter in APOSTROPHES:
        return "'"
    lower = letter.lower()
    if lower in table:
        written = table[lower]
        if letter == lower:
            return written
        return written.upper() if shouting else written.capitalize()
    if _script(letter) == "latin" or not letter.isprintable():
        return letter
    return anyascii(letter)


def mrz_form(name: str, language: str = "") -> str:
    """The name in A-Z and single spaces, as a machine readable zone spells it, without fillers.

    ICAO Doc 9303-3 §4.6 (hyphens and commas become a space, apostrophes go) and §6 (letters).
    """
    text = latin(name, language).translate(_DROP_APOSTROPHES)
    text = "".join(MRZ_LATIN.get(c if c in MRZ_LATIN else c.upper(), c) for c in text)
    text = anyascii(unicodedata.normalize("NFKD", text)).upper()
    words = (re.sub(r"[^A-Z]", "", word) for word in SEPARATORS.split(text))
    return " ".join(word for word in words if word)


# Turkmen, Turkish, Uzbek and Azeri letters as their neighbours spell them, not as an MRZ does.
_PLAIN: Final = str.maketrans(
    {"ş": "sh", "ș": "sh", "ç": "ch", "č": "ch", "š": "sh", "ž": "zh", "ə": "a", "ä": "a",
     "ö": "o", "ø": "o", "ü": "u", "å": "a", "ı": "i", "ñ": "n", "ň": "n", "ğ": "g", "ß": "ss",
     "þ": "t", "ð": "d", "đ": "d", "ł": "l", "æ": "a", "œ": "o", "0": "o", "1": "i"}
)  # fmt: skip


def plain(word: str) -> str:
    """The word in a-z only, marks dropped by the habits of the region; may be empty."""
    text = unicodedata.normalize("NFC", latin(word).translate(_DROP_APOSTROPHES).lower())
    text = text.replace("i̇", "i").translate(_PLAIN)
    text = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z]", "", text if text.isascii() else anyascii(text).lower())
