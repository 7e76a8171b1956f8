"""Is this an Arabic name as a machine readable zone spells it, letter by letter, and which one?

ICAO Doc 9303-3 §6 C writes each Arabic letter by one to three Latin ones, many with an X, and no
vowels: RXHXYAMXYA is رحیمی. No sound can be read from that; put back into Arabic letters it can.
"""

import re
from typing import Final

_LETTERS: Final = {
    "xaa": "آ", "xae": "أ", "xah": "ة", "xay": "ى", "xta": "ة", "xth": "ث", "xh": "ح",
    "xkh": "خ", "xdh": "ذ", "xsh": "ش", "xss": "ص", "xdz": "ض", "xtt": "ط", "xzz": "ظ",
    "xya": "ی", "xyb": "ے", "xyh": "ہ", "xkk": "ک", "xke": "ک", "xgg": "گ", "xg": "گ",
    "xch": "چ", "xc": "چ", "xj": "ژ", "xzh": "ژ", "xxt": "ٹ", "xxd": "ڈ", "xxr": "ڑ",
    "xnn": "ں", "xdo": "ھ", "xrr": "ړ", "xrx": "ږ", "xxs": "ښ", "xxn": "ڼ", "xxy": "ۍ",
    "xe": "ء", "xi": "ئ", "a": "ا", "b": "ب", "d": "د", "e": "ع", "f": "ف", "g": "غ", "h": "ه",
    "i": "إ", "j": "ج", "k": "ك", "l": "ل", "m": "م", "n": "ن", "p": "پ", "q": "ق", "r": "ر",
    "s": "س", "t": "ت", "u": "ؤ", "w": "و", "y": "ي", "z": "ز",
}  # fmt: skip
_LETTER: Final = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))
_TELLING: Final = re.compile(
    r"x(?:kh|th|dh|sh|ss|dz|tt|zz|ya|aa|ae|ta|ah|ay|kk|ke|gg|ch)|xh(?![aeiouy])"
)
_MOST_VOWELS: Final = 0.35  # of the letters beside those with an X; a written vowel is seldom


def decoded(words: list[str]) -> list[str]:
    """The words in Arabic letters where they are such a zone's, else as they are.

    Uzbek names have an x too (Toxtayev, Raxshona): those have their vowels.
    """
    text = "".join(words)
    if "x" not in text or not _TELLING.search(text):
        return words
    rest = _TELLING.sub("", text)
    vowels = sum(letter in "aeiou" for letter in rest)
    if "o" in rest or vowels > _MOST_VOWELS * max(1, len(rest)):
        return words
    return ["".join(_LETTERS[found] for found in _LETTER.findall(word)) or word for word in words]
