"""How is a name spelt with the letters of a zone? (ICAO Doc 9303-3 §6)"""

import unicodedata
from typing import Final

_LATIN = {
    "Ä": "AE", "Ö": "OE", "Ü": "UE", "ß": "SS", "ẞ": "SS", "Å": "AA", "Æ": "AE", "Ø": "OE",
    "Œ": "OE", "Þ": "TH", "Ð": "D", "Đ": "D", "Ħ": "H", "İ": "I", "ı": "I", "Ĳ": "IJ",
    "Ł": "L", "Ŋ": "N", "Ŧ": "T", "Ə": "A", "ĸ": "Q",
}  # fmt: skip
_CYRILLIC = {
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "E", "Ж": "ZH", "З": "Z",
    "И": "I", "Й": "I", "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R",
    "С": "S", "Т": "T", "У": "U", "Ф": "F", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH",
    "Щ": "SHCH", "Ъ": "IE", "Ы": "Y", "Ь": "", "Э": "E", "Ю": "IU", "Я": "IA",
    # Kyrgyz, Kazakh, Tajik, Uzbek, Ukrainian, Belarusian
    "Ң": "N", "Ө": "O", "Ү": "U", "Ә": "A", "Ғ": "G", "Қ": "K", "Ұ": "U", "Һ": "H", "І": "I",
    "Ӣ": "I", "Ӯ": "U", "Ҳ": "H", "Ҷ": "J", "Ў": "U", "Є": "IE", "Ї": "I", "Ґ": "G",
}  # fmt: skip
_SPACES = " -‐‑–—,./\u00a0"
_SILENT = "'’‘`ʻʼʹ´\"“”()"

SPELLINGS: Final = _LATIN | _CYRILLIC | dict.fromkeys(_SPACES, "<") | dict.fromkeys(_SILENT, "")


def signs(name: str) -> str:
    """A name in A-Z with `<` between its parts; apostrophes vanish, hyphens separate.

    Raises:
        ValueError: a letter has no spelling here (digits, Arabic, Chinese: spell them first).
    """
    spelt = "".join(map(_sign, unicodedata.normalize("NFC", name).upper()))
    return "<".join(part for part in spelt.split("<") if part)


def _sign(letter: str) -> str:
    if "A" <= letter <= "Z" or letter == "<":
        return letter
    if letter in SPELLINGS:
        return SPELLINGS[letter]
    if unicodedata.combining(letter):
        return ""
    base = unicodedata.normalize("NFKD", letter)[0]
    if "A" <= base <= "Z":
        return base
    raise ValueError(f"“{letter}” has no spelling in a machine readable zone.")
