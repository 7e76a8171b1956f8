"""Which letters does a token consist of, as numbers that the model can look up?"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]

PADDING: Final = 0  # before the first and after the last letter
UNKNOWN: Final = 1  # a digit, an emoji, a letter of another script
DROPPED: Final = 255  # marks that stand beside a letter: hyphen, full stop, vowel sign
WIDTH: Final = 24  # letters kept of a token; 0.05 % of names on Wikidata are longer

LATIN: Final = (
    "abcdefghijklmnopqrstuvwxyz'ōéáćščöüūóíäłńıžçèýñşøəăğāėúīņïåśżàëßřșâæęđēěțãąðîõőňôêòů"
)
CYRILLIC: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя" + "әғқңөұүһіўҳҷӣӯ"
ARABIC: Final = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي" + "پچژگڤڭۆۇۈۋېەھ" + "ټډړږښڅځڼۍ"
ALPHABET: Final = "\0\1" + LATIN + CYRILLIC + ARABIC
SCRIPTS: Final = (LATIN, CYRILLIC, ARABIC)

# Letters written in more than one way, or that differ from a known letter in shape alone.
_SAME: Final = {
    **dict.fromkeys("ʻʼ’‘`´′ʹʾʿ‛＇", "'"),
    "ѓ": "г", "ќ": "к", "ј": "й", "ћ": "ч", "ђ": "ж", "є": "е", "ї": "и", "ґ": "г", "љ": "л",
    "њ": "н", "џ": "ж", "ѕ": "з", "ӱ": "у", "ҡ": "қ", "ҫ": "с", "ҙ": "з", "җ": "ж", "ҝ": "г",
    "ҹ": "ҷ", "ҥ": "ң", "ғ": "ғ", "ӈ": "ң", "ӄ": "қ", "ӏ": "ъ", "ӑ": "а", "ӗ": "е",
    "ی": "ي", "ې": "ې", "ے": "ي", "ک": "ك", "ہ": "ه", "ۀ": "ه", "ں": "ن", "ٹ": "ت", "ڈ": "د",
    "ڑ": "ر", "ٱ": "ا", "ڨ": "گ", "ګ": "گ", "ڪ": "ك", "ڧ": "ق", "ۉ": "ۆ", "ٲ": "أ", "ۓ": "ي",
    "ŋ": "ñ", "þ": "t", "œ": "ö", "ħ": "h", "ŧ": "t", "ɵ": "ö", "ƣ": "ğ", "ɡ": "g", "ơ": "o",
    "ư": "u", "ǵ": "g", "ĸ": "k", "ſ": "s",
}  # fmt: skip
_HIGHEST: Final = 0x10000


@lru_cache(maxsize=1)
def _table() -> Codes:
    """The code of every character below U+10000."""
    table = np.full(_HIGHEST + 1, UNKNOWN, np.uint8)
    for low, high in ((0x00, 0x530), (0x600, 0x700), (0x1E00, 0x2070), (0xFB00, 0xFF00)):
        for point in range(low, high):
            table[point] = _code(chr(point))
    for letter in _SAME:
        table[ord(letter)] = _code(letter)
    return table


def _code(letter: str) -> int:
    letter = _SAME.get(letter, letter)
    if letter in ALPHABET[2:]:
        return ALPHABET.index(letter)
    parts = unicodedata.normalize("NFKD", letter).lower()
    base = _SAME.get(parts[:1], parts[:1])
    if base and base in ALPHABET[2:]:
        return ALPHABET.index(base)
    category = unicodedata.category(letter)
    return UNKNOWN if category[0] in "LNSC" and category != "Cf" else DROPPED


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def spell(tokens: Sequence[str]) -> Codes:
    """One row a token: the codes of its letters, `PADDING` after them; (n, WIDTH)."""
    cut = [token if len(token) <= 2 * WIDTH else token[: 2 * WIDTH] for token in tokens]
    owner = np.repeat(np.arange(len(cut)), np.fromiter(map(len, cut), np.int64, len(cut)))
    codes = _table()[np.minimum(_points("".join(cut)), _HIGHEST)]
    kept = codes != DROPPED
    codes, owner = codes[kept], owner[kept]
    starts = np.searchsorted(owner, np.arange(len(cut)))
    place = np.arange(len(owner)) - starts[owner]
    rows = np.zeros((len(cut), WIDTH), np.uint8)
    fits = place < WIDTH
    rows[owner[fits], place[fits]] = codes[fits]
    return rows


def script_of(rows: Codes) -> NDArray[np.int64]:
    """The script of each row's first known letter: an index into `SCRIPTS`."""
    first: NDArray[np.int64] = _script_table()[rows].max(axis=1)
    return first % len(SCRIPTS)


@lru_cache(maxsize=1)
def _script_table() -> NDArray[np.int64]:
    first = np.zeros(len(ALPHABET), np.int64)
    at = 2
    for index, letters in enumerate(SCRIPTS):
        first[at : at + len(letters)] = index + len(SCRIPTS)
        at += len(letters)
    return first
