"""How likely are two words one name by the region's rules, and under which keys do they meet?"""

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from safar.lib.names.letters import plain
from safar.lib.names.skeleton import skeleton
from safar.lib.screening.endings import stems, without_article

Floats = NDArray[np.float32]
SHORTEST_FRAME: Final = 2
_VOWELS: Final = str.maketrans("", "", "aeiu")
# Voiced for voiceless, Russian г for h, Tajik and Kyrgyz p for f: Gadzhi, Hajji; Sharip, Sharif.
_NEAR: Final = str.maketrans("gdbzvjfhq", "ktpspcpkk")
_TWICE: Final = re.compile(r"(.)\1+")
_ARABIC: Final = re.compile("[؀-ۿ]")


@lru_cache(maxsize=400_000)
def spoken(text: str) -> str:
    """The skeleton of a word of any script: its sounds without a country's habits of spelling."""
    letters = text if text.isascii() else plain(text)
    return skeleton(letters) if letters else ""


@lru_cache(maxsize=400_000)
def frame(spoken_word: str) -> str:
    """The consonants of a skeleton, those that neighbours confuse made one."""
    return _TWICE.sub(r"\1", spoken_word.translate(_VOWELS).translate(_NEAR))


def _key(tag: str, text: str) -> int:
    return zlib.crc32(f"{tag}{text}".encode())


def relatives(text: str) -> tuple[tuple[str, str], ...]:
    """(skeleton, relation) of a word without an ending or its article."""
    letters = text if text.isascii() else plain(text)
    found = [(skeleton(stem.letters), stem.ending) for stem in stems(letters)]
    if bare := without_article(letters):
        found.append((skeleton(bare), "article"))
    return tuple((s, kind) for s, kind in found if len(s) > 2)


KINDS: Final = ("", "slavic", "sky", "zoda", "nisba", "given", "article", "father", "half")


def keys(text: str) -> set[tuple[int, int]]:
    """(key, kind): a word meets those with which it shares a key; the kind is what it left off.

    Words that share a key by sound are said alike, by frame they have the same consonants.
    """
    whole = spoken(text)
    found = {(_key("s", whole), 0)} if whole else set()
    bones = frame(whole)
    if len(bones) >= SHORTEST_FRAME:
        found.add((_key("f", bones), 0))
    if _ARABIC.match(text):  # where و and ي stand for vowels
        found.add((_key("f", frame(whole.translate({ord("v"): None}))), 0))
    for stem, kind in relatives(text):
        number = KINDS.index(kind)
        found.add((_key("s", stem), number))
        if len(frame(stem)) > SHORTEST_FRAME:
            found.add((_key("f", frame(stem)), number))
    return found


def sound_key(text: str) -> int:
    """The key of words that are said exactly so."""
    return _key("s", spoken(text))


def frame_key(text: str) -> int:
    """The key of words that have exactly these consonants."""
    return _key("f", frame(spoken(text)))


def is_sound_key(text: str, key: int) -> bool:
    """Whether a key of this word is one by sound."""
    return key in {_key("s", s) for s in (spoken(text), *(r for r, _ in relatives(text)))}


def _distances(one: bytes, many: Sequence[bytes]) -> Floats:
    return np.asarray(cdist([one], many, scorer=OSA.distance, dtype=np.int16)[0], dtype=np.float32)


def by_rules(one: str, many: Sequence[bytes], frames: Sequence[bytes]) -> Floats:
    """The likelihood that skeletons are one name, (n,) from 0 to 1: vowels say little."""
    if not many:
        return np.zeros(0, np.float32)
    longest = np.maximum(np.fromiter(map(len, many), np.float32, len(many)), len(one))
    longest = np.maximum(longest, 1)
    bones = frame(one)
    whole = one[:16].encode()
    cost = 0.55 * _distances(whole, many) + 0.55 * _distances(bones[:12].encode(), frames)
    first = np.fromiter((word[:1] != whole[:1] for word in many), np.float32, len(many))
    likeness = 1 - (cost + 0.25 * first * (cost > 0)) / longest
    result = 0.98 / (1 + np.exp(-(likeness - 0.83) * 22))
    return np.asarray(np.where(cost == 0, 0.97, result), dtype=np.float32)
