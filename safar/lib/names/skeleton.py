"""Which spellings of a name are the same name? Those whose skeletons are equal."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from safar.lib.names.letters import APOSTROPHES, SEPARATORS, plain

Kind = Literal["plain", "patronymic", "initial"]

SON: Final = frozenset({
    "uulu", "uuly", "ulu", "uly", "ugli", "ogli", "ogly", "oglu", "ugly", "uglu", "oghli",
    "oghly", "ughli", "ughly", "oghlu", "ogl", "ugl",
})  # fmt: skip
DAUGHTER: Final = frozenset({
    "kyzy", "kizi", "qizi", "qyzy", "gyzy", "kizy", "gizi", "kyz", "qiz", "kiz", "qyz", "gyz",
    "qizy", "qyzi", "kyzi",
})  # fmt: skip
PATRONYMIC_ENDS: Final = frozenset({
    "ovich", "evich", "yevich", "ovna", "evna", "yevna", "ovych", "evych",
})  # fmt: skip
PARTICLES: Final = frozenset({"al", "el", "ibn", "bin", "ben", "bint", "ul"})
MOST_PARTS: Final = 24  # beyond this a text is no name; it bounds the work on garbage
_ABD: Final = frozenset({
    "abd", "abdu", "abdul", "abdal", "abdel", "abdur", "abdus", "abdun", "abdil",
})  # fmt: skip

_SON_END: Final = re.compile(
    r"^(.{3,}?)(?:[iy]*[eo]v[iy]ch|av[iy]ch|[ou]g[hl]?l[iyu]|u?(?<!g)ul[yu])$"
)
_DAUGHTER_END: Final = re.compile(
    r"^(.{3,}?)(?:[iy]*[eo]vna|[iy]*[eo]v[iy]ch[nk]a|[kq][iy]z[iy]?|g[iy]z[iy])$"
)
# In one pass, the longest first: after "kh" has become "h" an "s" before it must not make "sh".
_SOUNDS: Final = {
    "shch": "w", "sch": "w", "sh": "w", "tch": "c", "tsch": "c", "tsh": "c", "ch": "c",
    "dzh": "j", "dsch": "j", "dj": "j", "zh": "j", "kh": "h", "x": "h", "gh": "g", "ph": "f",
    "th": "t", "dh": "d", "ts": "x", "tz": "x", "ck": "k", "q": "k", "w": "v", "ng": "n",
    "ou": "u", "oo": "u", "y": "i",
}  # fmt: skip
_SOUND: Final = re.compile(
    "|".join(sorted(_SOUNDS, key=len, reverse=True))
    + r"|c|j$(?<=[aei]j)|[aeou]e(?![vw])"  # Mueller, but Zuev
)
_MUHAMMAD: Final = re.compile(r"m[uao]?[hg][ua]m+[aeiu]d|muhamat|muhamet|muhumad|mahamad")
_X_IS_KS: Final = re.compile(r"(?<=^ale)x|(?<=^ma)x(?=im|$)|(?<=ro)x(?=an)|(?<=^o)x(?=an)|x$")


@dataclass(frozen=True, slots=True)
class Token:
    """One part of a name: as written, in a-z, and its skeleton (letters are codes: w is sh)."""

    text: str
    letters: str
    skeleton: str
    kind: Kind
    surname: bool = False


def _sound(match: re.Match[str]) -> str:
    found = match.group()
    if found in _SOUNDS:
        return _SOUNDS[found]
    if found == "c":
        return "x" if match.string[match.end() : match.end() + 1] in {"e", "i", "y"} else "k"
    return "i" if found in {"j", "ee"} else found[0]


@lru_cache(maxsize=200_000)
def skeleton(letters: str) -> str:
    """The skeleton of one word in a-z; each rule stands in tests/lib/names with its source."""
    text = _X_IS_KS.sub("ks", letters)
    if text.startswith("xen"):
        text = "ks" + text[1:]
    text = _SOUND.sub(_sound, text)
    text = re.sub(r"(.)\1+", r"\1", text)
    text = re.sub(r"i[eo]", "e", text)  # -iev, -yev, -ev; ё as e, yo, io
    text = text.replace("o", "u")  # ў is written o', o and u
    text = re.sub(r"(.)\1+", r"\1", text)
    text = _MUHAMMAD.sub("muhamad", text)
    text = re.sub(r"(?<=.[aeiu])h$|(?<=..in)e$", "", text)  # Abdullah, Abdulla; Tiourine, Tyurin
    text = re.sub(r"^abd[aeiu](?:l(?=.{2}))?(?=.{2})", "abd", text)
    return text or letters


def tokens(name: str) -> tuple[Token, ...]:
    """The parts of a name in the order written.

    A comma, or `<<` as in an MRZ, after the surname says which part that is; without either no
    part is known as the surname.
    """
    return _tokens(name[:400])


@lru_cache(maxsize=4096)
def _tokens(name: str) -> tuple[Token, ...]:
    before, comma, after = name.replace("<<", ",", 1).partition(",")
    parts = [(word, bool(comma)) for word in _words(before)]
    parts += [(word, False) for word in _words(after)]
    spelled = [(word, letters, known) for word, known in parts if (letters := plain(word))]
    before_each = ["", *(letters for _, letters, _ in spelled)]
    kept = [  # in "Abd al-Rahman" the article belongs to the name
        part
        for part, before_it in zip(spelled, before_each, strict=False)
        if part[1] not in PARTICLES or before_it == "abd"
    ]
    return tuple(_joined((kept or spelled)[:MOST_PARTS]))


def _words(text: str) -> list[str]:
    return [word for word in SEPARATORS.split(text) if word.strip(APOSTROPHES)]


def _joined(parts: list[tuple[str, str, bool]]) -> list[Token]:
    result: list[Token] = []
    at = 0
    while at < len(parts):
        text, letters, surname = parts[at]
        at += 1
        while at < len(parts) and _belongs(letters, parts[at][1]):
            text, letters = f"{text} {parts[at][0]}", letters + parts[at][1]
            at += 1
        result.append(_token(text, letters, surname))
    return result


def _belongs(before: str, word: str) -> bool:
    if before in _ABD:
        return True
    return len(before) > 2 and (word in SON or word in DAUGHTER or word in PATRONYMIC_ENDS)


def _token(text: str, letters: str, surname: bool) -> Token:
    if len(letters) == 1:
        return Token(text, letters, letters, "initial", surname)
    for pattern, end in ((_SON_END, "ul"), (_DAUGHTER_END, "kz")):
        if found := pattern.match(letters):
            return Token(text, letters, skeleton(found[1]) + end, "patronymic", surname)
    return Token(text, letters, skeleton(letters), "plain", surname)


def fold_tokens(name: str) -> tuple[str, ...]:
    """The skeletons of the name's parts in the order written."""
    return tuple(token.skeleton for token in tokens(name))


def fold(name: str) -> str:
    """One key for all regional spellings and orders of a name, for an index column."""
    return " ".join(sorted(fold_tokens(name)))
