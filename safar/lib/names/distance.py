"""How alike are two words of a name, from 0 to 1?"""

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from safar.lib.names.skeleton import Token

WEAKEST: Final = 0.75  # below this two words do not count as one name at all
_ONE_VOWEL: Final = re.compile("[aeiu]+")
NEAR_SOUNDS: Final = str.maketrans("gdbzvj", "ktpsfc")  # Qasir, Ghassir; Gaddafi, Qadhafi


@lru_cache(maxsize=200_000)
def bones(skeleton: str) -> str:
    """The skeleton with every run of vowels the same."""
    return _ONE_VOWEL.sub("a", skeleton)


def alike(a: str, b: str) -> float:
    """Likeness of two skeletons: a vowel changed costs less than half of a consonant."""
    if a == b:
        return 1.0
    longest = max(len(a), len(b))
    if min(len(a), len(b)) < 3 or abs(len(a) - len(b)) > 2:
        return 0.0
    most = (1 - WEAKEST) * longest
    letters = OSA.distance(a, b, score_cutoff=int(most / 0.45))
    cost = 0.45 * letters + (0.4 if a[0] != b[0] else 0.0)
    if cost > most:
        return 0.0
    left, right = bones(a), bones(b)
    cost += 0.3 * OSA.distance(left, right)
    cost += 0.35 * OSA.distance(left.translate(NEAR_SOUNDS), right.translate(NEAR_SOUNDS))
    return 1 - cost / longest if cost <= most else 0.0


def is_feminine_pair(a: str, b: str) -> bool:
    """Karimov and Karimova, Belinsky and Belinskaya, in a-z letters."""
    if a[-1:] == b[-1:]:
        return False
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if long == short + "a" and short.endswith(("ov", "ev", "in", "yn")):
        return True
    stem = short.rstrip("iy")
    return stem.endswith("sk") and long in {stem + "aya", stem + "aia", stem + "aja"}


def token_likeness(a: Token, b: Token) -> float:
    """Likeness of two parts of names; symmetric."""
    if a.letters == b.letters:
        return 1.0
    if "initial" in (a.kind, b.kind):
        if a.kind == b.kind or "patronymic" in (a.kind, b.kind):
            return 0.0 if a.letters[0] != b.letters[0] else 0.85
        return 0.85 if a.skeleton[0] == b.skeleton[0] or a.letters[0] == b.letters[0] else 0.0
    if (a.kind == "patronymic") != (b.kind == "patronymic"):
        return 0.0
    if a.skeleton == b.skeleton:
        return 0.98
    if a.kind == "patronymic" and a.skeleton[-2:] != b.skeleton[-2:]:
        return 0.0
    score = alike(a.skeleton, b.skeleton) or 0.97 * without_article(a.skeleton, b.skeleton)
    if score and a.kind == "plain" and is_feminine_pair(a.letters, b.letters):
        return max(0.93, score)
    return min(0.97, score)


def without_article(a: str, b: str) -> float:
    """Likeness where one side has grown together with the Arabic article (Alharbi, Al-Harbi)."""
    if a.startswith(("al", "el")) == b.startswith(("al", "el")):
        return 0.0
    long, other = (a, b) if a.startswith(("al", "el")) else (b, a)
    return alike(long[2:], other) if len(long) >= 6 else 0.0
