"""Which parts has a name: names, fathers' names, initials, titles; joined where they are one?"""

from functools import lru_cache
from typing import Final, NamedTuple

from safar.lib.names.frequent import TITLES
from safar.lib.names.letters import plain
from safar.lib.names.skeleton import DAUGHTER, MOST_PARTS, PATRONYMIC_ENDS, SON, skeleton
from safar.lib.screening.arabic_zone import decoded
from safar.lib.screening.endings import DAUGHTER_END, SON_END
from safar.lib.screening.writing import split_surname, words

NAME, FATHER, INITIAL, TITLE = 0, 1, 2, 3
_DROPPED: Final = 3  # of `_Word.joins`
LONGEST_PART: Final = 40
# Arabic: al- in all its spellings before sun letters, ibn, bint; Romance and Dutch particles.
PARTICLES: Final = frozenset(
    [
        "al",
        "el",
        "ul",
        "il",
        "as",
        "ash",
        "es",
        "an",
        "ar",
        "ad",
        "at",
        "az",
        "ur",
        "us",
        "ud",
        "ibn",
        "bin",
        "ben",
        "bint",
        "bn",
        "wal",
        "de",
        "del",
        "la",
        "los",
        "las",
        "di",
        "da",
        "dos",
        "van",
        "von",
        "der",
        "ال",
        "بن",
        "ابن",
        "بنت",
        "аль",
        "эль",
        "ибн",
        "бин",
        "бен",
        "ас",
        "аш",
        "ар",
        "ад",
    ]
)
# Servant of: never a name alone, it joins the attribute that follows (Abd al-Rahman).
_ABD: Final = frozenset(
    ["abd", "abdu", "abdul", "abdal", "abdel", "abdur", "abdus", "abdun", "abdil", "abdool"]
)
_ABD_LETTERS: Final = frozenset({*_ABD, "bd"})  # Arabic letters have no vowels
# The same words in the French manner of Soviet passports.
_KIN: Final = SON | DAUGHTER | PATRONYMIC_ENDS | {"oulou", "oulu", "oglou", "oghlou", "ouly"}

# One Cyrillic initial in Latin letters: Ш., Ч., Ж., Х., Ц.
INITIALS: Final = frozenset({"sh", "ch", "zh", "kh", "ts"})

# The second half of names such as Rahmat Allah, Nur al-Din, which are often written as one word.
_ALLAH: Final = frozenset(
    ["allah", "ullah", "ulla", "alla", "ullo", "olla", "ollah", "allh", "llh", "lllh"]
)
_DIN: Final = frozenset(
    ["din", "deen", "uddin", "addin", "eddin", "eddine", "aldin", "eldin", "aldyn", "ldyn"]
)

_JOINING: Final = _ABD_LETTERS | _ALLAH | _DIN


class Part(NamedTuple):
    """One part of a name. `text` is what is compared; `shown` what stood there."""

    text: str
    kind: int
    surname: bool
    shown: str


class _Word(NamedTuple):
    shown: str
    text: str
    letters: str
    kind: int
    joins: int  # 1 takes the next word, 2 and 4 belong to the one before, 3 is dropped


def parse(name: str) -> tuple[Part, ...]:
    """The parts of a name in the order written; those before a comma or `<<` are the surname."""
    before, after, known = split_surname(name)
    surname, rest = words(before), words(after) if after else []
    if "x" in before or "X" in before or "x" in after or "X" in after:
        both = decoded([*surname, *rest])
        surname, rest = both[: len(surname)], both[len(surname) :]
    if len(surname) + len(rest) == 1:
        return _whole(*surname, *rest)
    parts = _parts(surname, known)
    if rest:
        parts += _parts(rest, False)
    if parts and all(part.kind == INITIAL for part in parts):
        return _whole("".join(part.text for part in parts))
    return tuple(parts[:MOST_PARTS])


def _whole(word: str) -> tuple[Part, ...]:
    """A name of one word, which is that word: no father's name, no initial, with its article."""
    word = word[:LONGEST_PART]
    text = word if word.isascii() and word.isalpha() else "".join(c for c in word if c.isalpha())
    return (Part(text, NAME, False, word),) if plain(text) else ()


def parse_known(name: str, kinds: list[int]) -> tuple[Part, ...]:
    """`parse` of a name whose kinds of parts the index holds: quick where its words are they.

    `surname` is not told.
    """
    if not name.isascii() or FATHER in kinds or "x" in name or "X" in name:
        return parse(name)
    found = words(name)
    if not _JOINING.isdisjoint(found) or not "".join(found).isalpha():
        return parse(name)
    kept = [word for word in found if word not in PARTICLES]
    if len(kept) != len(kinds) or (len(name) > LONGEST_PART and max(map(len, kept)) > LONGEST_PART):
        return parse(name)
    return tuple([Part(word, kind, False, word) for word, kind in zip(kept, kinds, strict=True)])


def _parts(found: list[str], surname: bool) -> list[Part]:
    read = [word for word in map(_word, found[:MOST_PARTS]) if word.text]
    if all(word.joins in (0, _DROPPED) for word in read):
        kept = [Part(w.text, w.kind, surname, w.shown) for w in read if not w.joins]
        return kept or [Part(w.text, NAME, surname, w.shown) for w in read]
    parts: list[Part] = []
    at = 0
    while at < len(read):
        part, at = _joined(read, at, surname)
        if part is not None:
            parts.append(part)
    if parts:
        return parts
    return [Part(w.text, NAME, surname, w.shown) for w in read]


def _joined(read: list[_Word], at: int, surname: bool) -> tuple[Part | None, int]:
    """The part that begins at a word, and where the next one begins."""
    word = read[at]
    text, shown = word.text, word.shown
    at += 1
    if word.joins == _DROPPED:
        return None, at
    if word.joins == 1:
        end = _past_articles(read, at)
        if end < len(read) and read[end].kind != INITIAL:
            shown = " ".join(w.shown for w in read[at - 1 : end + 1])
            text, at = _servant(text, read[end]), end + 1
    half = _past_articles(read, at)
    if half < len(read) and read[half].joins == 4 and word.kind in (NAME, TITLE):
        shown = " ".join([shown, *(w.shown for w in read[at : half + 1])])
        text, at = text + _half(text, read[half].letters), half + 1
    if at < len(read) and read[at].joins == 2 and len(text) > 2:
        shown = f"{shown} {read[at].shown}"
        return Part(plain(text), FATHER, surname, shown), at + 1
    again = _word(text) if text != word.text else word
    return Part(again.text, again.kind, surname, shown), at


def _past_articles(read: list[_Word], at: int) -> int:
    while at < len(read) - 1 and read[at].joins == _DROPPED:
        at += 1
    return at


def _half(first: str, letters: str) -> str:
    """The second half of a name in the script of the first."""
    halves = ("ullah", "улла", "الله") if letters in _ALLAH else ("uddin", "уддин", "الدين")
    latin, cyrillic, arabic = halves
    return latin if first.isascii() else arabic if first[0] >= "؀" else cyrillic


def _servant(abd: str, attribute: _Word) -> str:
    """Abd and the attribute as one word with the article between them, as mostly written."""
    text = attribute.shown
    if not abd.isascii() or not text.isascii():
        if abd == "عبد":
            return f"{abd}{text}"
        return f"{abd if len(abd) > 3 else abd + 'у'}{text}"
    if text == "allah":
        return "abdullah"
    return f"abdu{text[0]}{text}" if text[0] in "tdrzsn" else f"abdul{text}"


@lru_cache(maxsize=400_000)
def _word(word: str) -> _Word:
    word = word[:LONGEST_PART]
    letters = word if word.isascii() and word.isalpha() else plain(word)
    if not letters:
        return _Word("", "", "", NAME, _DROPPED)
    text = letters if word.isascii() else "".join(c for c in word if c.isalpha())
    if joins := _joins(word, letters):
        return _Word(text, text, letters, NAME, joins)
    if len(letters) == 1 or letters in INITIALS:
        return _Word(text, text, letters, INITIAL, 0)
    if father := SON_END.match(letters) or DAUGHTER_END.match(letters):
        return _Word(text, father[1], letters, FATHER, 0)
    kind = TITLE if skeleton(letters) in TITLES else NAME
    if len(text) > 4 and text.startswith("ال"):  # the Arabic article is written together
        return _Word(text, text[2:], letters, kind, 0)
    return _Word(text, text, letters, kind, 0)


def _joins(word: str, letters: str) -> int:
    """How a word joins its neighbours, see `_Word`; 0 where it stands for itself."""
    if word in PARTICLES or letters in PARTICLES:
        return _DROPPED
    if letters in _ABD_LETTERS:
        return 1
    if letters in _ALLAH or letters in _DIN:
        return 4
    return 2 if letters in _KIN else 0
