"""Which pairs do the published romanisations add, for letters that Wikidata's pairs lack?

Sources: ICAO Doc 9303-3 §6 (table of Cyrillic); BGN/PCGN 1947 (Russian), 1979 (Kazakh, Kyrgyz),
1994 (Tajik); GOST 7.79-2000 B; Uzbek Latin alphabet of 1995; Kazakh alphabet project of 2021;
Turkmen alphabet of 1999; Uyghur Latin (ULY) of 2008; names as passports and newspapers have them.
"""

import re
from dataclasses import dataclass

import numpy as np

from tools.token_training.pairs import Known, Pair, plain, some

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_PLAIN_WORD = re.compile(f"[{_RUSSIAN}]{{3,}}")


def _table(row: str, **more: str) -> dict[str, str]:
    cells = ("" if cell == "_" else cell for cell in row.split())
    return dict(zip(_RUSSIAN, cells, strict=True)) | more


_ICAO = _table("a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia")
_BGN = _table("a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya")
_OLD = _BGN | {"ё": "e"}
_GOST = _table("a b v g d e yo zh z i j k l m n o p r s t u f x cz ch sh shh _ y _ e yu ya")
_FRENCH = _table("a b v g d e e j z i i k l m n o p r s t ou f kh ts tch ch chtch _ y _ e iou ia")
_ISO = _table("a b v g d e e z z i j k l m n o p r s t u f h c c s sc _ y _ e u a")
_SHORT = _table("a b v g d e yo j z i y k l m n o p r s t u f h ts ch sh sh _ i _ e yu ya")
_UZBEK = _SHORT | {"х": "x", "ъ": "'", "ў": "o'", "қ": "q", "ғ": "g'", "ҳ": "h"}
_UZBEK_OLD = _SHORT | {"х": "kh", "ў": "u", "қ": "k", "ғ": "g", "ҳ": "kh"}
_UZBEK_MRZ = _UZBEK | {"ў": "o", "ғ": "g", "ъ": ""}
_KYRGYZ = _BGN | {"ж": "j", "ң": "n", "ө": "o", "ү": "u"}
_KYRGYZ_BGN = _BGN | {"ж": "dzh", "ң": "ng", "ө": "ö", "ү": "ü"}
_KYRGYZ_ICAO = _ICAO | {"ң": "n", "ө": "o", "ү": "u"}
_KAZAKH_PLAIN = {"ә": "a", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i"}
_KAZAKH = _BGN | _KAZAKH_PLAIN | {"ғ": "g", "қ": "k"}
_KAZAKH_BGN = _BGN | _KAZAKH_PLAIN | {"ғ": "gh", "қ": "q", "ң": "ng"}
_KAZAKH_2021 = _table(
    "a b v g d e io j z i i k l m n o p r s t u f h s sh ş ş _ y _ e iu ia",
    ә="ä", ғ="ğ", қ="q", ң="ñ", ө="ö", ұ="ū", ү="ü", һ="h", і="i",
)  # fmt: skip
_TAJIK = _SHORT | {"ж": "zh", "х": "kh", "ъ": "'", "ғ": "gh", "ӣ": "i", "қ": "q", "ӯ": "u"}
_TAJIK |= {"ҳ": "h", "ҷ": "j"}
_TAJIK_OLD = _OLD | {"ғ": "g", "ӣ": "i", "қ": "k", "ӯ": "u", "ҳ": "kh", "ҷ": "dzh"}
_TURKMEN = _table(
    "a b w g d e ýo ž z i ý k l m n o p r s t u f h s ç ş ş _ y _ e ýu ýa",
    ҷ="j", ң="ň", ә="ä", ө="ö", ү="ü",
)  # fmt: skip
_TURKMEN_OLD = _SHORT | {"ж": "zh", "х": "kh", "ы": "y"}
_TURKMEN_OLD |= {"ҷ": "dzh", "ң": "n", "ә": "a", "ө": "o", "ү": "u"}
_AS_RUSSIAN = dict(zip("әғқңөұүһіўҳӣӯ", "агкноуухиухиу", strict=True)) | {"ҷ": "дж"}
_UYGHUR = _table("ا ب ۋ گ د ې يو ج ز ى ي ك ل م ن و پ ر س ت ۇ ف خ س چ ش ش _ ى _ ې يۇ يا") | dict(
    zip("әғқңөүһ", "ەغقڭۆۈھ", strict=True)
)
_UYGHUR_LATIN = _table(
    "a b w g d e yo j z i y k l m n o p r s t u f x s ch sh sh _ i _ e yu ya",
    ә="e", ғ="gh", қ="q", ң="ng", ө="ö", ү="ü", һ="h",
)  # fmt: skip
_UYGHUR_OLD = _UYGHUR_LATIN | {"в": "v", "х": "kh", "ә": "a", "ө": "o", "ү": "u", "қ": "k"}
_UYGHUR_TAKES = {"а": "ә", "г": "ғ", "к": "қ", "нг": "ң", "о": "ө", "у": "ү", "х": "һ"}
_UYGHUR_VOWELS = "اوۇۆۈېىە"


@dataclass(frozen=True)
class Language:
    """Which Russian letters may stand for a letter of its own, and how it is romanised."""

    takes: dict[str, str]
    romanisations: tuple[dict[str, str], ...]
    share: float  # of the pairs made
    as_russian: dict[str, str]


_LANGUAGES = (
    Language(
        {"у": "ў", "к": "қ", "г": "ғ", "х": "ҳ", "о": "ў"},
        (_UZBEK, _UZBEK_OLD, _UZBEK_MRZ), 0.15, _AS_RUSSIAN,
    ),
    Language(
        {"нг": "ң", "н": "ң", "о": "ө", "у": "ү", "дж": "ж", "ё": "ө"},
        (_KYRGYZ, _KYRGYZ_BGN, _KYRGYZ_ICAO), 0.15, _AS_RUSSIAN | {"ө": "е"},
    ),
    Language(
        {"а": "ә", "г": "ғ", "к": "қ", "н": "ң", "о": "ө", "у": "ұ", "ю": "ү", "х": "һ", "ы": "і"},
        (_KAZAKH, _KAZAKH_2021, _KAZAKH_BGN), 0.17, _AS_RUSSIAN,
    ),
    Language(
        {"г": "ғ", "и": "ӣ", "к": "қ", "у": "ӯ", "х": "ҳ", "дж": "ҷ", "ж": "ҷ"},
        (_TAJIK, _TAJIK_OLD), 0.13, _AS_RUSSIAN,
    ),
    Language(
        {"дж": "ҷ", "ж": "ҷ", "н": "ң", "а": "ә", "о": "ө", "у": "ү"},
        (_TURKMEN, _TURKMEN_OLD), 0.1, _AS_RUSSIAN,
    ),
    Language(
        {},
        (_ICAO, _BGN, _GOST, _OLD, _FRENCH, _ISO, _SHORT, _KYRGYZ, _UZBEK_OLD), 0.3, {},
    ),
)  # fmt: skip
_ROMANISED_RUSSIAN = (_ICAO, _OLD, _BGN)


def _write(word: str, table: dict[str, str]) -> str:
    return "".join(table.get(letter, letter) for letter in word)


def _regional(word: str, takes: dict[str, str], chance: np.random.Generator) -> str:
    for letter, own in takes.items():
        if letter in word and chance.random() < 0.45:
            word = word.replace(letter, own, -1 if chance.random() < 0.6 else 1)
    return word


def _as_met(latin: str, chance: np.random.Generator) -> str:
    """With or without its marks and apostrophes."""
    latin = plain(latin) if chance.random() < 0.5 else latin
    return latin.replace("'", "") if chance.random() < 0.3 else latin


def _any(choices: tuple[dict[str, str], ...], chance: np.random.Generator) -> dict[str, str]:
    return choices[int(chance.integers(len(choices)))]


def romanised(words: list[str], count: int, chance: np.random.Generator) -> Known:
    """Pairs made from so many Cyrillic words, and a fifth as many with Uyghur letters."""
    words = [word for word in words if _PLAIN_WORD.fullmatch(word)]
    made = Known([], [], [], [], [], [])
    shares = [language.share for language in _LANGUAGES]
    for at in chance.choice(len(words), count):
        language = _LANGUAGES[int(chance.choice(len(_LANGUAGES), p=shares))]
        _one(words[at], language, made, chance)
    for at in chance.choice(len(words), count // 5):
        _uyghur(words[at], made, chance)
    return made


def _one(word: str, language: Language, made: Known, chance: np.random.Generator) -> None:
    own = _regional(word, language.takes, chance)
    first = _as_met(_write(own, _any(language.romanisations, chance)), chance)
    other = _as_met(_write(own, _any(language.romanisations, chance)), chance)
    made.lc.append((first, own))
    if first != other:
        made.ll.append((first, other))
    russian = _write(own, language.as_russian)
    if russian != own:
        made.cc.append((own, russian))
        made.lc.append((other, russian))
        made.ll.append((first, _write(russian, _any(_ROMANISED_RUSSIAN, chance))))


def _uyghur(word: str, made: Known, chance: np.random.Generator) -> None:
    own = _regional(word, _UYGHUR_TAKES, chance)
    arabic = _write(own, _UYGHUR)
    if arabic[:1] in _UYGHUR_VOWELS:
        arabic = "ئ" + arabic
    latin = _as_met(_write(own, _any((_UYGHUR_LATIN, _UYGHUR_OLD), chance)), chance)
    made.la.append((latin, arabic))
    made.ca.append((_write(own, _AS_RUSSIAN) if chance.random() < 0.6 else own, arabic))


def persian(pairs: list[Pair], chance: np.random.Generator) -> tuple[list[Pair], list[Pair]]:
    """Latin-Arabic pairs with the letters of Persian and Pashto: (with Latin, with Arabic)."""
    latin_pairs, arabic_pairs = [], []
    for latin, arabic in pairs:
        own = _persian(latin, arabic, chance)
        if chance.random() < 0.12:
            own = _pashto(own, plain(latin), chance)
        if own != arabic:
            latin_pairs.append((latin, own))
            arabic_pairs.append((arabic, own))
    return latin_pairs, arabic_pairs


def _persian(latin: str, arabic: str, chance: np.random.Generator) -> str:
    bare = plain(latin)
    if "p" in bare and "b" not in bare:
        arabic = arabic.replace("ب", "پ")
    if "ch" in bare or set(latin) & set("čćç"):
        arabic = arabic.replace("تش", "چ")
    if "g" in bare and "j" not in bare and "gh" not in bare:
        arabic = arabic.replace("ج", "گ").replace("غ", "گ")
    if "v" in bare and "f" not in bare:
        arabic = arabic.replace("ف", "و" if chance.random() < 0.7 else "ڤ")
    if "zh" in bare or "ž" in latin:
        arabic = arabic.replace("ج", "ژ")
    return arabic


def _pashto(arabic: str, bare: str, chance: np.random.Generator) -> str:
    for letter, own in zip("تدرنس", "ټډړڼڅ", strict=True):
        if chance.random() < 0.3:
            arabic = arabic.replace(letter, own)
    if "sh" in bare or "kh" in bare:
        arabic = arabic.replace("ش", "ښ").replace("خ", "ښ")
    return arabic


def as_typed(arabic: str, chance: np.random.Generator) -> str:
    """Arabic as people type it: hamza left out, the last ya and ta marbuta made plain."""
    for letter, other in zip("أإآىةؤئ", "اااي" + "ه" + "وي", strict=True):
        if chance.random() < 0.5:
            arabic = arabic.replace(letter, other)
    return arabic


def enriched(known: Known, made: int, chance: np.random.Generator) -> Known:
    """One epoch's pairs: what people wrote, and what the published tables add to it."""
    more = romanised(known.cyrillic, made, chance)
    persian_latin, persian_arabic = persian(some(known.la, 16000, chance), chance)
    typed = [(arabic, as_typed(arabic, chance)) for _, arabic in some(known.la, 5000, chance)]
    loose = [(latin, as_typed(arabic, chance)) for latin, arabic in some(known.la, 5000, chance)]
    return Known(
        lc=known.lc + more.lc,
        la=known.la + more.la + persian_latin + loose,
        ll=known.ll + more.ll,
        cc=known.cc + more.cc,
        aa=known.aa + persian_arabic[:2500] + [pair for pair in typed if pair[0] != pair[1]],
        ca=some(known.ca, 8000, chance) + more.ca,
    )
